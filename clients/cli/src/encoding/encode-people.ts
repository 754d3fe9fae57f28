import { deriveSectorKey, type RecordEncoder, type RecordToSend } from '@tavolo/linkage';
import type { ReadingReport, readPeople } from '../person/read-people.ts';

export interface EncodingOutcome {
  people: number;
  households: number;
  /** Households of more members than the enrolment API takes. */
  refusedHouseholds: number;
}

/** Encodes everybody, then the households they say they belong to; each record is handed over as soon as it is made. */
export async function encodePeople(
  people: ReturnType<typeof readPeople>,
  {
    encoder,
    sectorKeySecret,
  }: { readonly encoder: RecordEncoder; readonly sectorKeySecret: string },
  report: ReadingReport,
  take: (record: RecordToSend, line: number | null) => void | Promise<void>,
): Promise<EncodingOutcome> {
  const outcome: EncodingOutcome = { people: 0, households: 0, refusedHouseholds: 0 };
  const membersByCode = new Map<string, string[]>();
  for await (const { localId, person, householdCode, line } of people) {
    const sectorKey = deriveSectorKey(sectorKeySecret, 'person', localId);
    const record = encoder.person({ sectorKey, ...person });
    if (record === null) {
      report.refused.add('breaks the form of the enrolment API', line);
      continue;
    }
    outcome.people += 1;
    if (householdCode !== null) {
      const members = membersByCode.get(householdCode) ?? [];
      members.push(sectorKey);
      membersByCode.set(householdCode, members);
    }
    await take(record, line);
  }
  for (const [code, memberSectorKeys] of membersByCode) {
    const sectorKey = deriveSectorKey(sectorKeySecret, 'household', code);
    const record = encoder.household({ sectorKey, codes: [code], memberSectorKeys });
    if (record === null) {
      outcome.refusedHouseholds += 1;
      continue;
    }
    outcome.households += 1;
    await take(record, null);
  }
  return outcome;
}
