import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EnrolmentClient } from './enrolment-client.ts';
import {
  type EnrolmentReceipt,
  type EnrolmentSubject,
  MAX_ENROLMENT_BYTES,
  MAX_ENROLMENT_RECORDS,
} from './enrolment-wire.ts';
import type { RecordToSend } from './record-types.ts';

/** What one institution remembers of what the index acknowledged: sector key → version. */
export interface Ledger {
  readonly epoch: string;
  readonly people: Map<string, string>;
  readonly households: Map<string, string>;
}

export interface SynchroniseOutcome {
  readonly sent: number;
  readonly removed: number;
  /** Records that break the form of the API and were left out. */
  readonly unusable: number;
}

/** The index answered from another store than the one remembered. */
export class EpochChangedError extends Error {
  override readonly name = 'EpochChangedError';
}

/** Room for the brackets around the records. */
const ROOM_BYTES = 1_024;
/** Encoding a thousand people takes tens of milliseconds; feeds and questions must get their turn. */
const RECORDS_PER_TURN = 100;

/** Asks the index what it holds of this institution, page by page. */
export async function readLedger(client: EnrolmentClient): Promise<Ledger> {
  const figures = await client.figures();
  const ledger: Ledger = { epoch: figures.epoch, people: new Map(), households: new Map() };
  for (const subject of ['people', 'households'] as const) {
    let after: string | null = null;
    do {
      const page = await client.manifest(subject, after);
      if (page.epoch !== ledger.epoch) throw new EpochChangedError();
      for (const { sectorKey, version } of page.records) ledger[subject].set(sectorKey, version);
      after = page.next;
    } while (after !== null);
  }
  return ledger;
}

/**
 * Sends the records that differ from `ledger` and removes those that are gone, updating it after each
 * acknowledgement: an interruption loses at most one batch of memory, never a record.
 */
export async function synchronise(
  client: EnrolmentClient,
  ledger: Ledger,
  subject: EnrolmentSubject,
  records: AsyncIterable<RecordToSend | null>,
  signal: AbortSignal,
): Promise<SynchroniseOutcome> {
  const known = ledger[subject];
  const seen = new Set<string>();
  let batch: RecordToSend[] = [];
  let bytes = 0;
  let sent = 0;
  let unusable = 0;
  let turn = 0;

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const receipt = await client.put(
      subject,
      batch.map((record) => record.json),
    );
    requireSameEpoch(receipt, ledger);
    for (const { sectorKey, version } of batch) known.set(sectorKey, version);
    sent += batch.length;
    batch = [];
    bytes = 0;
  };

  for await (const record of records) {
    turn += 1;
    if (turn % RECORDS_PER_TURN === 0) await nextTurn();
    signal.throwIfAborted();
    if (record === null) {
      unusable += 1;
      continue;
    }
    if (seen.has(record.sectorKey)) continue;
    seen.add(record.sectorKey);
    if (known.get(record.sectorKey) === record.version) continue;
    const full = batch.length === MAX_ENROLMENT_RECORDS;
    if (full || bytes + record.json.length > MAX_ENROLMENT_BYTES - ROOM_BYTES) await flush();
    batch.push(record);
    bytes += record.json.length + 1;
  }
  await flush();

  const gone = [...known.keys()].filter((sectorKey) => !seen.has(sectorKey));
  for (let start = 0; start < gone.length; start += MAX_ENROLMENT_RECORDS) {
    const sectorKeys = gone.slice(start, start + MAX_ENROLMENT_RECORDS);
    requireSameEpoch(await client.remove(subject, sectorKeys), ledger);
    for (const sectorKey of sectorKeys) known.delete(sectorKey);
  }
  return { sent, removed: gone.length, unusable };
}

function requireSameEpoch(receipt: EnrolmentReceipt, ledger: Ledger): void {
  if (receipt.epoch !== ledger.epoch) throw new EpochChangedError();
}
