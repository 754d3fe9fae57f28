import {
  createLinkageKey,
  createRecordEncoder,
  type PersonToEnrol,
  personRecord,
} from '@tavolo/linkage';
import type { LinkablePerson } from './linkable-person.ts';
import { readLinkablePerson } from './read-linkable.ts';

const KEY = createLinkageKey(
  'k',
  'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13',
);
const encoder = createRecordEncoder(KEY, { latestYear: 2026 });

/** What `source` enrols as its record `number`, as the index reads it. */
export function enrolled(
  source: string,
  number: number,
  { name = null, birthDate = null, sex = null, citizenship = null }: Partial<Written> = {},
  identifiers: PersonToEnrol['identifiers'] = [],
): LinkablePerson {
  const record = encoder.person({
    sectorKey: String(number).padStart(43, '0'),
    identifiers,
    attributes: { name, birthDate, sex, citizenship },
  });
  if (record === null) throw new Error('Not a record');
  return readLinkablePerson(source, personRecord.parse(JSON.parse(record.json)));
}

type Written = NonNullable<PersonToEnrol['attributes']>;
