import { fileURLToPath } from 'node:url';
import type { GatewayPeer } from './gateway-peer.ts';
import { freePort, startPinnedProcess } from './start-pinned-process.ts';

/** Apollo's own server and gateway, which everything is held against. */
export const stock: GatewayPeer = {
  name: 'stock',
  isForeign: false,
  async start({ folder, supergraphFile }) {
    const port = await freePort();
    return startPinnedProcess({
      name: 'stock',
      command: [
        process.execPath,
        '--import',
        import.meta.resolve('tsx'),
        fileURLToPath(new URL('./stock/main.ts', import.meta.url)),
      ],
      port,
      env: { PORT: String(port), SUPERGRAPH_FILE: supergraphFile },
      folder,
      path: '/',
    });
  },
};
