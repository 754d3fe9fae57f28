import { type DropOutcome, type DroppedFile, FeedFileError } from '@tavolo/feed-kit';
import { deriveSectorKey } from '@tavolo/linkage';
import type { RegisterKind } from '../store/registry-records.ts';
import type {
  Drop,
  RegisterRecord,
  RegistryWriter,
  StoredRejection,
} from '../store/registry-store.ts';
import { activityRegister } from './activity-register.ts';
import { matchRegister } from './match-register.ts';
import { membershipRegister } from './membership-register.ts';
import { organisationRegister } from './organisation-register.ts';
import { parseRegister, type RegisterName, readRegisterName } from './parse-register.ts';
import type { RegisterDefinition, RegisterSource } from './register-definition.ts';
import { resolveVolunteers } from './resolve-volunteers.ts';
import { supervisionRegister } from './supervision-register.ts';
import { trainingRegister } from './training-register.ts';

export interface RegisterIngestOptions {
  readonly store: RegistryWriter;
  readonly sectorKeySecret: string;
  readonly now: () => Date;
}

interface RowReading<Kind extends RegisterKind> {
  readonly accepted: readonly RegisterRecord<Kind>[];
  readonly rejections: readonly StoredRejection[];
  readonly rows: number;
  readonly rejectedRows: number;
  /** Ids that the file has, accepted or not; null when a refused row's number could not be read. */
  readonly presentIds: ReadonlySet<string> | null;
}

/**
 * Takes one register in. Everything is written under derived ids and the ledger last: cut short at any point
 * and run again, it ends in the same place. A newer register of a slice supersedes the one before.
 */
export function createRegisterIngest(options: RegisterIngestOptions) {
  const { store, sectorKeySecret, now } = options;
  const derive = (label: string, localId: string) =>
    deriveSectorKey(sectorKeySecret, label, localId);

  async function refuseFile(
    file: DroppedFile,
    source: string,
    reason: string,
  ): Promise<DropOutcome> {
    const at = now().toISOString();
    await store.putRejections([
      { id: `${file.sha256}/file`, source, line: null, field: null, reason, at },
    ]);
    return { kind: 'rejected', reason };
  }

  async function takeIn<Kind extends RegisterKind>(
    definition: RegisterDefinition<Kind>,
    file: DroppedFile,
    name: RegisterName,
  ): Promise<void> {
    const source = { runtsNumber: name.runtsNumber, derive };
    const reading = await readRows(definition, file, source, now().toISOString());
    const drop: Drop = {
      sha256: file.sha256,
      source: file.name,
      kind: name.kind,
      slice: sliceOf(name),
      extractedOn: name.extractedOn,
      modifiedAt: file.modifiedAt,
      takenAt: now().toISOString(),
      rows: reading.rows,
      rejectedRows: reading.rejectedRows,
    };
    await store.putRecords(definition.kind, drop, reading.accepted);
    // A row whose number cannot be read may be any of those that seem to be gone: then nothing is withdrawn.
    if (reading.presentIds) await store.withdrawOthers(definition.kind, drop, reading.presentIds);
    if (definition.kind === 'memberships') {
      const refs = resolveVolunteers(await store.allMemberships(), (key) =>
        derive('volunteer', key),
      );
      await store.setVolunteerRefs(refs);
    }
    await store.putRejections(reading.rejections);
    await store.putDrop(drop);
  }

  async function takeInByKind(file: DroppedFile, name: RegisterName): Promise<void> {
    // Spelled out: the type of a definition follows from the kind it is looked up by.
    if (name.kind === 'organisations') return takeIn(organisationRegister, file, name);
    if (name.kind === 'memberships') return takeIn(membershipRegister, file, name);
    if (name.kind === 'trainings') return takeIn(trainingRegister, file, name);
    if (name.kind === 'matches') return takeIn(matchRegister, file, name);
    if (name.kind === 'supervisions') return takeIn(supervisionRegister, file, name);
    return takeIn(activityRegister, file, name);
  }

  return async function ingestRegister(file: DroppedFile): Promise<DropOutcome> {
    if (await store.hasDrop(file.sha256)) return { kind: 'duplicate' };
    const name = readRegisterName(file.name);
    if (name === null) {
      // The name itself may be about a person, so it is not repeated.
      return refuseFile(file, 'a file with another name', 'its name is not that of a register');
    }
    const tomorrow = new Date(now().getTime() + 86_400_000).toISOString().slice(0, 10);
    if (name.extractedOn > tomorrow) {
      // Taken in, it would make every real register of the years before it look old.
      return refuseFile(file, file.name, 'its name has a day that has not come yet');
    }
    const newest = await store.newestDrop(sliceOf(name));
    if (newest !== null && newest.extractedOn > name.extractedOn) {
      return refuseFile(file, file.name, 'older than the register already taken in');
    }
    try {
      await takeInByKind(file, name);
    } catch (error) {
      if (error instanceof FeedFileError) return refuseFile(file, file.name, error.message);
      throw error;
    }
    return { kind: 'ingested' };
  };
}

function sliceOf({ kind, runtsNumber }: RegisterName): string {
  return runtsNumber === '' ? kind : `${kind}/${runtsNumber}`;
}

async function readRows<Kind extends RegisterKind>(
  definition: RegisterDefinition<Kind>,
  file: DroppedFile,
  source: RegisterSource,
  at: string,
): Promise<RowReading<Kind>> {
  const record = definition.record(source);
  const accepted = new Map<string, RegisterRecord<Kind>>();
  const rejections: StoredRejection[] = [];
  const presentIds = new Set<string>();
  let isEveryNumberRead = true;
  let [rows, rejectedRows] = [0, 0];
  for await (const { line, fields, columns, problem } of parseRegister(file, definition.layouts)) {
    rows += 1;
    const localId = definition.localId(fields);
    const id = localId && source.derive(definition.label, recordId(source, localId));
    const refuse = (field: string | null, reason: string) => {
      const place = `${file.sha256}/${String(line).padStart(8, '0')}/${field ?? ''}`;
      const column = field === null ? null : (columns[field] ?? field);
      rejections.push({ id: place, source: file.name, line, field: column, reason, at });
    };
    if (id) presentIds.add(id);
    const read = record.safeParse(fields);
    if (problem === null && read.success && id && !accepted.has(id)) {
      accepted.set(id, { id, content: read.data });
      continue;
    }
    rejectedRows += 1;
    if (!id) isEveryNumberRead = false;
    if (problem !== null) refuse(null, problem);
    else if (!read.success) {
      for (const { path, message } of read.error.issues) refuse(String(path[0] ?? ''), message);
    } else refuse(definition.numberField, id ? 'appears twice in the file' : 'cannot be read');
  }
  return {
    accepted: [...accepted.values()],
    rejections,
    rows,
    rejectedRows,
    presentIds: isEveryNumberRead ? presentIds : null,
  };
}

/** Agreements are numbered by the province, everything else within its body. */
function recordId({ runtsNumber }: RegisterSource, localId: string): string {
  return runtsNumber === '' ? localId : `${runtsNumber}/${localId}`;
}
