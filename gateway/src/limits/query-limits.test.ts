import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createDocumentReader } from '../operation/read-documents.ts';
import { defaultQueryLimits, overLimit } from './query-limits.ts';

const read = createDocumentReader(defaultQueryLimits.maxTokens);

/** What is said against a document; `undefined` for one that passes or is left to others. */
function refuse(query: string): string | undefined {
  const document = read(query);
  if ('code' in document)
    return document.code === 'QUERY_TOO_COSTLY' ? document.message : undefined;
  return overLimit(document.weight, defaultQueryLimits);
}

describe('query limits', () => {
  test("let the table's question and an explorer's introspection through", async () => {
    const example = new URL('../../../schemas/examples/table-question.graphql', import.meta.url);
    expect(refuse(await readFile(example, 'utf8'))).toBeUndefined();
    expect(refuse(getIntrospectionQuery({ inputValueDeprecation: true }))).toBeUndefined();
  });

  test.each([
    ['aliases', `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: sites`).join(' ')} }`],
    [
      'aliases of __typename',
      `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
    ],
    [
      'aliases in a fragment spread often',
      `{ ${'a { ...F } '.repeat(20)} } fragment F on A { x: b y: b z: b }`,
    ],
    ['depth', `${'{ a '.repeat(25)}${'}'.repeat(25)}`],
    [
      'depth inside fragments',
      `{ a { ...F } } fragment F on A ${'{ a '.repeat(20)}${'}'.repeat(20)}`,
    ],
    ['directives', `{ sites ${'@skip(if: false) '.repeat(60)} }`],
    ['repeated fields', `{ ${'sites '.repeat(1_500)} }`],
  ])('refuse too many %s', (_title, query) => {
    expect(refuse(query)).toMatch(/^The query has more /u);
  });

  test('a fragment that doubles at each of 30 levels is refused without being unfolded', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `fragment F${i} on A { ...F${i + 1} ...F${i + 1} }`,
    );
    const startedAt = performance.now();
    expect(refuse(`{ ...F0 } ${levels.join(' ')} fragment F30 on A { a }`)).toMatch(
      /^The query has more /u,
    );
    // Unfolding would take minutes; the bound is far from both.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test('a fragment that spreads itself ends, and is left to validation', () => {
    expect(refuse('{ ...A } fragment A on Q { a ...B } fragment B on Q { ...A }')).toBeUndefined();
  });

  test('whatever the text, the limiter neither throws nor hangs', () => {
    const word = fc.constantFrom(
      '{',
      '}',
      'a',
      ':',
      '...',
      'fragment',
      'on',
      'F',
      '@d',
      '(',
      ')',
      '1',
      'query',
      '$x',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        refuse(words.join(' '));
      }),
    );
  });
});
