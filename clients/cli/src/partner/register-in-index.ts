import { CommandFailure, NotReached } from '../cli-error.ts';
import { readSecretFile } from '../input/read-secret-file.ts';
import { askHttp, type HttpQuestion } from '../registry/ask-http.ts';
import { readProblem } from '../registry/registry-refusal.ts';
import type { EnrolmentToken } from './enrolment-token.ts';
import type { NewPartner } from './new-partner.ts';

/** The person index as its operator asks it. */
export interface IndexOperator {
  readonly index: URL;
  /** Holds the operator's token. */
  readonly tokenFile: string;
  readonly folder: string;
  readonly timeoutMs: number;
}

/** Tells the person index of a new institution: its label, and the hash of the token it will enrol with. */
export async function registerInIndex(
  { id, label }: NewPartner,
  { sha256 }: EnrolmentToken,
  operator: IndexOperator,
): Promise<void> {
  const body = { label, tokenSha256: sha256 };
  await ask(
    operator,
    id,
    { method: 'PUT', body },
    'The registry has the partner; repeat the command',
  );
}

/** Takes an institution out of the person index, which forgets its records. */
export async function removeFromIndex(id: string, operator: IndexOperator): Promise<void> {
  await ask(operator, id, { method: 'DELETE' }, 'Nothing was removed');
}

async function ask(
  { index, tokenFile, folder, timeoutMs }: IndexOperator,
  id: string,
  how: Pick<HttpQuestion, 'method' | 'body'>,
  whatIsDone: string,
): Promise<void> {
  const token = await readSecretFile(tokenFile, folder);
  const { status, text } = await askHttp({
    ...how,
    url: new URL(`${index.pathname.replace(/\/$/u, '')}/partners/${id}`, index),
    headers: { accept: 'application/json', authorization: `Bearer ${token}` },
    timeoutMs,
    whom: 'the person index',
  });
  if (status < 300) return;
  const problem = readProblem(text);
  const why = problem?.message ?? problem?.title ?? 'it gives no reason that this tavolo knows';
  const said =
    status === 401 || status === 403
      ? 'does not know that token: --person-index-token-file holds the one of its operator'
      : `refused ${id}: ${why}`;
  const message = `the person index at ${index.origin} ${said} (${status}). ${whatIsDone}`;
  throw status >= 500 ? new NotReached(message) : new CommandFailure(message);
}
