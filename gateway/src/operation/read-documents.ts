import { hash } from 'node:crypto';
import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import { type DocumentNode, GraphQLError, parse, stripIgnoredCharacters } from 'graphql';
import { BoundedMap } from '../bounded-map.ts';
import { countTokens, type DocumentWeight, weighDocument } from '../limits/weigh-document.ts';

/** A document as a client sent it, read once. */
export interface ReadDocument {
  readonly document: DocumentNode;
  /** SHA-256, in hex, of the text without what GraphQL ignores: what manifests and evidence know it by. */
  readonly hash: string;
  readonly tokens: number;
  readonly weight: DocumentWeight;
}

/** The text is not GraphQL, or far too long to be read at all. */
export interface UnreadableDocument {
  readonly code: 'GRAPHQL_PARSE_FAILED' | 'QUERY_TOO_COSTLY';
  readonly message: string;
}

const longestKept = 64 * 1024;
/** A token takes some 200 bytes of tree: two thousand of the longest documents would fill the memory. */
const mostTokensKept = 500_000;

/** Reads documents, the newest 2,000 kept as far as there is room; none larger than `maxTokens` is parsed. */
export function createDocumentReader(
  maxTokens: number,
): (text: string) => ReadDocument | UnreadableDocument {
  const known = new BoundedMap<string, ReadDocument>(2_000, {
    maxSize: mostTokensKept,
    sizeOf: ({ tokens }) => tokens,
  });
  return (text) => {
    const key = hash('sha256', text, 'base64');
    const earlier = known.get(key);
    if (earlier) return earlier;
    try {
      const { count: tokens, isNestedTooDeep } = countTokens(text, maxTokens);
      if (isNestedTooDeep) {
        return { code: 'QUERY_TOO_COSTLY', message: 'The query is nested deeper than is read' };
      }
      if (tokens > maxTokens) {
        return {
          code: 'QUERY_TOO_COSTLY',
          message: `The query has more tokens than the ${maxTokens} allowed`,
        };
      }
      const document = parse(text, { noLocation: true });
      const read: ReadDocument = {
        document,
        hash: hash('sha256', stripIgnoredCharacters(text), 'hex'),
        tokens,
        weight: weighDocument(document),
      };
      // Texts are in the tree whole: two thousand of the longest would fill the memory.
      if (text.length <= longestKept) known.set(key, read);
      return read;
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { code: 'GRAPHQL_PARSE_FAILED', message: withoutQuotedValues(error.message) };
    }
  };
}
