import { type SdlFile, sdlFile } from '@tavolo/schema-check';
import { CommandFailure, NotReached, UsageError } from '../cli-error.ts';
import { readSecretFile } from '../input/read-secret-file.ts';
import { askHttp } from '../registry/ask-http.ts';
import { readAddress } from '../registry/registry-address.ts';

interface SdlSource {
  readonly fromTokenFile: string | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly folder: string;
}

/** Fetches a subgraph's SDL from a server that tells it as text, such as the person index. */
export async function fetchSdl(
  name: string,
  from: string,
  { fromTokenFile, timeout = 30, folder }: SdlSource,
): Promise<SdlFile> {
  const url = readAddress(from, '--from');
  const token = fromTokenFile === undefined ? null : await readSecretFile(fromTokenFile, folder);
  const { status, contentType, text } = await askHttp({
    method: 'GET',
    url,
    headers: {
      accept: 'text/plain',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    timeoutMs: timeout * 1000,
    whom: 'the address of the SDL',
  });
  if (status === 401 || status === 403) {
    throw new CommandFailure(
      `${url.origin} shows its SDL to its operator only (${status}): --from-token-file FILE holds the operator's token`,
    );
  }
  if (status >= 400) throw new NotReached(`${url.origin} has no SDL there: it answered ${status}`);
  if (!contentType.startsWith('text/plain') || text.trim() === '') {
    throw new UsageError('--from: that address answers no SDL; it must be text/plain');
  }
  const read = sdlFile.safeParse({ path: `${name}.graphql`, text });
  if (!read.success) throw new CommandFailure('the SDL that came is longer than 5 MB');
  return read.data;
}
