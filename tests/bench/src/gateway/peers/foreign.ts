import { access, mkdir, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { type GatewayPeer, PeerAbsent, type PeerSetting } from './gateway-peer.ts';
import { freePort, startPinnedProcess } from './start-pinned-process.ts';

export const hive = hiveWith('hive', []);

/** The same server with the planner and executor of the Rust router. */
export const hiveRouter = hiveWith('hive router', ['--hive-router-runtime']);

export const mercurius: GatewayPeer = {
  name: 'mercurius',
  isForeign: true,
  async start({ folder, subgraphs, installed }) {
    const port = await freePort();
    return startPinnedProcess({
      name: 'mercurius',
      command: [
        process.execPath,
        join(installed, 'mercurius.mjs'),
        String(port),
        JSON.stringify(subgraphs),
      ],
      port,
      env: {},
      folder,
    });
  },
};

/** Its development server: the only one that the npm registry has, the gateway within is the same. */
export const grafbase: GatewayPeer = {
  name: 'grafbase',
  isForeign: true,
  async start({ folder, subgraphs, installed }) {
    const binary = join(installed, 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
    if (platform() !== 'linux' || arch() !== 'x64') {
      throw new PeerAbsent(`its npm package has no binary for ${platform()} ${arch()}`);
    }
    await access(binary).catch(() => {
      throw new PeerAbsent('its npm package brought no binary');
    });
    const own = join(folder, 'grafbase');
    await mkdir(own, { recursive: true });
    for (const { name, sdl } of subgraphs) await writeFile(join(own, `${name}.graphql`), sdl);
    const port = await freePort();
    await writeFile(join(own, 'grafbase.toml'), grafbaseConfig(subgraphs));
    return startPinnedProcess({
      name: 'grafbase',
      command: [
        binary,
        'dev',
        '--config',
        join(own, 'grafbase.toml'),
        '--listen-address',
        `127.0.0.1:${port}`,
      ],
      port,
      env: {},
      folder: own,
    });
  },
};

/** Whoever asks at the same moment is somebody else: their reads are not one. */
const grafbaseTraffic = '[traffic_shaping]\ninflight_deduplication = false\n';

function grafbaseConfig(subgraphs: PeerSetting['subgraphs']): string {
  return [
    grafbaseTraffic,
    ...subgraphs.map(
      ({ name, url }) => `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${name}.graphql"\n`,
    ),
  ].join('\n');
}

function hiveWith(name: string, options: readonly string[]): GatewayPeer {
  return {
    name,
    isForeign: true,
    async start({ folder, supergraphFile, installed }) {
      const port = await freePort();
      return startPinnedProcess({
        name,
        command: [
          process.execPath,
          join(installed, 'node_modules/.bin/hive-gateway'),
          '--fork',
          '1',
          '--config-path',
          join(installed, 'hive.config.mjs'),
          'supergraph',
          supergraphFile,
          '--host',
          '127.0.0.1',
          '--port',
          String(port),
          '--disable-websockets',
          ...options,
        ],
        port,
        env: { LOG_LEVEL: 'error', DEBUG: '' },
        folder,
      });
    },
  };
}
