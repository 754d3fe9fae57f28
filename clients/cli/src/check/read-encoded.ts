import {
  type HouseholdRecord,
  householdsBatch,
  type PersonRecord,
  peopleBatch,
  type RecordEncoder,
} from '@tavolo/linkage';
import { z } from 'zod';
import { CommandFailure, UsageError } from '../cli-error.ts';
import { longestRow } from '../input/input-row.ts';
import { openFile } from '../input/open-input.ts';
import { readLines } from '../input/read-lines.ts';
import type { Progress } from '../progress.ts';
import { createLinkableSide, type LinkableSide } from './linkable-side.ts';

const keyLine = z.strictObject({ key: peopleBatch.shape.key });
const recordLine = z.discriminatedUnion('subject', [
  z.strictObject({
    subject: z.literal('people'),
    record: peopleBatch.shape.records.element,
  }),
  z.strictObject({
    subject: z.literal('households'),
    record: householdsBatch.shape.records.element,
  }),
]);

/**
 * The records of a file that `link encode` wrote; null = its first line is not that of one. Throws unless it was
 * encoded with `ours`, which is null when the caller has no key to compare with.
 */
export async function readEncoded(
  path: string,
  ours: RecordEncoder['keyMark'] | null,
  progress: Progress,
): Promise<LinkableSide | null> {
  const input = await openFile(path);
  const side = createLinkableSide('theirs');
  let isEncoded = false;
  const seen = new Set<string>();
  try {
    for await (const { line, bytes } of readLines(input, longestRow)) {
      const value = parseJson(bytes);
      if (line === 1) {
        const first = keyLine.safeParse(value);
        if (!first.success) return null;
        refuseOtherKey(path, first.data.key, ours);
        isEncoded = true;
        progress.begin('reading the other file');
        continue;
      }
      const read = recordLine.safeParse(value);
      if (!read.success)
        throw new CommandFailure(`line ${line} of ${path} is not an encoded record`);
      const { subject, record } = read.data;
      if (keyIdsOf(record).some((keyId) => keyId !== ours?.id)) {
        throw new CommandFailure(
          `line ${line} of ${path} was encoded with another key than its first line says`,
        );
      }
      const name = `${subject}/${record.sectorKey}`;
      if (seen.has(name))
        throw new CommandFailure(`line ${line} of ${path} repeats an earlier record`);
      seen.add(name);
      if ('identifiers' in record) side.addPerson(record);
      else side.addHousehold(record);
      progress.tick();
    }
  } finally {
    input.destroy();
  }
  return isEncoded ? side : null;
}

function refuseOtherKey(
  path: string,
  theirs: RecordEncoder['keyMark'],
  ours: RecordEncoder['keyMark'] | null,
): void {
  if (ours === null) {
    throw new UsageError(
      `${path} is encoded: give the linkage key it was encoded with, by --key-file or TAVOLO_LINKAGE_KEY and TAVOLO_LINKAGE_KEY_ID`,
    );
  }
  if (theirs.id !== ours.id) {
    throw new CommandFailure(
      `these files were encoded with different keys: the id in ${path} is not that of your linkage key`,
    );
  }
  if (theirs.check !== ours.check) {
    throw new CommandFailure(
      `these files were encoded with different keys under one id: your linkage key, or the one ${path} was encoded with, was mistyped`,
    );
  }
}

function keyIdsOf(record: PersonRecord | HouseholdRecord): string[] {
  if (!('identifiers' in record)) return record.codes.map(({ keyId }) => keyId);
  const { identifiers, attributes } = record;
  return [...identifiers, ...(attributes === undefined ? [] : [attributes])].map(
    ({ keyId }) => keyId,
  );
}

function parseJson(bytes: Buffer | null): unknown {
  try {
    return bytes === null ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
