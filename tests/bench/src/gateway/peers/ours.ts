import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawGatewayKey } from '../../gateway-key.ts';
import type { GatewayPeer } from './gateway-peer.ts';
import { startAuthority } from './start-authority.ts';
import { freePort, repository, startPinnedProcess } from './start-pinned-process.ts';

/** As the gateway starts everywhere; `gateway/src/compiled-start/README.md` says why. */
const runner = [
  '--max-semi-space-size=16',
  '--heap-growing-percent=100',
  join(repository, 'gateway/src/compiled-start/start.mjs'),
];

/** As conformance suites start it: everybody may ask everything. */
export const ours: GatewayPeer = {
  name: 'ours',
  isForeign: false,
  async start({ folder, supergraphFile, nodeOptions }) {
    const port = await freePort();
    return startPinnedProcess({
      name: 'ours',
      command: [
        process.execPath,
        ...nodeOptions,
        ...runner,
        join(repository, 'tests/harness/src/serve-supergraph.ts'),
        supergraphFile,
        String(port),
      ],
      port,
      env: { LOG_LEVEL: 'warn' },
      folder,
    });
  },
};

/** The process of production: tokens, purposes, limits, signed contexts, evidence flushed to the disk. */
export const oursGated: GatewayPeer = {
  name: 'ours with the gate',
  isForeign: false,
  async start({ folder, protectedSupergraphFile, nodeOptions }) {
    const authority = await startAuthority(await readFile(protectedSupergraphFile, 'utf8'));
    const own = join(folder, 'gated');
    await mkdir(own, { recursive: true });
    const port = await freePort();
    try {
      const started = await startPinnedProcess({
        name: 'ours with the gate',
        command: [
          process.execPath,
          ...nodeOptions,
          ...runner,
          join(repository, 'gateway/src/main.ts'),
        ],
        port,
        env: {
          ...authority.env,
          // As the one without the gate: what is compared is the gate, not the log.
          LOG_LEVEL: 'warn',
          HOST: '127.0.0.1',
          PORT: String(port),
          SUPERGRAPH_FILE: protectedSupergraphFile,
          ROUTING_ALLOWED_NETWORKS: JSON.stringify(['127.0.0.0/8']),
          REGISTRY_STATE_FILE: join(own, 'registry-state.jws'),
          CONTEXT_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
          EVIDENCE_DIR: join(own, 'evidence'),
          EVIDENCE_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
          USER_KEY: randomBytes(32).toString('base64url'),
        },
        folder,
        headers: authority.headers,
      });
      return {
        ...started,
        close: async () => {
          await started.close();
          await authority.close();
        },
      };
    } catch (error) {
      await authority.close();
      throw error;
    }
  },
};
