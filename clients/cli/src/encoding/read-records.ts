import {
  householdsBatch,
  type LinkageKeyMark,
  peopleBatch,
  type RecordToSend,
} from '@tavolo/linkage';
import { z } from 'zod';
import { CommandFailure, UsageError } from '../cli-error.ts';
import { longestRow } from '../input/input-row.ts';
import { openFile } from '../input/open-input.ts';
import { readLines } from '../input/read-lines.ts';

const keyLine = z.strictObject({ key: peopleBatch.shape.key });
const recordLine = z.discriminatedUnion('subject', [
  z.strictObject({ subject: z.literal('people'), record: peopleBatch.shape.records.element }),
  z.strictObject({
    subject: z.literal('households'),
    record: householdsBatch.shape.records.element,
  }),
]);

/** Which linkage key a file of `link encode` was written with. */
export async function readKeyMark(path: string): Promise<LinkageKeyMark> {
  const input = await openFile(path);
  try {
    for await (const { bytes } of readLines(input, longestRow)) {
      const first = keyLine.safeParse(parseJson(bytes));
      if (first.success) return first.data.key;
      break;
    }
  } finally {
    input.destroy();
  }
  throw new UsageError(
    `${path} is no file of encoded records: write one with tavolo link encode, and give that`,
  );
}

/** The records of such a file that are about one subject, as they go to the person index. */
export async function* readRecords(
  path: string,
  wanted: RecordToSend['subject'],
): AsyncGenerator<RecordToSend> {
  const input = await openFile(path);
  try {
    for await (const { line, bytes } of readLines(input, longestRow)) {
      if (line === 1) continue;
      const read = recordLine.safeParse(parseJson(bytes));
      if (!read.success) {
        throw new CommandFailure(`line ${line} of ${path} is not an encoded record`);
      }
      const { subject, record } = read.data;
      if (subject !== wanted) continue;
      const { sectorKey, version } = record;
      yield { subject, sectorKey, version, json: JSON.stringify(record) };
    }
  } finally {
    input.destroy();
  }
}

function parseJson(bytes: Buffer | null): unknown {
  try {
    return bytes === null ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
