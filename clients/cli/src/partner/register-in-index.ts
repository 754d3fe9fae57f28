import { CommandFailure, NotReached } from '../cli-error.ts';
import { readSecretFile } from '../input/read-secret-file.ts';
import { askHttp } from '../registry/ask-http.ts';
import { readProblem } from '../registry/registry-refusal.ts';
import type { EnrolmentToken } from './enrolment-token.ts';
import type { NewPartner } from './new-partner.ts';

interface IndexRegistration {
  readonly index: URL;
  /** Of the index's operator. */
  readonly tokenFile: string;
  readonly folder: string;
  readonly timeoutMs: number;
}

/** Tells the person index of a new institution: its label, and the hash of the token it will enrol with. */
export async function registerInIndex(
  { id, label }: NewPartner,
  { sha256 }: EnrolmentToken,
  { index, tokenFile, folder, timeoutMs }: IndexRegistration,
): Promise<void> {
  const token = await readSecretFile(tokenFile, folder);
  const { status, text } = await askHttp({
    method: 'PUT',
    url: new URL(`${index.pathname.replace(/\/$/u, '')}/partners/${id}`, index),
    headers: { accept: 'application/json', authorization: `Bearer ${token}` },
    body: { label, tokenSha256: sha256 },
    timeoutMs,
    whom: 'the person index',
  });
  if (status < 300) return;
  const advice =
    status === 401 || status === 403
      ? 'does not know that token: --person-index-token-file holds the one of its operator'
      : `refused ${id}: ${readProblem(text)?.title ?? 'it gives no reason that this tavolo knows'}`;
  const message = `the person index at ${index.origin} ${advice} (${status}). The registry has the partner; repeat the command`;
  throw status >= 500 ? new NotReached(message) : new CommandFailure(message);
}
