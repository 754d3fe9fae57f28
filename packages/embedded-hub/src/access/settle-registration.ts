import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { SubgraphName } from '../process-name.ts';
import { publishSchemas } from './publish-schemas.ts';
import {
  type Registration,
  registerConsumers,
  registerOrganisations,
  registerPurposes,
} from './register-demo.ts';

const registered = z.object({ issuer: z.string() });

/**
 * Registers the organisations at the first start, and the issuer's new address where it has changed: tests run on
 * free ports, and a client is known by its issuer's address.
 */
export async function settleOrganisations(folder: string, options: Registration): Promise<void> {
  const file = join(folder, 'organisations.json');
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === undefined) await registerOrganisations(options);
  else if (registered.parse(JSON.parse(present)).issuer === options.issuer) return;
  else await registerConsumers(options);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ issuer: options.issuer }));
}

/** Publishes what the hub's own subgraphs serve and, at the first start, registers the demo's purposes. */
export async function settleSchemas(
  folder: string,
  options: Registration,
  subgraphUrls: Readonly<Record<SubgraphName, string>>,
): Promise<void> {
  await publishSchemas(join(folder, 'published.json'), options, subgraphUrls);
  const file = join(folder, 'purposes-registered');
  if ((await readFile(file).catch(() => undefined)) !== undefined) return;
  await registerPurposes(options);
  await writeFile(file, '');
}
