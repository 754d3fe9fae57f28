import { z } from 'zod';
import { CommandFailure, UsageError } from '../cli-error.ts';
import { longestRow } from '../input/input-row.ts';
import { openFile } from '../input/open-input.ts';
import { readLines } from '../input/read-lines.ts';

const encodedLine = z.object({
  subject: z.enum(['people', 'households']),
  record: z.looseObject({
    identifiers: z.array(z.looseObject({ keyId: z.string() })).optional(),
  }),
});

/**
 * The people of a file that `link encode` wrote, as texts of JSON; null = it is not such a file. `keyId` is
 * the key it must have been encoded with, null when the caller has none.
 */
export async function readEncodedPeople(
  path: string,
  keyId: string | null,
): Promise<string[] | null> {
  const input = await openFile(path);
  const people: string[] = [];
  try {
    for await (const { line, bytes } of readLines(input, longestRow)) {
      const read = encodedLine.safeParse(parseJson(bytes));
      if (!read.success) {
        if (line === 1) return null;
        throw new CommandFailure(`line ${line} of ${path} is not an encoded record`);
      }
      const { subject, record } = read.data;
      if (keyId === null) {
        throw new UsageError('an encoded --against needs the linkage key it was encoded with');
      }
      if (record.identifiers?.some((identifier) => identifier.keyId !== keyId)) {
        throw new CommandFailure(`${path} was encoded with another linkage key`);
      }
      if (subject === 'people') people.push(JSON.stringify(record));
    }
  } finally {
    input.destroy();
  }
  return people;
}

function parseJson(bytes: Buffer | null): unknown {
  try {
    return bytes === null ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
