import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { operation } from './evidence.fixture.ts';
import {
  appendedRecord,
  canonicalBody,
  coordinatesRead,
  operationNameFor,
  operationRecord,
} from './evidence-record.ts';

const holds = (record: unknown) => appendedRecord.safeParse(record).success;

describe('a record of an operation', () => {
  it('has the fields that D12 asks for, and no others', () => {
    expect(Object.keys(operationRecord.shape).sort()).toEqual(
      [
        'at',
        'clientId',
        'clientIp',
        'coordinateCount',
        'coordinates',
        'cellsSuppressed',
        'cost',
        'documentHash',
        'durationMs',
        'httpStatus',
        'kind',
        'method',
        'operationName',
        'organisation',
        'outcome',
        'persons',
        'purposeId',
        'purposeVersion',
        'refusal',
        'requestId',
        'rows',
        'subgraphs',
        'uri',
        'user',
        'withheld',
      ].sort(),
    );
    expect(holds(operation(1))).toBe(true);
  });

  it('is read into its canonical form, whatever order it comes in', () => {
    const entries = Object.entries(
      operation(1, { refusal: { reason: null, coordinate: 'Person.name', code: 'FORBIDDEN' } }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const record = Object.fromEntries(shuffled);
        expect(canonicalBody(appendedRecord.parse(record))).toBe(canonicalJson(record));
      }),
    );
  });

  it('cannot hold variables, a body, or anything else beside', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (name, value) => {
        fc.pre(!(name in operation(1)));
        const more = Object.fromEntries([[name, value]]);
        const inside = { ...operation(1), cost: { ...operation(1).cost, ...more } };
        expect(holds({ ...operation(1), ...more })).toBe(false);
        expect(name === 'estimated' || name === 'counted' || !holds(inside)).toBe(true);
      }),
    );
  });

  it('has no place for a sentence, an address or a date of birth in a name, in any of its texts', () => {
    const texts = [
      'Amina Inventata',
      'amina@example.org',
      '{"name":"Amina"}',
      'نص',
      'a\nb',
      '?name=Amina',
      'x'.repeat(500),
    ];
    const places = (text: string) => [
      { at: text },
      { uri: text },
      { uri: `/graphql${text}` },
      { operationName: text },
      { documentHash: text },
      { method: text },
      { outcome: text },
      { clientIp: text },
      { organisation: text },
      { clientId: text },
      { user: text },
      { purposeId: text },
      { requestId: text },
      { coordinates: [text] },
      { refusal: { code: text, reason: null, coordinate: null } },
      { refusal: { code: 'FORBIDDEN', reason: text, coordinate: null } },
      { refusal: { code: 'FORBIDDEN', reason: null, coordinate: text } },
      { subgraphs: [{ subgraph: text, status: 'OK', ms: 1 }] },
      { subgraphs: [{ subgraph: 'person-index', status: text, ms: 1 }] },
    ];
    for (const text of texts) {
      for (const more of places(text)) {
        expect([more, holds({ ...operation(1), ...more })]).toEqual([more, false]);
      }
    }
  });

  it('keeps the name of a trusted operation only: any other may be a person’s', () => {
    expect(operationNameFor('ProvinceToday', true)).toBe('ProvinceToday');
    expect(operationNameFor('AminaInventata', false)).toBeNull();
    expect(operationNameFor('not a name', true)).toBeNull();
    expect(operationNameFor(undefined, true)).toBeNull();
  });

  it('holds coordinates sorted, each once, two thousand at the most with their true count', () => {
    const names = Array.from({ length: 2_500 }, (_, number) => `Type.field${number}`);
    const read = coordinatesRead(['B.b', 'A.a', 'B.b', ...names]);
    expect(read.coordinates).toHaveLength(2_000);
    expect(read.coordinates.slice(0, 2)).toEqual(['A.a', 'B.b']);
    expect(read.coordinateCount).toBe(2_502);
    expect(holds(operation(1, read))).toBe(true);
    expect(holds(operation(1, { coordinates: names.slice(0, 2_001) }))).toBe(false);
  });
});
