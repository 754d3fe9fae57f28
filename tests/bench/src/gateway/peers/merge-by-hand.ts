import { fileURLToPath } from 'node:url';
import type { GatewayPeer } from './gateway-peer.ts';
import { freePort, startPinnedProcess } from './start-pinned-process.ts';

/** The yardstick: what a program costs that was written for these questions. */
export const mergeByHand: GatewayPeer = {
  name: 'merge by hand',
  isForeign: false,
  async start({ folder, subgraphs }) {
    const port = await freePort();
    return startPinnedProcess({
      name: 'merge by hand',
      command: [
        process.execPath,
        '--import',
        import.meta.resolve('tsx'),
        fileURLToPath(new URL('./merge-by-hand/main.ts', import.meta.url)),
      ],
      port,
      env: {
        PORT: String(port),
        SUBGRAPH_URLS: JSON.stringify(
          Object.fromEntries(subgraphs.map(({ name, url }) => [name, url])),
        ),
      },
      folder,
    });
  },
};
