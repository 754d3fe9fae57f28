import { purposeClass } from '@tavolo/access-model';
import { describe, expect, test } from 'vitest';
import { createDocumentReader } from '../operation/read-documents.ts';
import { classLimits, defaultQueryLimits, overLimit, strictestByClass } from './query-limits.ts';

const read = createDocumentReader(1_000_000);

/** What is said against a document by the limits of a class. */
function told(query: string, limits = defaultQueryLimits): string | undefined {
  const document = read(query);
  if ('code' in document) throw new Error(document.message);
  return document.tokens > limits.maxTokens ? 'tokens' : overLimit(document.weight, limits);
}

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');
/** Spread over objects, so that only the limit that is meant is reached. */
const inObjects = (count: number, text: (at: number) => string) => {
  const objects = Math.ceil(count / 50);
  const wide = times(
    objects,
    (object) =>
      `o${object} { ${times(Math.min(50, count - object * 50), (at) => text(object * 50 + at))} }`,
  );
  return `{ all { ${wide} } }`;
};

describe.each(purposeClass.options)('a question of the class %s', (name) => {
  const limits = classLimits[name];
  test.each<[string, number, (count: number) => string]>([
    ['maxDepth', limits.maxDepth, (count) => `${'{ a '.repeat(count)}${'}'.repeat(count)}`],
    ['maxAliases', limits.maxAliases, (count) => inObjects(count, (at) => `a${at}: x`)],
    [
      'maxDirectives',
      limits.maxDirectives,
      (count) => `{ a ${times(count, () => '@skip(if: false)')} }`,
    ],
    ['maxRootFields', limits.maxRootFields, (count) => `{ ${times(count, (at) => `f${at}`)} }`],
    ['maxBreadth', limits.maxBreadth, (count) => `{ a { ${times(count, (at) => `f${at}`)} } }`],
    ['maxTokens', limits.maxTokens, (count) => `{ a(list: [${times(count - 9, () => '1')}]) }`],
  ])('may reach %s and not pass it', (_limit, most, write) => {
    expect(told(write(most), limits)).toBeUndefined();
    expect(told(write(most + 1), limits)).toBeDefined();
  });

  test('may reach its fields and not pass them', () => {
    const write = (fields: number) => {
      const objects = 19;
      const leaves = fields - objects - 1;
      const each = Math.floor(leaves / objects);
      const rest = leaves - each * objects;
      return `{ all { ${times(objects, (at) => `o${at} { ${times(each + (at < rest ? 1 : 0), (leaf) => `f${leaf}`)} }`)} } }`;
    };
    expect(told(write(limits.maxFields), limits)).toBeUndefined();
    expect(told(write(limits.maxFields + 1), limits)).toContain('fields');
  });

  test('has no wider limits than the process', () => {
    const own = { ...defaultQueryLimits, maxDepth: 3, maxCost: 10 };
    expect(strictestByClass(own)[name]).toMatchObject({ maxDepth: 3, maxCost: 10 });
    expect(strictestByClass(defaultQueryLimits)[name]).toMatchObject({ maxCost: limits.maxCost });
  });
});
