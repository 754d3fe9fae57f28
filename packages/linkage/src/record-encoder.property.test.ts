import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personRecord } from './enrolment-wire.ts';
import { IDENTIFIER_KINDS } from './identifier-kind.ts';
import { createLinkageKey, markOf } from './linkage-key.ts';
import { createRecordEncoder } from './record-encoder.ts';
import type { PersonAttributes, PersonToEnrol } from './record-types.ts';

const KEY = createLinkageKey(
  '1',
  'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13',
);
const encoder = createRecordEncoder(KEY, { latestYear: 2026 });
const sectorKey = 'a'.repeat(43);
const WRITTEN: PersonAttributes = {
  name: 'Fatoumata Binta Diallo',
  birthDate: '1990-05-17',
  sex: 'F',
  citizenship: 'SN',
};

function encode(
  attributes: Partial<PersonAttributes>,
  identifiers: PersonToEnrol['identifiers'] = [],
) {
  const record = encoder.person({
    sectorKey,
    identifiers,
    attributes: { ...WRITTEN, ...attributes },
  });
  if (record === null) throw new Error('Not a record');
  return personRecord.parse(JSON.parse(record.json));
}

describe('a record changes its version when its content changes, and not otherwise', () => {
  const codes = [
    { kind: 'CODICE_FISCALE', value: 'DLLFMT90E57Z343X' },
    { kind: 'CODICE_FISCALE', value: 'DLLFMT91E57Z343Y' },
    { kind: 'CUI', value: '0TV07C4' },
  ] as const;

  it('the order of identifiers, and one written twice, is no change', () => {
    const own = encode({ birthDate: null, sex: null }, codes);
    expect(encode({ birthDate: null, sex: null }, [...codes].reverse())).toEqual(own);
    expect(encode({ birthDate: null, sex: null }, [...codes, ...codes])).toEqual(own);
  });

  it('another spelling that folds to the same sounds is no change', () => {
    expect(encode({ name: 'DIALLO, Fatumata Binta' })).toEqual(encode({}));
  });

  it.each([
    [{ name: 'Fatoumata Diallo' }],
    [{ birthDate: '1990-05-18' }],
    [{ sex: 'M' as const }],
    [{ citizenship: null }],
  ])('%j is a change', (attributes) => {
    expect(encode(attributes).version).not.toBe(encode({}).version);
  });
});

describe('a codice fiscale stands in for what is not written', () => {
  const code = [{ kind: 'CODICE_FISCALE', value: 'DLLFMT90E57Z343X' }] as const;

  it.each([null, '', '  '])('birth date and sex, written as %j', (birthDate) => {
    expect(encode({ birthDate, sex: null }, code).attributes).toEqual(encode({}).attributes);
  });

  it('never for what is', () => {
    expect(encode({ birthDate: '1991-05-17' }, code).attributes).toEqual(
      encode({ birthDate: '1991-05-17' }).attributes,
    );
  });

  it('two codes that say different days say none', () => {
    const two = [...code, { kind: 'CODICE_FISCALE', value: 'DLLFMT91E57Z343Y' }] as const;
    expect(encode({ birthDate: null }, two).attributes).toBeUndefined();
  });
});

describe('whatever the register holds', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('1990-05-17', '9999-99-99', 'M. Canary', '__proto__', 'x'.repeat(10_240)),
  );
  const person = fc.record({
    sectorKey: fc.oneof(fc.constant(sectorKey), text),
    identifiers: fc.array(
      fc.record(
        { kind: fc.constantFrom(...IDENTIFIER_KINDS), value: text, validFrom: text, validTo: text },
        { requiredKeys: ['kind', 'value'] },
      ),
      { maxLength: 70 },
    ),
    attributes: fc.record({
      name: fc.option(text),
      birthDate: fc.option(text),
      sex: fc.constantFrom('F' as const, 'M' as const, null),
      citizenship: fc.option(text),
    }),
    knownSince: text,
    closedOn: text,
  });

  it('it becomes a record that the index takes, or none, and never an error', () => {
    fc.assert(
      fc.property(person, (one) => {
        const record = encoder.person(one);
        if (record === null) return;
        const read = personRecord.parse(JSON.parse(record.json));
        expect(read.version).toBe(record.version);
        expect(read.sectorKey).toBe(one.sectorKey);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('no name, date, number or country is in what is sent', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('abcdefghijklmnoprstuvz')),
      minLength: 7,
      maxLength: 12,
    });
    const digits = fc.integer({ min: 1_000_000, max: 9_876_542 });
    fc.assert(
      fc.property(letters, letters, digits, (given, family, number) => {
        const record = encoder.person({
          sectorKey,
          identifiers: [{ kind: 'CUI', value: `Q${number}` }],
          attributes: {
            name: `${given} ${family}`,
            birthDate: '1987-11-23',
            sex: 'F',
            citizenship: 'ZW',
          },
        });
        const sent = record?.json.toLowerCase() ?? given;
        for (const secret of [given, family, String(number), '1987-11-23', '"zw"', '"f"']) {
          expect(sent).not.toContain(secret);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('counts say how many, never which', () => {
    const own = createRecordEncoder(KEY, { latestYear: 2026 });
    for (const attributes of [
      WRITTEN,
      { ...WRITTEN, name: ' ' },
      { ...WRITTEN, birthDate: null },
      { ...WRITTEN, birthDate: 'May' },
    ]) {
      own.person({ sectorKey, identifiers: [], attributes });
    }
    expect(own.counts().attributes).toEqual({
      encoded: 1,
      withoutName: 1,
      withoutBirthDate: 1,
      unreadableBirthDate: 1,
    });
  });
});

describe('the mark of a key', () => {
  it('is the same for the same key, another for another, and 32 bits of a digest', () => {
    const other = createLinkageKey(
      '1',
      '8d1f6b02c97e43a5f0b6e81d2793ca54be0f57193dd8624a7c05e9b1468fa32d',
    );
    expect(markOf(KEY)).toEqual({ id: '1', check: '36428628' });
    expect(markOf(other).check).not.toBe(markOf(KEY).check);
    expect(Buffer.from(KEY.bytes).toString('hex')).not.toContain(markOf(KEY).check);
  });
});

it('the worked example of the README', () => {
  const { attributes } = encode({});
  const digestOf = (filter: string | undefined) =>
    createHash('sha256')
      .update(Buffer.from(filter ?? '', 'base64url'))
      .digest('hex')
      .slice(0, 16);
  expect({
    filters: attributes?.filters.map(digestOf),
    firstBytes: Buffer.from(attributes?.filters[0] ?? '', 'base64url')
      .toString('hex')
      .slice(0, 32),
    checks: attributes?.checks.map(({ sex, citizenship }) => `${sex}/${citizenship}`),
    nameDate: attributes?.skeletons.find(({ kind }) => kind === 'NAME_DATE')?.mac,
  }).toEqual({
    filters: ['dfd8700f0726593f', 'd1ba67c56dd8e2a2', 'b2a08a866ecce112'],
    firstBytes: '015000002200000040024115c0100640',
    checks: ['1/2', '1/1', '1/4'],
    nameDate: 'HpkOIm9-ksZnj5x4K9IcoH7o88umBfDeDJWnYbVq-GE',
  });
});
