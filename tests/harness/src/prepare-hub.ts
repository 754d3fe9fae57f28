import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DemoOptions,
  type EmbeddedHub,
  type EmbeddedHubOptions,
  startEmbeddedHub,
} from '@tavolo/embedded-hub';
import type { Asker } from './ask.ts';

/** The invented province every journey starts from: small enough for a minute, large enough for every case. */
export const testDemo: DemoOptions = {
  seed: 20_261_122,
  size: 240,
  today: '2026-11-22',
  dirtyShare: 0.05,
};

export interface TestHub extends EmbeddedHub, Asker {
  readonly folder: string;
  /** Of the case worker who sees the whole province: whoever asks without saying as whom. */
  readonly token: string;
  /** Logs in as another invented account. */
  as(account: string): Promise<Asker>;
  /** What the hub told about itself, line by line. */
  readonly progress: readonly string[];
}

/** What a journey's hub has beside the demo's. */
export type HubExtras = Pick<
  EmbeddedHubOptions,
  'furtherAccounts' | 'furtherFactPurposes' | 'trustedDocumentsFile'
>;

/** Starts a hub in `folder` on free ports. */
export async function startHubIn(folder: string, extras: HubExtras = {}): Promise<TestHub> {
  const progress: string[] = [];
  const hub = await startEmbeddedHub({
    folder,
    logLevel: 'debug',
    ports: 'free',
    gatewayPort: 0,
    demo: testDemo,
    onProgress: (line) => void progress.push(line),
    ...extras,
  });
  const as = async (account: string): Promise<Asker> => ({
    gatewayUrl: hub.gatewayUrl,
    token: await hub.tokenOf(account),
  });
  const { token } = await as('case-worker-province');
  return { ...hub, token, as, folder, progress };
}

/** Starts a hub once from nothing, as a newcomer does, and returns its folder with the province taken in. */
export async function prepareHubFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-prepared-'));
  const hub = await startHubIn(folder);
  await hub.close();
  return folder;
}

/** Starts a hub of one's own on a copy of the prepared folder; `close` also removes the copy. */
export async function startHubFrom(preparedFolder: string): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-journey-'));
  await cp(preparedFolder, folder, { recursive: true });
  const hub = await startHubIn(folder);
  return {
    ...hub,
    close: async () => {
      await hub.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
