/** What a gateway needs to ask its registry for a supergraph. */
export interface SupergraphRequest {
  /** The registry's address, without a path. */
  readonly registryUrl: string;
  /** What the registry knows the gateway by. */
  readonly token: string;
  /** The schema variant to ask for; `null` = the whole graph. */
  readonly contract: string | null;
  readonly signal: AbortSignal;
}

/** The registry gave no release; says nothing of what it sent. */
export class SupergraphFetchError extends Error {
  override readonly name = 'SupergraphFetchError';
}

/** Far above what a province composes: the text of a graph of a hundred institutions is some megabytes. */
const maxBytes = 32 * 1024 * 1024;

/**
 * The newest signed release as it came, to be opened with `openSupergraphRelease`; `undefined` when the registry has
 * none yet (404). Follows no redirect: the token is for this registry only.
 */
export async function fetchSupergraph(request: SupergraphRequest): Promise<string | undefined> {
  const url = new URL('/supergraph', request.registryUrl);
  if (request.contract !== null) url.searchParams.set('contract', request.contract);
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${request.token}`, accept: 'application/jose' },
    redirect: 'error',
    signal: request.signal,
  });
  try {
    if (response.status === 404) return undefined;
    if (response.status !== 200) {
      throw new SupergraphFetchError(`the registry answered ${response.status}`);
    }
    const type = response.headers.get('content-type')?.split(';', 1).join('').trim();
    if (type !== 'application/jose') {
      throw new SupergraphFetchError('the registry answered with another kind of document');
    }
    return await readAtMost(response);
  } finally {
    // What is not read to its end takes its socket with it; no effect once all was read.
    if (response.body && !response.bodyUsed) await response.body.cancel();
  }
}

async function readAtMost(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) break;
    // What `fetch` gives; the stream's own type leaves it open.
    const chunk = next.value as Uint8Array;
    size += chunk.length;
    if (size > maxBytes) {
      await reader?.cancel();
      throw new SupergraphFetchError('the release is larger than is read');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8').trim();
}
