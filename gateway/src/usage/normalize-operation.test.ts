import fc from 'fast-check';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { normalizeOperation } from './normalize-operation.ts';
import { operationOf } from './operation-usage.ts';

const schema = buildSchema(`
  scalar Anything
  enum Kind { HOTEL FLAT }
  input Where { word: String kinds: [Kind!] inner: Where anything: Anything }
  type Query {
    facility(id: ID!, first: Int = 10, where: Where, words: [String!], anything: Anything, share: Float): Facility
    same: Query
  }
  type Facility { id: ID name(of: String): String next(first: Int): Facility }
`);

function normalize(text: string, isTrusted = false) {
  const document = parse(text);
  const operation = operationOf(document, null);
  if (!operation) throw new Error('no operation');
  return normalizeOperation(document, operation, schema, isTrusted);
}

describe('an operation as the registry hears of it', () => {
  test('has variables in place of values, no aliases, no names, and is still valid', () => {
    const { document, name } = normalize(`
      query OfMarioRossi($rossi: ID!, $many: Int = 77) {
        mario: facility(id: $rossi, first: $many, where: { word: "Rossi", kinds: [FLAT] }, share: 0.25) {
          ...Rossi
          other: next(first: 12) @include(if: true) { id }
        }
      }
      fragment Rossi on Facility { nome: name(of: "Mario") }
      fragment Unused on Facility { id }
    `);
    expect(document).toBe(
      'query($v1:ID!$v2:Int!$v3:Where$v4:Float$v5:Int$v6:Boolean!$v7:String){facility(id:$v1 first:$v2 where:$v3 share:$v4){...f1 next(first:$v5)@include(if:$v6){id}}}fragment f1 on Facility{name(of:$v7)}',
    );
    expect(name).toBeNull();
    expect(validate(schema, parse(document))).toEqual([]);
  });

  test('keeps the name the hub gave it when it is a trusted document', () => {
    expect(normalize('query Places { facility(id: "1") { id } }', true)).toMatchObject({
      name: 'Places',
      document: 'query Places($v1:ID!){facility(id:$v1){id}}',
    });
  });

  test('is the same whatever values, names, aliases and spaces it was asked with', () => {
    const hashes = [
      '{ facility(id: "1") { id } }',
      'query A { a: facility(id: 2) { b: id } }',
      'query B {\n  # note\n  facility(id: "Rossi") { id } }',
    ].map((text) => normalize(text).hash);
    expect(new Set(hashes).size).toBe(1);
  });

  test('never holds anything its asker has written', () => {
    const word = fc
      .string({
        minLength: 6,
        maxLength: 12,
        unit: fc.constantFrom('b', 'd', 'g', 'k', 'l', 'p', 'r', 'w', 'x', 'z'),
      })
      .map((text) => `Q${text}`);
    const number = fc.integer({ min: 100_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 9, maxLength: 9 }),
        fc.array(number, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        (words, numbers, isTrusted) => {
          const [alias, variable, fragment, text, text2, key, other, name, block] = words;
          const [first, share, id, fallback] = numbers;
          const { document, ...rest } = normalize(
            `query ${isTrusted ? 'Trusted' : name}($${variable}: Int = ${fallback}, $${other}: ID!) {
              ${alias}: facility(
                id: ${id} first: ${first} share: ${share}.5 words: ["${text}", """${block}"""]
                where: { word: "${text2}", inner: { anything: { ${key}: ["${text}", ${first}, { ${key}: ${id} }] } } }
                anything: [{ ${key}: "${text}" }]
              ) { ...${fragment} ... on Facility { ${alias}2: next(first: $${variable}) { id } } }
              same { facility(id: $${other}, anything: { ${key}: $${variable} }) { id } }
            }
            fragment ${fragment} on Facility { ${alias}3: name(of: "${text2}") }`,
            isTrusted,
          );
          const told = JSON.stringify({ document, ...rest, hash: '' });
          for (const written of [...words, ...numbers.map(String)]) {
            if (told.includes(written)) throw new Error(`told on: ${document}`);
          }
          return true;
        },
      ),
      { numRuns: 300 },
    );
  });
});
