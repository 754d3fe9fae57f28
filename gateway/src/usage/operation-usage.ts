import type { RecordedOperation } from '@tavolo/registry-api';
import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql';
import { type NormalizedOperation, normalizeOperation } from './normalize-operation.ts';

/** A question that was let pass. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** The schema it was let pass with. */
  readonly schema: GraphQLSchema;
  readonly isTrusted: boolean;
  readonly coordinates: readonly string[];
  readonly consumer: string;
  readonly purposeId: string;
}

/** What is asked, how often, by whom and for what, until it is told to the registry. */
export interface OperationUsage {
  record(asked: AskedOperation): void;
  /** Takes out up to `most` counts; what is recorded from now on counts anew. */
  take(most: number): RecordedOperation[];
  readonly size: number;
  /** How many were not counted since the last time this was asked, because there was no room. */
  takeDropped(): number;
}

export interface OperationUsageLimits {
  /** Different counts at a time. */
  readonly maxEntries: number;
  readonly maxDocumentChars: number;
  readonly maxCoordinates: number;
}

export const defaultUsageLimits: OperationUsageLimits = {
  maxEntries: 5_000,
  maxDocumentChars: 100_000,
  maxCoordinates: 5_000,
};

type Counted = RecordedOperation & { count: number };

const dayMs = 86_400_000;

/** Counts in memory, never more than `limits` allow: the newest are then not counted. */
export function createOperationUsage(
  now: () => Date,
  limits: OperationUsageLimits = defaultUsageLimits,
): OperationUsage {
  let counts = new Map<string, Counted>();
  let today = { number: Number.NaN, name: '' };
  let dropped = 0;
  type ByName = Map<string | null, NormalizedOperation | undefined>;
  const known = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, ByName>>();

  function normalized(asked: AskedOperation): NormalizedOperation | undefined {
    const { document, operationName, schema } = asked;
    const bySchema = known.get(schema) ?? new WeakMap<DocumentNode, ByName>();
    known.set(schema, bySchema);
    const byName: ByName = bySchema.get(document) ?? new Map<string | null, undefined>();
    bySchema.set(document, byName);
    if (!byName.has(operationName)) {
      const operation = operationOf(document, operationName);
      byName.set(
        operationName,
        operation && normalizeOperation(document, operation, schema, asked.isTrusted),
      );
    }
    return byName.get(operationName);
  }

  function nameOfDay(at: Date): string {
    const number = Math.floor(at.getTime() / dayMs);
    if (number !== today.number) today = { number, name: at.toISOString().slice(0, 10) };
    return today.name;
  }

  return {
    record(asked) {
      const operation = normalized(asked);
      const { consumer, purposeId, coordinates } = asked;
      const isTooLarge =
        !operation ||
        operation.document.length > limits.maxDocumentChars ||
        coordinates.length > limits.maxCoordinates;
      if (isTooLarge) {
        dropped += 1;
        return;
      }
      const day = nameOfDay(now());
      // A hash and names of the registry: none of them holds a space.
      const key = `${operation.hash} ${consumer} ${purposeId} ${day}`;
      const before = counts.get(key);
      if (before) {
        before.count += 1;
        return;
      }
      if (counts.size >= limits.maxEntries) {
        dropped += 1;
        return;
      }
      counts.set(key, {
        ...operation,
        coordinates: [...coordinates],
        consumer,
        purposeId,
        day,
        count: 1,
      });
    },
    take(most) {
      const entries = [...counts];
      counts = new Map(entries.slice(most));
      return entries.slice(0, most).map(([, operation]) => operation);
    },
    get size() {
      return counts.size;
    },
    takeDropped() {
      const sum = dropped;
      dropped = 0;
      return sum;
    },
  };
}

/** The operation that was run: the named one, or the only one. */
export function operationOf(document: DocumentNode, name: string | null) {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (name === null || definition.name?.value === name) return definition;
  }
  return undefined;
}
