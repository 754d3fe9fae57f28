import { randomUUID } from 'node:crypto';
import {
  type Caller,
  type ContextSigningKey,
  contextIssuer,
  createContextSigner,
} from '@tavolo/caller-context';
import type { SdlFile } from '@tavolo/schema-check';
import type { Composer } from './compose/create-composer.ts';
import { createRecomposition, type MySubgraph } from './create-recomposition.ts';
import type { DevEvent } from './dev-event.ts';
import { createMockSubgraph } from './mock/mock-subgraph.ts';
import { createMockWorld } from './mock/mock-world.ts';
import type { Samples } from './mock/samples.ts';
import { createMockSource, createRunningSource } from './serve/ask-subgraph.ts';
import { openExplorer } from './serve/explorer-files.ts';
import { startDevServer } from './serve/start-dev-server.ts';
import { joinedSdl, type OtherSubgraph } from './subgraph-files.ts';
import { type Timer, watchSchema } from './watch-schema.ts';

export interface DevGraphOptions {
  readonly mine: MySubgraph;
  readonly readFiles: () => Promise<readonly SdlFile[]>;
  /** Files and folders whose saving recomposes. */
  readonly watched: readonly string[];
  readonly others: readonly OtherSubgraph[];
  readonly composer: Composer;
  /** Who my subgraph, and the others when they are live, are told that asks. */
  readonly caller: Omit<Caller, 'requestId'>;
  readonly devKey: ContextSigningKey;
  /** A key that the other subgraphs know: they are asked where they are; `null` = they are invented here. */
  readonly liveKey: ContextSigningKey | null;
  readonly samples: Samples;
  readonly seed: string;
  readonly listLength: number;
  /** 0 = any free one. */
  readonly port: number;
  /** Where the hub's explorer was built; a simple page without it. */
  readonly explorerFolder: string | undefined;
  readonly now: () => Date;
  readonly nowMs: () => number;
  readonly timer: Timer;
  readonly tell: (event: DevEvent) => void;
}

export interface DevGraph {
  readonly url: string;
  close(): Promise<void>;
}

/** My subgraph where it runs, the others invented or live, in one graph that follows my files. */
export async function startDevGraph(options: DevGraphOptions): Promise<DevGraph> {
  const { mine, others, caller, tell } = options;
  const sources = createSources(options);
  const recomposition = createRecomposition({ ...options, sourceOf: sources });
  try {
    const server = await startDevServer({
      port: options.port,
      explorer: await openExplorer(options.explorerFolder),
      openAs: { name: `whoever works at ${mine.name}`, roles: caller.roles },
      graph: () => recomposition.current,
    });
    const watching = watchSchema(options.watched, options.timer, () => void recomposition.run());
    tell({
      event: 'serving',
      graph: `${server.url}/graphql`,
      explorer: `${server.url}/explorer/`,
      mine: { name: mine.name, url: mine.url },
      others: others.filter(({ name }) => name !== mine.name).map(({ name }) => name),
      othersAre: options.liveKey ? 'live' : 'invented',
    });
    await recomposition.run();
    return {
      url: server.url,
      async close() {
        watching.close();
        await server.close();
        await recomposition.close();
        tell({ event: 'stopped' });
      },
    };
  } catch (error) {
    await recomposition.close();
    throw error;
  }
}

/** Each subgraph as it is asked; mocks are made when they are first needed, once. */
function createSources(options: DevGraphOptions) {
  const { mine, others, caller, liveKey, now } = options;
  const world = createMockWorld(options.seed, options.samples);
  const signerOf = (key: ContextSigningKey) =>
    createContextSigner({ key, issuer: contextIssuer, now, newId: randomUUID });
  const mySource = createRunningSource({ ...mine, signer: signerOf(options.devKey), caller });
  const liveSigner = liveKey ? signerOf(liveKey) : undefined;
  const made = new Map<string, ReturnType<typeof createRunningSource>>();
  return (name: string) => {
    if (name === mine.name) return mySource;
    const known = made.get(name);
    if (known) return known;
    const other = others.find((each) => each.name === name);
    if (!other) throw new Error(`no subgraph ${name}`);
    const source = liveSigner
      ? createRunningSource({ name, url: other.url, signer: liveSigner, caller })
      : createMockSource(createMockSubgraph(joinedSdl(other.files), world, options.listLength));
    made.set(name, source);
    return source;
  };
}
