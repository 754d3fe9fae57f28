import {
  type SubgraphVersion,
  type SubgraphView,
  subgraphVersionText,
  subgraphView,
  versionList,
} from '@tavolo/registry-api';
import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readTarget } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show, table } from '../terminal/show.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';
import { readVersion } from './subgraph-rollback.ts';

interface ShowOptions extends RegistryCommandOptions {
  readonly version?: number;
}

const needs = 'partner-it, privacy-officer or hub-operator';

/** `tavolo subgraph show`: one subgraph with its versions, or the SDL of one version. */
export function addSubgraphShow(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    subgraph
      .command('show')
      .argument('[name]', 'of the subgraph; else the one of tavolo.json')
      .description('One subgraph: whose, where it stands, its newest versions.')
      .option('--version <number>', 'prints the SDL of that version', readVersion),
  ).action(async (named: string | undefined, options: ShowOptions) => {
    const { name, project } = await readTarget(named, surroundings);
    const registry = await openRegistry(options, project, surroundings);
    const isJson = options.json === true;
    if (options.version !== undefined) {
      const path = `/subgraphs/${name}/versions/${options.version}`;
      const text = await registry.ask({ path, needs }, subgraphVersionText);
      show(text, isJson, surroundings, ({ files }) => files.map((file) => file.text).join('\n'));
      ended(0);
      return;
    }
    const found = await registry.find({ path: `/subgraphs/${name}`, needs }, subgraphView);
    if (found === null) throw new UsageError(`no subgraph is called ${name}: tavolo subgraph list`);
    const { items } = await registry.ask(
      { path: `/subgraphs/${name}/versions`, needs },
      versionList,
    );
    show({ ...found.entry, versions: items }, isJson, surroundings, ({ versions, ...entry }) =>
      renderSubgraph(entry, versions),
    );
    ended(0);
  });
}

function renderSubgraph(entry: SubgraphView, versions: readonly SubgraphVersion[]): string {
  const { name, owner, contact, state, version, url, deprecatedUntil, deprecationReason } = entry;
  const deprecated =
    deprecatedUntil === null
      ? []
      : [['deprecated', `until ${deprecatedUntil}: ${deprecationReason ?? ''}`]];
  return [
    table([
      ['name', name],
      ['state', version === null ? state : `${state}, version ${version}`],
      ['owner', `${owner} (${contact.name}, ${contact.email})`],
      ['address', url ?? 'none'],
      ...deprecated,
    ]),
    table([
      ['VERSION', 'STATE', 'SENT', 'BY', 'NOTE'],
      ...versions.map((each) => [
        String(each.version),
        each.state,
        each.createdAt,
        each.createdBy,
        each.note.replaceAll(/\s+/gu, ' '),
      ]),
    ]),
  ].join('\n');
}
