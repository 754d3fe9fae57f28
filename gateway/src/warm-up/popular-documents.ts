import { type GraphQLSchema, parse } from 'graphql';
import { normalizeOperation } from '../usage/normalize-operation.ts';
import { operationOf } from '../usage/operation-usage.ts';
import type { PlannedOperation } from './recent-operations.ts';

/**
 * Which of the trusted documents are asked most: the registry knows operations without their words, and a plan is found
 * by the words only, which of trusted documents are known.
 */
export function popularDocuments(
  hashes: readonly string[],
  documents: readonly string[],
  schema: GraphQLSchema,
): PlannedOperation[] {
  if (hashes.length === 0) return [];
  const ranks = new Map(hashes.map((hash, rank) => [hash, rank] as const));
  return documents
    .flatMap((query) => {
      const document = parse(query, { noLocation: true });
      const operation = operationOf(document, null);
      const hash = operation && normalizeOperation(document, operation, schema, true).hash;
      const rank = hash === undefined ? undefined : ranks.get(hash);
      return rank === undefined ? [] : [{ rank, query, operationName: undefined }];
    })
    .sort((a, b) => a.rank - b.rank);
}
