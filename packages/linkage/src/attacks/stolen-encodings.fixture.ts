import { createWorld, defaultParameters } from '@tavolo/demo-province';
import { type PersonRecord, personRecord } from '../enrolment-wire.ts';
import { createLinkageKey, type LinkageKey } from '../linkage-key.ts';
import { readNameTokens } from '../name/name-tokens.ts';
import { createRecordEncoder } from '../record-encoder.ts';

/** What an attacker holds of one person, and what he would like to know. */
export interface StolenRecord {
  readonly encoding: PersonRecord;
  /** The truth: words of the name, as their skeletons. */
  readonly words: readonly string[];
  readonly name: string;
}

export const KEY = createLinkageKey(
  'stolen-key',
  '8d1f6b02c97e43a5f0b6e81d2793ca54be0f57193dd8624a7c05e9b1468fa32d',
);

const world = createWorld({
  seed: 5,
  size: 2_600,
  today: '2026-11-22',
  parameters: defaultParameters,
});

/** Everybody one institution knows by name, encoded under `key`. */
export function steal(
  partner: keyof (typeof world.people)[number]['records'],
  key: LinkageKey = KEY,
): StolenRecord[] {
  const encoder = createRecordEncoder(key, { latestYear: 2026 });
  return world.people.flatMap((person, at) => {
    const written = person.records[partner];
    if (written === undefined) return [];
    const text = `${written.familyName} ${written.givenName}`;
    const record = encoder.person({
      sectorKey: String(at).padStart(43, '0'),
      identifiers: [],
      attributes: {
        name: text,
        birthDate: written.birthDate,
        sex: person.sex,
        citizenship: person.citizenship,
      },
    });
    if (record === null) return [];
    const encoding = personRecord.parse(JSON.parse(record.json));
    const words = [...new Set(readNameTokens(text).map(({ skeleton }) => skeleton))];
    return encoding.attributes === undefined ? [] : [{ encoding, words, name: words.join(' ') }];
  });
}

/** All codici fiscali of the province, in clear. */
export function codiciFiscali(): string[] {
  const codes = world.people.flatMap((person) =>
    Object.values(person.records).flatMap((record) =>
      record.identifiers.filter(({ kind }) => kind === 'CF').map(({ value }) => value),
    ),
  );
  return [...new Set(codes)];
}
