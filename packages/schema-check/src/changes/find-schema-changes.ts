import { type DocumentNode, parse, validate } from 'graphql';
import { coordinatesOf } from '../reading/coordinates-of.ts';
import { type FoundChange, findChangesOf, type ReadGraph, readGraph } from './find-changes.ts';

/** A question as it was recorded. */
export interface AskedOperation {
  readonly document: string;
  readonly name: string | null;
  readonly consumer: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly count: number;
}

/** Who used what a change takes away. */
export interface ChangeUse {
  readonly consumer: string;
  readonly count: number;
  readonly lastUsedOn: string;
  readonly operations: readonly string[];
}

export interface JudgedChange {
  readonly kind: string;
  readonly coordinate: string;
  readonly description: string;
  /** `BREAKING` = a recorded question would fail; `DANGEROUS` = none would, as far as is recorded; `SAFE`. */
  readonly impact: 'BREAKING' | 'DANGEROUS' | 'SAFE';
  readonly usedBy: readonly ChangeUse[];
}

export interface GraphsToCompare {
  /** Supergraph SDL. */
  readonly before: string;
  readonly after: string;
  readonly operations: readonly AskedOperation[];
}

interface ReadOperation extends AskedOperation {
  readonly coordinates: ReadonlySet<string>;
  readonly isValidAfter: boolean;
}

/** Of these it can be seen in the question itself whether it fails; the others change what is answered, or to whom. */
const seenInTheQuestion: ReadonlySet<string> = new Set([
  'FIELD_REMOVED',
  'TYPE_REMOVED',
  'ARG_REMOVED',
  'REQUIRED_ARG_ADDED',
  'TYPE_REMOVED_FROM_UNION',
  'IMPLEMENTED_INTERFACE_REMOVED',
]);
/** New answers to old questions, which a client may not expect. */
const unexpected: ReadonlySet<string> = new Set([
  'VALUE_ADDED_TO_ENUM',
  'TYPE_ADDED_TO_UNION',
  'IMPLEMENTED_INTERFACE_ADDED',
  'ARG_DEFAULT_VALUE_CHANGE',
]);
const mostOperationsNamed = 20;

/** Every difference between two supergraphs, held against the questions that were asked of the first. */
export function findSchemaChanges({ before, after, operations }: GraphsToCompare): JudgedChange[] {
  const had = readGraph(before);
  const has = readGraph(after);
  const asked = readOperations(had, has, operations);
  return findChangesOf(had, has).map((change) => judge(change, asked));
}

function judge(change: FoundChange, asked: readonly ReadOperation[]): JudgedChange {
  const { kind, coordinate, description, isBreaking, fields } = change;
  const using = isBreaking
    ? asked.filter(
        ({ coordinates, isValidAfter }) =>
          fields.some((field) => coordinates.has(field)) &&
          !(isValidAfter && seenInTheQuestion.has(kind)),
      )
    : [];
  const impact =
    using.length > 0 ? 'BREAKING' : isBreaking || unexpected.has(kind) ? 'DANGEROUS' : 'SAFE';
  return { kind, coordinate, description, impact, usedBy: byConsumer(using) };
}

/** What was not valid before breaks by nothing. */
function readOperations(
  before: ReadGraph,
  after: ReadGraph,
  operations: readonly AskedOperation[],
): readonly ReadOperation[] {
  const read = new Map<string, Pick<ReadOperation, 'coordinates' | 'isValidAfter'> | undefined>();
  return operations.flatMap((operation) => {
    const { document } = operation;
    if (!read.has(document)) read.set(document, readDocument(before, after, document));
    const known = read.get(document);
    return known ? [{ ...operation, ...known }] : [];
  });
}

function readDocument(before: ReadGraph, after: ReadGraph, text: string) {
  const document = parsed(text);
  if (!document || validate(before.schema, document).length > 0) return undefined;
  return {
    coordinates: new Set(coordinatesOf(document, before.schema)),
    isValidAfter: validate(after.schema, document).length === 0,
  };
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}

function byConsumer(operations: readonly ReadOperation[]): ChangeUse[] {
  const uses = new Map<string, ChangeUse>();
  for (const { consumer, count, day, name } of operations) {
    const use = uses.get(consumer);
    const names = new Set([...(use?.operations ?? []), ...(name === null ? [] : [name])]);
    uses.set(consumer, {
      consumer,
      count: (use?.count ?? 0) + count,
      lastUsedOn: use && use.lastUsedOn > day ? use.lastUsedOn : day,
      operations: [...names].sort().slice(0, mostOperationsNamed),
    });
  }
  return [...uses.values()].sort((one, other) => other.count - one.count);
}
