import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutAccessControl } from '@tavolo/dev-graph/without-access-control';
import { supergraphFile } from '@tavolo/schemas';
import { drawGatewayKey, readGatewayKey } from '../gateway-key.ts';
import type { BenchmarkHub } from '../hub-source.ts';
import { type MeasuredProcess, startMeasuredProcess } from '../start-measured-process.ts';
import { type GateAuthority, startGateAuthority } from './start-gate-authority.ts';

/** The gateway of production and the one behind an open gate, before the same stand-ins for the subgraphs. */
export interface GateProcesses {
  readonly gated: MeasuredProcess;
  readonly open: MeasuredProcess;
  readonly authority: GateAuthority;
  close(): Promise<void>;
}

/** `hub` answers each question the stand-ins have not heard, once. */
export async function startGateProcesses(
  hub: BenchmarkHub,
  folder: string,
  profileFolder: string | undefined,
): Promise<GateProcesses> {
  await mkdir(folder, { recursive: true });
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closers.reverse()) await end();
  };
  const start = async (options: Parameters<typeof startMeasuredProcess>[0]) => {
    const started = await startMeasuredProcess(options);
    closers.push(() => started.close());
    return started;
  };
  try {
    const authority = await startGateAuthority();
    closers.push(() => authority.close());
    const standIns = await start({
      entry: 'tests/bench/src/peers/stand-in-subgraphs/main.ts',
      env: {
        SUBGRAPH_URLS: urlsOf(hub, (name) => `${hub.subgraphUrls[name]}/graphql`),
        CONTEXT_SIGNING_KEY: JSON.stringify(await readGatewayKey(hub.folder)),
      },
      logFile: join(folder, 'stand-in-subgraphs.log'),
    });
    const SUBGRAPH_URLS = urlsOf(hub, (name) => `${standIns.url}/${name}`);
    const gated = await start({
      entry: 'gateway/src/main.ts',
      env: {
        ...authority.env,
        SUPERGRAPH_FILE: supergraphFile,
        ROUTING_ALLOWED_NETWORKS: JSON.stringify(['127.0.0.0/8']),
        SUBGRAPH_URLS,
        REGISTRY_STATE_FILE: join(folder, 'registry-state.jws'),
        CONTEXT_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
        EVIDENCE_DIR: join(folder, 'evidence'),
        EVIDENCE_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
        USER_KEY: randomBytes(32).toString('base64url'),
      },
      logFile: join(folder, 'gated.log'),
      profileFolder,
    });
    const openSupergraph = join(folder, 'open-supergraph.graphql');
    await writeFile(openSupergraph, withoutAccessControl(await readFile(supergraphFile, 'utf8')));
    const open = await start({
      entry: 'tests/bench/src/peers/open-gateway/main.ts',
      env: { SUPERGRAPH_FILE: openSupergraph, SUBGRAPH_URLS },
      logFile: join(folder, 'open.log'),
      profileFolder,
    });
    return { gated, open, authority, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function urlsOf(
  { subgraphUrls }: BenchmarkHub,
  urlOf: (name: keyof BenchmarkHub['subgraphUrls']) => string,
): string {
  // The keys of a record come back as plain strings.
  const names = Object.keys(subgraphUrls) as (keyof BenchmarkHub['subgraphUrls'])[];
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, urlOf(name)])));
}
