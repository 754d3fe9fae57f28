import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { contextIssuer } from '@tavolo/caller-context';
import { runConformance } from '@tavolo/conformance';
import { subgraphVersionText, subgraphView } from '@tavolo/registry-api';
import { type Command, Option } from 'commander';
import { CommandFailure, UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readCanaries, readContextKey, readSamples } from '../conformance/conformance-inputs.ts';
import { makeKey, privateKeyFile } from '../conformance/make-key.ts';
import { renderConformance } from '../conformance/render-conformance.ts';
import { folderOf, readTarget, type Target } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { readLanguage } from '../terminal/language.ts';
import { createPaint } from '../terminal/paint.ts';
import { show } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface ConformanceCommandOptions extends RegistryCommandOptions {
  readonly name?: string;
  readonly contextKey?: string;
  /** What older projects write for `--context-key`. */
  readonly key?: string;
  readonly issuer: string;
  readonly samples?: string;
  readonly canaries?: string;
  readonly published?: true;
  readonly makeKey?: string;
  readonly lang?: string;
}

/** The folder of the key pair for tests, unless another is named. */
const keyFolder = 'conformance-key';

/** `tavolo subgraph conformance`: tries every promise of the contract on a running subgraph. */
export function addSubgraphConformance(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('conformance')
      .argument('[url]', 'of the running subgraph; else the one of tavolo.json')
      .description(
        'Tries every promise of the contract on a running subgraph, whatever it is written in. For each broken one: what was sent, what came, what to change.',
      )
      .option('--name <name>', 'as the hub names it; else the one of tavolo.json')
      .option(
        '--context-key <file>',
        `the private half of a key it was started with (${join(keyFolder, privateKeyFile)})`,
      )
      .addOption(new Option('--key <file>', 'the same').hideHelp())
      .option('--issuer <name>', 'whose calls it takes', contextIssuer)
      .option('--samples <file>', 'keys of test entities: {"Person": [{"…Key": "…"}]}')
      .option(
        '--canaries <file>',
        'values planted in the source, one a line: no answer may hold one',
      )
      .option('--published', 'compares what it serves with what is published')
      .option('--lang <language>', 'en or it; else that of the system')
      .option(
        '--make-key <folder>',
        'only makes a key pair for tests: start the subgraph with keys.json',
      ),
  ).action(async (url: string | undefined, options: ConformanceCommandOptions) => {
    ended(
      options.makeKey === undefined
        ? await tryPromises(url, options, surroundings)
        : await makeTestKey(options.makeKey, options, surroundings),
    );
  });
}

async function tryPromises(
  url: string | undefined,
  options: ConformanceCommandOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const language = readLanguage(options.lang, surroundings.env);
  const target = await readTarget(options.name, surroundings);
  const { folder, name } = target;
  const address = readSubgraphUrl(url ?? target.own?.url);
  const keyPath = options.contextKey ?? options.key ?? join(keyFolder, privateKeyFile);
  const contextKey = await readContextKey(keyPath, folder);
  const { samples, canaries } = options;
  const report = await runConformance({
    url: address,
    subgraph: name,
    contextKey,
    issuer: options.issuer,
    ...(samples === undefined ? {} : { samples: await readSamples(samples, folder) }),
    ...(canaries === undefined ? {} : { canaries: await readCanaries(canaries, folder) }),
    ...(options.published
      ? { publishedSdl: await publishedSdl(target, options, surroundings) }
      : {}),
    now: () => new Date(),
    newId: randomUUID,
    onProgress: ({ code, number, of }) => {
      if (options.json !== true) sayProgress(`${number}/${of} ${code}`, surroundings);
    },
  });
  if (options.json !== true) sayProgress('', surroundings);
  show(report, options.json === true, surroundings, (shown) =>
    renderConformance(shown, language, createPaint(surroundings)),
  );
  return report.verdict === 'CONFORMS' ? 0 : 1;
}

async function makeTestKey(
  folder: string,
  { json }: ConformanceCommandOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const made = await makeKey(folder, folderOf(surroundings));
  show(made, json === true, surroundings, ({ privateKey, publicKeys }) =>
    [
      `${publicKeys}: start the subgraph under test with it (GATEWAY_KEYS="$(cat ${publicKeys})"), never one that serves.`,
      `${privateKey}: keep it; tavolo subgraph conformance URL --context-key ${privateKey} signs with it.`,
      '',
    ].join('\n'),
  );
  return 0;
}

/** Over one line where somebody looks; not at all elsewhere. */
function sayProgress(text: string, { say, isTerminal }: CliSurroundings): void {
  if (isTerminal) say(`\r${text}\u001b[K`);
}

function readSubgraphUrl(text: string | undefined): string {
  if (text === undefined) {
    throw new UsageError('where does the subgraph run? Give its URL, or write url in tavolo.json');
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/u.test(url.protocol) && url.username === '') return url.href;
  throw new UsageError('the URL of the subgraph: an http or https address, without a user in it');
}

async function publishedSdl(
  { name, project }: Target,
  options: ConformanceCommandOptions,
  surroundings: CliSurroundings,
): Promise<string> {
  const needs = 'partner-it, privacy-officer or hub-operator';
  const registry = await openRegistry(options, project, surroundings);
  const found = await registry.find({ path: `/subgraphs/${name}`, needs }, subgraphView);
  const version = found?.entry.version ?? null;
  if (version === null) {
    throw new CommandFailure(
      `the graph has no ${name} to compare with: leave --published out, or tavolo subgraph publish first`,
    );
  }
  const path = `/subgraphs/${name}/versions/${version}`;
  const { files } = await registry.ask({ path, needs }, subgraphVersionText);
  return files.map(({ text }) => text).join('\n');
}
