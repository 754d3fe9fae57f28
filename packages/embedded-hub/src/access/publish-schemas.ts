import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { StartProblem } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import { z } from 'zod';
import { type SubgraphName, subgraphNames } from '../process-name.ts';
import { createCall, type Registration } from './register-demo.ts';

/** Subgraph → what was last published of it from here. */
const published = z.record(z.string(), z.string());

/** The hub's own subgraphs whose schema grows while they run, and where they tell it. */
const growing: Partial<Record<SubgraphName, string>> = {
  'person-index': '/partners/sdl',
  'coordination-table': '/sdl',
};

/**
 * Publishes the subgraphs of the embedded hub as their operator would, all at once, and only those that changed since
 * it last did: what somebody rolled back stays rolled back.
 */
export async function publishSchemas(
  file: string,
  registration: Registration,
  urls: Readonly<Record<SubgraphName, string>>,
): Promise<void> {
  const before = published.parse(JSON.parse(await readFile(file, 'utf8').catch(() => '{}')));
  const subgraphs = await Promise.all(
    subgraphNames.map(async (name) => ({
      name,
      url: `${urls[name]}/graphql`,
      files: [{ path: `schemas/${name}.graphql`, text: await sdlOf(name, urls[name]) }],
    })),
  );
  const now = Object.fromEntries(subgraphs.map((each) => [each.name, fingerprintOf(each)]));
  const changed = subgraphs.filter(({ name }) => before[name] !== now[name]);
  if (changed.length === 0) return;
  await createCall(registration)('hub-operator', 'POST', '/publications', {
    subgraphs: changed,
    note: 'npm start',
    // The hub's own next version: whoever upgrades it upgrades its documents with it.
    acceptBreaking: true,
  });
  await writeFile(file, JSON.stringify(now));
}

async function sdlOf(name: SubgraphName, url: string): Promise<string> {
  const path = growing[name];
  if (path === undefined) return readSubgraphSdl(name);
  const response = await fetch(`${url}${path}`);
  const text = await response.text();
  if (!response.ok) {
    throw new StartProblem(`${name} did not tell its schema at ${path} (${response.status})`);
  }
  return text;
}

function fingerprintOf(subgraph: object): string {
  return createHash('sha256').update(JSON.stringify(subgraph)).digest('hex');
}
