import { readFile } from 'node:fs/promises';
import { createDeadline } from '@tavolo/deadline';
import { z } from 'zod';
import { CommandFailure, codeOf, UsageError } from '../cli-error.ts';

const answer = z.object({
  accesses: z.array(
    z.object({
      day: z.string(),
      purpose: z.string(),
      times: z.int().min(0),
      requestIds: z.array(z.string()),
    }),
  ),
});

export interface PersonAccesses {
  readonly requestIds: ReadonlySet<string>;
  /** Times that somebody asked about the person. */
  readonly times: number;
  /** Days and purposes with more questions than the index remembers by name. */
  readonly incomplete: readonly { readonly day: string; readonly purpose: string }[];
}

const TIMEOUT_MS = 30_000;
const MOST_ANSWER_BYTES = 32_000_000;
const MOST_NAMED = 100;

/** Asks the person index, as the institution whose token it is, in which questions one of its own people was shown. */
export async function askAccesses(
  sectorKey: string,
  index: string | undefined,
  tokenFile: string | undefined,
): Promise<PersonAccesses> {
  if (index === undefined || tokenFile === undefined) {
    throw new UsageError(
      '--person needs --index and --token-file: only the index knows in which questions',
    );
  }
  if (!/^[A-Za-z0-9_-]{43}$/u.test(sectorKey)) {
    throw new UsageError(
      '--person must be a sector key: 43 base64url characters, as `link encode` makes them',
    );
  }
  const url = enrolmentUrl(index, sectorKey);
  const token = await readToken(tokenFile);
  const deadline = createDeadline(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: deadline.signal,
    });
    if (response.status === 401)
      throw new CommandFailure('the person index does not know this token');
    if (!response.ok) throw new CommandFailure(`the person index answered ${response.status}`);
    return accessesIn(await response.text());
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`the person index could not be asked (${codeOf(error)})`);
  } finally {
    deadline.release();
  }
}

function accessesIn(text: string): PersonAccesses {
  if (text.length > MOST_ANSWER_BYTES)
    throw new CommandFailure('the person index answered too much');
  const { accesses } = answer.parse(JSON.parse(text));
  return {
    requestIds: new Set(accesses.flatMap(({ requestIds }) => requestIds)),
    times: accesses.reduce((sum, { times }) => sum + times, 0),
    incomplete: accesses
      .filter(
        ({ requestIds, times }) =>
          requestIds.length >= MOST_NAMED || (requestIds.length === 0 && times > 0),
      )
      .map(({ day, purpose }) => ({ day, purpose })),
  };
}

/** A token goes over TLS, or no further than this machine. */
function enrolmentUrl(index: string, sectorKey: string): URL {
  if (!URL.canParse(index)) throw new UsageError('--index must be the address of the person index');
  const base = new URL(index.endsWith('/') ? index : `${index}/`);
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(base.hostname);
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLocal)) {
    throw new UsageError('--index must begin with https:// (http:// only on this machine)');
  }
  return new URL(`enrolment/people/${sectorKey}/accesses`, base);
}

async function readToken(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new UsageError(`--token-file ${path} cannot be read (${codeOf(error)})`);
  }
}
