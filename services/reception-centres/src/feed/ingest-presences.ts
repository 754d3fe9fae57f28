import { setImmediate } from 'node:timers/promises';
import type { DropTransaction } from '../store/reception-feed-store.ts';
import type { PresenceLine } from '../store/sheet-stays.ts';
import { foldText } from './facility-name.ts';
import type { IncomingFile, Ingested } from './ingest-drop.ts';
import { municipalityByName } from './municipality-by-name.ts';
import type { ParsedSheet, PresenceSheet } from './parse-presence-sheet.ts';
import type { LocalIdentifier } from './person-record.ts';
import type { PresenceRecord } from './presence-record.ts';

interface Tally {
  accepted: number;
  identifiersIgnored: number;
  dataDay: string | null;
  readonly rejections: Ingested['rejections'][number][];
}

/** Writes a workbook's sheets; a sheet that cannot be placed is refused alone. */
export async function ingestPresences(
  sheets: readonly ParsedSheet[],
  incoming: IncomingFile,
  transaction: DropTransaction,
): Promise<Ingested> {
  const tally: Tally = { accepted: 0, identifiersIgnored: 0, dataDay: null, rejections: [] };
  for (const parsed of sheets) {
    if (parsed.kind === 'refused') tally.rejections.push(parsed.refusal);
    else if (parsed.kind === 'sheet') ingestSheet(parsed.sheet, incoming, transaction, tally);
    await setImmediate();
  }
  return tally;
}

function ingestSheet(
  { title, records, refusals, statedTotal }: PresenceSheet,
  { file, receivedAt }: IncomingFile,
  { facilities, people, attributes, presences }: DropTransaction,
  tally: Tally,
): void {
  const municipality = municipalityByName(title.municipality);
  if (municipality === undefined) {
    tally.rejections.push({ line: null, field: 'municipality', reason: 'not in the province' });
    return;
  }
  const receptionType = /\b(cpa|hub)\b/u.test(foldText(title.receptionType ?? ''))
    ? 'CPA_HUB'
    : 'CAS';
  const facilityId = facilities.identify({
    receptionType,
    managingBody: title.managingBody,
    name: title.centre,
    municipality,
    describedOn: title.day,
    authorisedPlaces: title.capacity ?? null,
    activePlaces: title.activePlaces ?? null,
    openFrom: title.openFrom ?? null,
    cig: title.cig ?? null,
  });
  const lines = new Map<number, PresenceLine>();
  for (const record of records) {
    const person = people.resolve({
      identifiers: identifiersOf(record, facilityId),
      household: record.household,
      seenOn: record.entryOn ?? title.day,
    });
    tally.identifiersIgnored += record.identifiersIgnored;
    if (lines.has(person)) {
      tally.rejections.push({
        line: record.line,
        field: null,
        reason: 'guest listed twice on this sheet',
      });
      continue;
    }
    const { present, entryOn, entryAt, exitOn } = record;
    attributes.learn(person, record.attributes, title.day);
    lines.set(person, { person, present, entryOn, entryAt, exitOn });
  }
  tally.rejections.push(...refusals);
  tally.accepted += lines.size;
  if (tally.dataDay === null || title.day > tally.dataDay) tally.dataDay = title.day;
  presences.write({
    facility: { id: facilityId, receptionType },
    day: title.day,
    sha256: file.sha256,
    modifiedAt: file.modifiedAt,
    receivedAt,
    lines: [...lines.values()],
    rowCount: records.filter((record) => record.present).length + refusals.length,
    statedTotal,
    capacity: title.capacity ?? null,
    reserved: title.reserved ?? null,
    outOfService: title.outOfService ?? null,
  });
}

/** A guest number is one centre's, and is given again when a guest has gone: the day of entry tells them apart. */
function identifiersOf(record: PresenceRecord, facilityId: string): readonly LocalIdentifier[] {
  if (record.guest === null) return record.identifiers;
  const value = `${facilityId}|${record.guest}|${record.entryOn ?? ''}`;
  return [...record.identifiers, { kind: 'CENTRE_GUEST', value }];
}
