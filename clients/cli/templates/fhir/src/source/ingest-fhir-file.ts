import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { FeedWriter } from '../store/feed-writer.ts';
import type { Codes } from './codes.ts';
import type { DropOutcome, DroppedFile } from './drop-folder.ts';
import { readEpisode } from './read-episode.ts';

const resource = z.looseObject({ resourceType: z.string() });
const bundle = z.object({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.object({ resource: z.unknown() }))
    .max(100_000)
    .default([]),
});
const resourcesPerTurn = 100;

/** Takes in a Bundle (`.json`) or a bulk export (`.ndjson`): its EpisodeOfCare resources, and nothing else of it. */
export function createFhirIngest(
  writer: FeedWriter,
  codes: Codes,
): (file: DroppedFile) => Promise<DropOutcome> {
  return async ({ name, bytes }) => {
    const resources = /\.ndjson$/iu.test(name) ? readLines(bytes) : readBundle(bytes);
    if (resources === null) return { kind: 'rejected', reason: 'is no FHIR Bundle in JSON' };
    let count = 0;
    for (const given of resources) {
      const read = resource.safeParse(given);
      if (read.success && read.data.resourceType !== 'EpisodeOfCare') continue;
      const body = Buffer.from(JSON.stringify(given ?? null));
      // The same resource in the same version is the same message, in whichever file it comes.
      const controlId = `fhir|${createHash('sha256').update(body).digest('hex')}`;
      writer.store({ controlId, body }, readEpisode(given, codes));
      count += 1;
      if (count % resourcesPerTurn === 0) await setImmediate();
    }
    return count > 0 ? { kind: 'taken' } : { kind: 'rejected', reason: 'has no EpisodeOfCare' };
  };
}

function readBundle(bytes: Buffer): readonly unknown[] | null {
  const read = bundle.safeParse(parse(bytes.toString('utf8')));
  return read.success ? read.data.entry.map((entry) => entry.resource) : null;
}

function* readLines(bytes: Buffer): Generator {
  let from = 0;
  while (from < bytes.length) {
    const at = bytes.indexOf(0x0a, from);
    const to = at < 0 ? bytes.length : at;
    const line = bytes.subarray(from, to).toString('utf8').trim();
    from = to + 1;
    if (line !== '') yield parse(line);
  }
}

/** What cannot be parsed is nothing that the rules accept: it goes to quarantine like any other mistake. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
