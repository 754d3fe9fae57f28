import {
  type DocumentNode,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type SchemaDefinitionNode,
  validateSchema,
} from 'graphql';
import { readClientSchema } from '../reading/client-schema.ts';
import { findHidden } from './find-hidden.ts';
import { hide } from './hide.ts';

/** Which elements an audience sees, by their `@tag`. */
export interface ContractTags {
  /** Only what carries one of these, or whose type does; everything when empty. */
  readonly includeTags: readonly string[];
  /** Nothing that carries one of these. */
  readonly excludeTags: readonly string[];
}

/** A schema variant that cannot be made; `code` is explained in `findingExplanations`. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: 'CONTRACT_LEAVES_NOTHING' | 'CONTRACT_NOT_APPLICABLE';

  constructor(code: ContractError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The same supergraph with everything outside of the contract `@inaccessible`: executed as before, and nothing of it
 * visible. Where Apollo refuses a contract because something that stays refers to what goes, here it goes too:
 * a variant shows rather less than more. Throws {@link ContractError}.
 */
export function applyContract(supergraphSdl: string, tags: ContractTags): string {
  const document = parse(supergraphSdl, { noLocation: true });
  const hidden = findHidden(document, tags);
  if (hidden.has(rootOf(document, OperationTypeNode.QUERY) ?? 'Query')) {
    throw new ContractError(
      'CONTRACT_LEAVES_NOTHING',
      'The contract leaves no field of Query: tag one with an included tag, or include another tag',
    );
  }
  const sdl = print(hide(withoutHiddenRoots(document, hidden), hidden));
  const problem = problemOf(sdl);
  if (problem === undefined) return sdl;
  throw new ContractError(
    'CONTRACT_NOT_APPLICABLE',
    `What the contract leaves is no valid schema: ${problem}`,
  );
}

function problemOf(sdl: string): string | undefined {
  try {
    return validateSchema(readClientSchema(sdl))[0]?.message;
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

function rootOf(document: DocumentNode, operation: OperationTypeNode): string | undefined {
  return document.definitions
    .filter((each): each is SchemaDefinitionNode => each.kind === Kind.SCHEMA_DEFINITION)
    .flatMap(({ operationTypes }) => operationTypes)
    .find((each) => each.operation === operation)?.type.name.value;
}

/** A graph without a mutation that may be asked has no mutations. */
function withoutHiddenRoots(document: DocumentNode, hidden: ReadonlySet<string>): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((each) =>
      each.kind === Kind.SCHEMA_DEFINITION
        ? {
            ...each,
            operationTypes: each.operationTypes.filter(({ type }) => !hidden.has(type.name.value)),
          }
        : each,
    ),
  };
}
