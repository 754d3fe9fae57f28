import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sensitiveCategories } from '@tavolo/access-model';
import {
  createComposer,
  type DevEvent,
  findSubgraphs,
  type MySubgraph,
  openDevKey,
  readSigningKey,
  type Samples,
  samples,
  startDevGraph,
} from '@tavolo/dev-graph';
import { CommandFailure, UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readSchemaFiles } from '../project/read-schema-files.ts';
import { readTarget, type Target } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { chooseRegistry } from '../registry/registry-address.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { composeWorkerOf } from './compose-worker-of.ts';
import { createTeller } from './create-teller.ts';
import type { DevOptions } from './dev-options.ts';
import { explorerFolderOf } from './explorer-folder-of.ts';
import { openBrowser } from './open-browser.ts';
import { untilStopped } from './until-stopped.ts';

const composeTimeoutMs = 120_000;
/** Where a subgraph of `subgraph init` listens. */
const usualUrl = 'http://127.0.0.1:4001/graphql';
const devFolderName = '.tavolo-dev';

/** Runs until it is interrupted; with `--once` until the schema has composed or been refused. */
export async function runDev(
  named: string | undefined,
  options: DevOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const target = await readTarget(named, surroundings);
  const devFolder = join(target.folder, devFolderName);
  const schema = options.schema ?? target.own?.schema;
  if (schema === undefined) {
    throw new UsageError(
      `where is the schema of ${target.name}? --schema FILES, or work in the folder that has its tavolo.json`,
    );
  }
  const readFiles = () => readSchemaFiles(schema, target.folder);
  // What is written wrongly is said before anybody is asked.
  await readFiles();
  const liveKey = await readLiveKey(options);
  const known = await readSamples(options.samples);
  const teller = createTeller(options, surroundings);
  const found = await findOthers(target, devFolder, options, surroundings);
  teller.found(found);
  const mine: MySubgraph = {
    name: target.name,
    owner: found.subgraphs.find(({ name }) => name === target.name)?.owner ?? target.name,
    url: readUrl(options.url ?? localUrlOf(target) ?? usualUrl),
  };
  const devKey = await keyOf(options, devFolder, (file) => teller.key(file));
  const stopped = untilStopped();
  const events: DevEvent[] = [];
  const graph = await startDevGraph({
    mine,
    readFiles,
    watched: options.once ? [] : schema.map((path) => resolve(target.folder, path)),
    others: found.subgraphs,
    composer: createComposer(composeWorkerOf(), composeTimeoutMs),
    caller: callerOf(options),
    devKey,
    liveKey,
    samples: known,
    seed: options.seed,
    listLength: options.listLength,
    port: options.once ? 0 : options.port,
    explorerFolder: explorerFolderOf(options.explorer),
    now: () => new Date(),
    nowMs: surroundings.nowMs,
    timer: (milliseconds, work) => {
      const timeout = setTimeout(work, milliseconds);
      return { cancel: () => clearTimeout(timeout) };
    },
    tell: (event) => {
      if (options.once) events.push(event);
      if (!options.once || isOutcome(event)) teller.event(event);
    },
  }).catch((error: unknown) => {
    throw portTaken(error, options.port) ?? error;
  });
  if (options.once) {
    await graph.close();
    return events.some(isGood) ? 0 : 1;
  }
  if (options.open) openBrowser(`${graph.url}/explorer/`, surroundings);
  await stopped;
  await graph.close();
  return 0;
}

const isOutcome = ({ event }: DevEvent) => ['composed', 'refused', 'failed'].includes(event);

/** What `subgraph check` would not refuse either, as far as can be known here. */
const isGood = (event: DevEvent) =>
  event.event === 'composed' && event.findings.every(({ severity }) => severity !== 'ERROR');

async function findOthers(
  { project }: Target,
  devFolder: string,
  options: DevOptions,
  surroundings: CliSurroundings,
) {
  const { origin } = await chooseRegistry(options.registry, project, surroundings);
  const needs = 'partner-it, privacy-officer or hub-operator';
  return withSpinner(surroundings, options.json === true, 'reading the registry', () =>
    findSubgraphs({
      registry: origin,
      devFolder,
      open: async () => {
        const registry = await openRegistry(options, project, surroundings);
        return (path, shape) => registry.ask({ path, needs }, shape);
      },
      now: () => new Date(),
    }),
  );
}

function callerOf({ role, purpose, district, category }: DevOptions) {
  return {
    organisation: 'development',
    partner: null,
    user: 'development',
    roles: [...role],
    purposeId: purpose,
    purposeVersion: 1,
    categories: [...(category ?? sensitiveCategories)],
    districts: district === undefined ? null : [...district],
  };
}

async function keyOf(
  { devKey }: DevOptions,
  devFolder: string,
  tellKey: (publicKeysFile: string) => void,
) {
  if (devKey !== undefined) return readKey(devKey, '--dev-key');
  const made = await openDevKey(devFolder);
  tellKey(made.publicKeysFile);
  return made.key;
}

async function readLiveKey({ live, contextKey }: DevOptions) {
  if (live && contextKey === undefined) {
    throw new UsageError(
      '--live: the other subgraphs take calls that a gateway they know has signed: --context-key FILE, which the operator of a test hub gives',
    );
  }
  if (!live && contextKey !== undefined) throw new UsageError('--context-key goes with --live');
  return contextKey === undefined ? null : readKey(contextKey, '--context-key');
}

async function readKey(file: string, option: string) {
  const key = await readSigningKey(file).catch((error: unknown) => {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : file}`);
  });
  if (key === null) throw new UsageError(`${option}: there is no file ${file}`);
  return key;
}

async function readSamples(file: string | undefined): Promise<Samples> {
  if (file === undefined) return {};
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`--samples: cannot read ${file}`);
  try {
    return samples.parse(JSON.parse(text));
  } catch {
    throw new UsageError('--samples: looks like {"Person": [{"employmentCentreKey": "k1"}]}');
  }
}

/** The hub reaches a subgraph elsewhere; here it is only taken when it runs here. */
function localUrlOf({ own }: Target): string | undefined {
  const url = own?.url;
  const isLocal =
    url !== undefined && /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]/u.test(url);
  return isLocal ? url : undefined;
}

function readUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return text;
  throw new UsageError('--url: the http(s) address that my subgraph listens at');
}

function portTaken(error: unknown, port: number): CommandFailure | undefined {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    ? new CommandFailure(`port ${port} is taken: --port NUMBER, or --port 0 for any free one`)
    : undefined;
}
