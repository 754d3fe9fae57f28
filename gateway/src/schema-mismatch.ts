import type { Logger } from '@tavolo/process-kit';
import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';

/** What the errors of a subgraph say of its schema: nothing, or that it lacks something of the published one. */
export interface SchemaComplaint {
  /** A field of the graph, where the complaint names one; never a word of the subgraph's own. */
  readonly coordinate: string | undefined;
}

const complaints = [
  /^Cannot query field "(?<field>\w+)" on type "(?<type>\w+)"/u,
  /^Unknown type "(?<type>\w+)"/u,
  /^Unknown argument "\w+" on field "(?<type>\w+)\.(?<field>\w+)"/u,
];

/**
 * Whether a server that refused a question of the planner's refused it because its schema is another than the one
 * published: the planner writes only what that one has.
 */
export function readSchemaComplaint(
  errors: readonly unknown[],
  schema: GraphQLSchema,
): SchemaComplaint | undefined {
  for (const error of errors) {
    if (typeof error !== 'object' || error === null) continue;
    const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
    const found = complaints.map((pattern) => pattern.exec(message)).find((match) => match);
    if (!found && !isValidationError(error)) continue;
    return { coordinate: knownCoordinate(schema, found?.groups) };
  }
  return undefined;
}

/** Tells of each subgraph once that its server and its published schema differ. */
export interface MismatchWatch {
  note(subgraph: string, coordinate: string | undefined): void;
  /** Those that were noted, for the health page. */
  readonly subgraphs: readonly string[];
}

/** One for each supergraph version: a new one may have brought the two together. */
export function createMismatchWatch(version: string, logger: Logger): MismatchWatch {
  const noted = new Set<string>();
  return {
    note(subgraph, coordinate) {
      if (noted.has(subgraph)) return;
      noted.add(subgraph);
      logger.error(
        { alarm: 'SCHEMA_MISMATCH', subgraph, coordinate, version },
        'a subgraph’s server and its published schema differ: its owner should run `tavolo subgraph conformance`',
      );
    },
    get subgraphs() {
      return [...noted].sort();
    },
  };
}

function isValidationError(error: object): boolean {
  const extensions = 'extensions' in error ? error.extensions : undefined;
  return (
    typeof extensions === 'object' &&
    extensions !== null &&
    'code' in extensions &&
    extensions.code === 'GRAPHQL_VALIDATION_FAILED'
  );
}

function knownCoordinate(
  schema: GraphQLSchema,
  named: Readonly<Record<string, string>> | undefined,
): string | undefined {
  const type = named?.['type'] === undefined ? undefined : schema.getType(named['type']);
  if (!type) return undefined;
  const field = named?.['field'];
  if (field === undefined) return type.name;
  const hasField =
    (isObjectType(type) || isInterfaceType(type)) && Object.hasOwn(type.getFields(), field);
  return hasField ? `${type.name}.${field}` : undefined;
}
