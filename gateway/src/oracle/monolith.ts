import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  getNamedType,
  isCompositeType,
} from 'graphql';
import type { Instance, World } from './world.ts';

/** What was read for one place of the answer. */
export interface AnsweredSite {
  readonly instance: Instance;
  readonly field: string;
  /** As SDL writes it. */
  readonly type: string;
}

/** One execution over the uncut schema, and where each value of the answer came from. */
export interface MonolithAnswer {
  readonly data: unknown;
  readonly errors: readonly string[];
  readonly effects: readonly string[];
  /** By response path as JSON: what was read there. */
  readonly sites: ReadonlyMap<string, AnsweredSite>;
  /** By response path as JSON: the object there. */
  readonly objects: ReadonlyMap<string, Instance>;
}

export async function answerByMonolith(
  world: World,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<MonolithAnswer> {
  const sites = new Map<string, AnsweredSite>();
  const objects = new Map<string, Instance>();
  const noteObjects = (value: unknown, path: readonly (string | number)[]): void => {
    if (Array.isArray(value)) {
      for (const [at, each] of value.entries()) noteObjects(each, [...path, at]);
    } else if (typeof value === 'object' && value !== null) {
      // Of a field with a selection, every value is an object of the world.
      objects.set(JSON.stringify(path), value as Instance);
    }
  };
  const effects: string[] = [];
  const result: ExecutionResult = await execute({
    schema: world.schema,
    document,
    rootValue: { type: 'Query', identity: 'Query', index: undefined } satisfies Instance,
    variableValues: variables,
    typeResolver: (instance: Instance) => instance.type,
    fieldResolver: (instance: Instance, args: Record<string, unknown>, _context, info) => {
      const path: (string | number)[] = [];
      for (let at: typeof info.path | undefined = info.path; at; at = at.prev) path.unshift(at.key);
      sites.set(JSON.stringify(path), {
        instance,
        field: info.fieldName,
        type: String(info.returnType),
      });
      if (info.parentType === world.schema.getMutationType()) {
        effects.push(`${info.fieldName}${JSON.stringify(args)}`);
      }
      const value = world.valueOf(
        { ...instance, type: info.parentType.name },
        info.fieldName,
        args,
      );
      if (isCompositeType(getNamedType(info.returnType))) noteObjects(value, path);
      return value;
    },
  });
  return {
    data: JSON.parse(JSON.stringify(result.data ?? null)) as unknown,
    errors: (result.errors ?? []).map((error) => error.message),
    effects,
    sites,
    objects,
  };
}
