import { signedAsGateway } from '../../call-headers.ts';
import type { GatewayKey } from '../../gateway-key.ts';
import { createJsonPoster, postOrThrow } from '../../json-poster.ts';

/** The benchmark's two questions make fewer than twenty calls; more would mean they are never the same. */
const mostRecorded = 100;

/** Repeats what the real subgraphs answered the first time; `urls` are theirs, by name. */
export function createRecordedAnswers(urls: Readonly<Record<string, string>>, key: GatewayKey) {
  const posters = new Map(
    Object.entries(urls).map(
      ([name, url]) => [name, createJsonPoster(url, signedAsGateway(key, name))] as const,
    ),
  );
  const recorded = new Map<string, Promise<Buffer>>();

  const record = async (name: string, body: string): Promise<Buffer> => {
    const poster = posters.get(name);
    if (!poster) throw new Error(`no subgraph ${name}`);
    if (recorded.size >= mostRecorded) throw new Error('too many different calls to repeat');
    return Buffer.from(await postOrThrow(poster, body));
  };

  return {
    answer(name: string, body: string): Promise<Buffer> {
      const call = `${name} ${body}`;
      const known = recorded.get(call) ?? record(name, body);
      recorded.set(call, known);
      return known;
    },
    close: () => {
      for (const poster of posters.values()) poster.close();
    },
  };
}
