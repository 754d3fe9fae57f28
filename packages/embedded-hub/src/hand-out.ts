import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicHalf } from './draw-signing-key.ts';
import type { HubSecrets } from './read-secrets.ts';

/** What an institution that joins is handed, as files of the hub's folder. */
export interface HandOuts {
  /** The gateway's public keys, a JWK Set: `GATEWAY_KEYS` of whoever answers it. */
  readonly gatewayKeys: string;
  /** The linkage key as `tavolo link encode --key-file` reads it; the institutions agree on it among themselves. */
  readonly linkageKey: string;
}

/** Writes them at every start, so that they are those in use. */
export async function handOut(folder: string, secrets: HubSecrets): Promise<HandOuts> {
  const files: HandOuts = {
    gatewayKeys: join(folder, 'hub-operations', 'gateway-keys.json'),
    linkageKey: join(folder, 'linkage-agreement', 'linkage-key'),
  };
  await mkdir(join(folder, 'hub-operations'), { recursive: true, mode: 0o700 });
  const keys = { keys: [publicHalf(secrets.gateway.contextKey)] };
  await writeFile(files.gatewayKeys, `${JSON.stringify(keys)}\n`);
  const { id, hex } = secrets.linkageKey;
  await writeFile(files.linkageKey, `${id}:${hex}\n`, { mode: 0o600 });
  return files;
}
