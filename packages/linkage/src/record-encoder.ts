import { createHash, createHmac } from 'node:crypto';
import { readCodiceFiscaleFacts } from './codice-fiscale-facts.ts';
import type { EnrolmentSubject, LinkageKeyMark } from './enrolment-wire.ts';
import {
  MOST_HOUSEHOLD_CODES,
  MOST_IDENTIFIERS,
  MOST_MEMBERS,
  SECTOR_KEY,
  validityDay,
} from './enrolment-wire.ts';
import { type BirthDate, readBirthDate } from './filter/birth-date.ts';
import { createFilterEncoder } from './filter/filter-encoder.ts';
import { createIdentifierEncoder, type RecordEncodingCounts } from './identifier-encoder.ts';
import { type LinkageKey, markOf } from './linkage-key.ts';
import { readNameTokens } from './name/name-tokens.ts';
import type {
  HouseholdToEnrol,
  PersonAttributes,
  PersonToEnrol,
  RecordToSend,
} from './record-types.ts';
import { skeletonKeysOf } from './skeleton-keys.ts';

/** Turns what an institution knows into what may leave it; runs inside the institution. */
export interface RecordEncoder {
  readonly keyMark: LinkageKeyMark;
  /** Null = the record breaks the form of the enrolment API: a sector key that is not one, too many identifiers. */
  readonly person: (person: PersonToEnrol) => RecordToSend | null;
  /** Null as for a person. */
  readonly household: (household: HouseholdToEnrol) => RecordToSend | null;
  readonly counts: () => RecordEncodingCounts;
}

export interface RecordEncoderOptions {
  /** For "born in the future"; this year by default. */
  readonly latestYear?: number;
}

/** Throws LinkageKeyError for a weak key. */
export function createRecordEncoder(
  key: LinkageKey,
  options: RecordEncoderOptions = {},
): RecordEncoder {
  const identifiers = createIdentifierEncoder(key);
  const filters = createFilterEncoder(key.bytes);
  const latestYear = options.latestYear ?? new Date().getUTCFullYear();
  const attributeCounts = {
    encoded: 0,
    withoutName: 0,
    withoutBirthDate: 0,
    unreadableBirthDate: 0,
  };

  const skeletonMac = (kind: string, text: string): string =>
    createHmac('sha256', key.bytes)
      .update(`tavolo/linkage/v2\0skeleton/${kind}\0${text}`)
      .digest('base64url');

  function attributesOf(person: PersonToEnrol): object | null {
    const { name, birthDate, sex, citizenship } = completed(person, latestYear);
    const tokens = readNameTokens(name ?? '');
    const born = bornOn(birthDate);
    if (tokens.length === 0) attributeCounts.withoutName += 1;
    if (tokens.length === 0 || born === null) return null;
    attributeCounts.encoded += 1;
    const { yearDay, yearMonth, monthDay } = filters.filters(tokens, born);
    return {
      keyId: key.id,
      isYearOnly: born.isYearOnly,
      isOneWord: tokens.length === 1,
      filters: [yearDay, yearMonth, monthDay].map((filter) =>
        Buffer.from(filter).toString('base64url'),
      ),
      checks: filters.checks(sex, citizenship, born),
      skeletons: skeletonKeysOf(tokens, born, citizenship)
        .map(({ kind, text }) => ({ kind, mac: skeletonMac(kind, text) }))
        .sort((a, b) => (a.mac < b.mac ? -1 : 1)),
    };
  }

  function bornOn(birthDate: string | null): BirthDate | null {
    if (birthDate === null) {
      attributeCounts.withoutBirthDate += 1;
      return null;
    }
    const born = readBirthDate(birthDate, latestYear);
    if (born === null) attributeCounts.unreadableBirthDate += 1;
    return born;
  }

  /** The order of a source's rows is no change of the record. */
  function identifiersOf(person: PersonToEnrol): object[] {
    const byText = new Map<string, object>();
    for (const { kind, value, validFrom, validTo } of person.identifiers) {
      const encoded = identifiers.encode(kind, value);
      // A validity that cannot be read could veto a right link; the identifier is left out, not the person.
      if (encoded === null || !isDay(validFrom) || !isDay(validTo)) continue;
      const identifier = { ...encoded, ...present({ validFrom, validTo }) };
      byText.set(JSON.stringify(identifier), identifier);
    }
    return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }

  return {
    keyMark: markOf(key),
    person(person) {
      const attributes = attributesOf(person);
      const { isRestricted, sharing, knownSince, closedOn, duplicateOf } = person;
      return recordToSend('people', person.sectorKey, {
        identifiers: identifiersOf(person),
        ...present({
          attributes: attributes ?? undefined,
          isRestricted: isRestricted === true ? true : undefined,
          sharing,
          knownSince: isDay(knownSince) ? knownSince : undefined,
          closedOn: isDay(closedOn) ? closedOn : undefined,
          duplicateOf,
        }),
      });
    },
    household(household) {
      const macs = household.codes.flatMap((code) => identifiers.encodeHouseholdCode(code) ?? []);
      return recordToSend('households', household.sectorKey, {
        codes: [...new Set(macs)].sort().map((mac) => ({ keyId: key.id, mac })),
        memberSectorKeys: [...new Set(household.memberSectorKeys)].sort(),
      });
    },
    counts: () => ({ ...identifiers.counts(), attributes: { ...attributeCounts } }),
  };
}

