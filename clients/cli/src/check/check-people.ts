import { createRecordEncoder, type HouseholdRecord, type PersonRecord } from '@tavolo/linkage';
import { encodePeople } from '../encoding/encode-people.ts';
import { evidenceOf } from '../encoding/evidence-of.ts';
import type { Keys } from '../encoding/read-keys.ts';
import { createReadingReport, type PeopleInput, readPeople } from '../person/read-people.ts';
import type { Progress } from '../progress.ts';
import { createEvidenceCounter } from './count-evidence.ts';
import { createDuplicateFinder } from './find-duplicates.ts';
import type { LinkableSide } from './linkable-side.ts';

/** Reads and encodes a file as `link encode` would; records are kept only in `side`, when somebody will compare them. */
export async function checkPeople(
  input: PeopleInput,
  { linkageKey, sectorKeySecret }: Keys,
  progress: Progress,
  side: LinkableSide | null,
) {
  const reading = createReadingReport();
  const duplicates = createDuplicateFinder();
  const evidence = createEvidenceCounter();
  const missing = { name: 0, birth_date: 0, sex: 0, citizenship: 0 };
  async function* watched(): ReturnType<typeof readPeople> {
    for await (const person of readPeople(input, reading, progress)) {
      duplicates.add(person, person.line);
      for (const attribute of person.missing) missing[attribute] += 1;
      yield person;
    }
  }
  const encoder = createRecordEncoder(linkageKey);
  const outcome = await encodePeople(
    watched(),
    { encoder, sectorKeySecret },
    reading,
    ({ subject, json }) => {
      // The encoder has just checked that it has this form.
      if (subject === 'households') side?.addHousehold(JSON.parse(json) as HouseholdRecord);
      else {
        const record = JSON.parse(json) as PersonRecord;
        evidence.add(evidenceOf(record));
        side?.addPerson(record);
      }
    },
  );
  return {
    isWhole: reading.refused.total() + outcome.refusedHouseholds === 0,
    report: {
      ...outcome,
      ...reading,
      sharedIdentifiers: duplicates.found,
      missing,
      evidence: evidence.counts(),
    },
  };
}
