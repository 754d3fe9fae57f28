import type { GraphQLFormattedError } from 'graphql';
import type { OperationContext } from '../../operation-context.ts';

/** The body of an answer; `data` is JSON. */
export function writeAnswer(
  data: string,
  errors: readonly GraphQLFormattedError[],
  operation: OperationContext,
): string {
  const told = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : '';
  const extensions = JSON.stringify(extensionsOf(operation));
  return `{${told}"data":${data},"extensions":${extensions}}`;
}

/** Which sources were asked and how each of them is; whether the registry was heard lately. */
function extensionsOf({ sources, passage }: OperationContext): object {
  const registry = passage?.registry;
  return {
    sources: sources.list(),
    ...(registry?.isStale
      ? { access: { stale: true, asOf: registry.verifiedAt.toISOString() } }
      : {}),
  };
}