const NO_ATTRIBUTES: PersonAttributes = {
  name: null,
  birthDate: null,
  sex: null,
  citizenship: null,
};

/** What a codice fiscale says of its holder stands in for what the register left out; it never corrects it. */
function completed(
  { attributes = NO_ATTRIBUTES, identifiers }: PersonToEnrol,
  latestYear: number,
): PersonAttributes {
  const codes = identifiers.filter(({ kind }) => kind === 'CODICE_FISCALE');
  const facts = codes.flatMap(({ value }) => readCodiceFiscaleFacts(value, latestYear) ?? []);
  const citizenship = attributes.citizenship?.trim().toUpperCase() ?? '';
  const birthDate = attributes.birthDate?.trim() ?? '';
  return {
    name: attributes.name,
    birthDate: birthDate === '' ? only(facts.map((one) => one.birthDate)) : birthDate,
    sex: attributes.sex ?? only(facts.map((one) => one.sex)),
    citizenship: /^[A-Z]{2}$/.test(citizenship) ? citizenship : null,
  };
}

/** Two codes that say different things say nothing, whichever row comes first. */
function only<T>(values: readonly T[]): T | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
}

function isDay(day: string | undefined): boolean {
  return day === undefined || validityDay.safeParse(day).success;
}

/** Without the fields that are not there. */
function present(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What an encoder's caller can get wrong; the rest of a record has the form of the API because it was made here. */
interface RecordContent {
  readonly identifiers?: readonly object[];
  readonly duplicateOf?: string;
  readonly codes?: readonly object[];
  readonly memberSectorKeys?: readonly string[];
}

function recordToSend(
  subject: EnrolmentSubject,
  sectorKey: string,
  content: RecordContent,
): RecordToSend | null {
  const keys = [sectorKey, content.duplicateOf ?? sectorKey, ...(content.memberSectorKeys ?? [])];
  const fits =
    keys.every((key) => SECTOR_KEY.test(key)) &&
    (content.identifiers?.length ?? 0) <= MOST_IDENTIFIERS &&
    (content.codes?.length ?? 0) <= MOST_HOUSEHOLD_CODES &&
    (content.memberSectorKeys?.length ?? 0) <= MOST_MEMBERS;
  if (!fits) return null;
  const text = JSON.stringify(content);
  const version = createHash('sha256').update(text).digest('base64url');
  const head = `{"sectorKey":"${sectorKey}","version":"${version}",`;
  return { subject, sectorKey, version, json: head + text.slice(1) };
}
