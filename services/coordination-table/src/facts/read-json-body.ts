import { LoadProblem } from '@tavolo/analysis';

/** What an answer says, read no further than so many bytes; undefined when it is no JSON. `who` is named when it is longer. */
export async function readJsonBody(
  response: Response,
  maximumBytes: number,
  who: string,
): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (bytes > maximumBytes) {
      throw new LoadProblem(`${who}: an answer of more than ${maximumBytes} bytes`);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
