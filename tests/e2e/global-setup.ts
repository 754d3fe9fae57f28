import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareHubFolder, startHubIn } from '@tavolo/harness';
import type { TestProject } from 'vitest/node';
import { expectEvidenceHolds } from './evidence/expect-evidence-holds.ts';
import { matrixExtras } from './roles/matrix-hub.ts';
import { registerPurposes } from './roles/register-purposes.ts';

/** Where the hub is that journeys share when they only ask. */
export interface SharedHub {
  readonly gatewayUrl: string;
  readonly issuerUrl: string;
  readonly registryUrl: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly folder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    preparedHubFolder: string;
    sharedHub: SharedHub;
  }
}

/**
 * Takes the province in once. Journeys that break something start their own processes on a copy; the others share
 * one hub, whose evidence must hold after all of them.
 */
export default async function setup(project: TestProject) {
  const prepared = await prepareHubFolder();
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-shared-'));
  await cp(prepared, folder, { recursive: true });
  const { extras, purposes } = await matrixExtras(join(folder, 'trusted-documents.json'));
  const hub = await startHubIn(folder, extras);
  await registerPurposes(hub, purposes);
  const { gatewayUrl, issuerUrl, registryUrl, subgraphUrls } = hub;
  project.provide('preparedHubFolder', prepared);
  project.provide('sharedHub', { gatewayUrl, issuerUrl, registryUrl, subgraphUrls, folder });
  return async () => {
    await hub.close();
    try {
      await expectEvidenceHolds(folder);
    } finally {
      await rm(prepared, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    }
  };
}
