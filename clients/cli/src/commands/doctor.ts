import { contextIssuer } from '@tavolo/caller-context';
import { subgraphVersionText, subgraphView } from '@tavolo/registry-api';
import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readContextKey } from '../conformance/conformance-inputs.ts';
import { connectionSteps, type Host, reached } from '../doctor/connection-steps.ts';
import { gatewaySteps } from '../doctor/gateway-steps.ts';
import { loginSteps } from '../doctor/login-steps.ts';
import { nodeStep } from '../doctor/look-at-node.ts';
import { registrySteps } from '../doctor/registry-steps.ts';
import { renderDoctor } from '../doctor/render-doctor.ts';
import { runSteps } from '../doctor/run-steps.ts';
import { subgraphSteps } from '../doctor/subgraph-steps.ts';
import { loginFolder, readLogins } from '../login/logins.ts';
import { defaultIssuer, registryResource } from '../login/resources.ts';
import { type Project, readProject } from '../project/read-project.ts';
import { folderOf } from '../project/read-target.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { chooseRegistry } from '../registry/registry-address.ts';
import { createPaint } from '../terminal/paint.ts';
import { show } from '../terminal/show.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface DoctorOptions extends RegistryCommandOptions {
  readonly gateway?: string;
  readonly issuer?: string;
  readonly subgraph?: string;
  readonly name?: string;
  readonly contextKey?: string;
  readonly contextIssuer: string;
}

const defaultGateway = 'http://127.0.0.1:4000';
const defaultTimeoutMs = 10_000;

/** `tavolo doctor`: why can I not connect, step by step. */
export function addDoctor(
  program: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    program
      .command('doctor')
      .description(
        'Why can I not connect? Each step from the name of a host to the schema that is served, with what was found and what to do. Changes nothing.',
      )
      .option('--gateway <url>', 'else as in tavolo.json, or this machine’s')
      .option('--issuer <url>', 'the identity provider; else that of the login, or this machine’s')
      .option('--subgraph <url>', 'where the subgraph runs; else as in tavolo.json')
      .option('--name <name>', 'of the subgraph; else the one of tavolo.json')
      .option(
        '--context-key <file>',
        'the private half of a key that the subgraph was started with',
      )
      .option('--context-issuer <name>', 'whose calls the subgraph takes', contextIssuer),
  ).action(async (options: DoctorOptions) => {
    ended(await lookAtAll(options, surroundings));
  });
}

async function lookAtAll(options: DoctorOptions, surroundings: CliSurroundings): Promise<ExitCode> {
  const folder = folderOf(surroundings);
  const project = await readProject(folder);
  const name = options.name ?? project?.subgraph ?? null;
  const contextKey =
    options.contextKey === undefined ? null : await readContextKey(options.contextKey, folder);
  const hosts = await hostsOf(options, project, surroundings);
  const { registry, issuer, gateway, subgraph } = hosts;
  const now = () => new Date();
  const timeoutMs = options.timeout === undefined ? defaultTimeoutMs : options.timeout * 1000;
  const open = () => openRegistry(options, project, surroundings);
  const steps = [
    nodeStep(process.versions.node),
    ...[registry, issuer, gateway, ...(subgraph === null ? [] : [subgraph])].flatMap((host) =>
      connectionSteps(host, now, timeoutMs),
    ),
    ...loginSteps({ surroundings, issuer, now, timeoutMs }),
    ...registrySteps(open, name, [reached(registry), 'TOKEN_REGISTRY', 'TOKEN_KEY']),
    ...(subgraph === null
      ? []
      : subgraphSteps({
          host: subgraph,
          name,
          issuer: options.contextIssuer,
          contextKey,
          publishedSdl: () => publishedSdl(open, name),
          now,
          timeoutMs,
        })),
    ...gatewaySteps(gateway, name, timeoutMs),
  ];
  const isJson = options.json === true;
  const report = await withSpinner(surroundings, isJson, 'looking', () =>
    runSteps(steps, () => undefined),
  );
  show(report, isJson, surroundings, (shown) => renderDoctor(shown, createPaint(surroundings)));
  return report.verdict === 'ALL_GOOD' ? 0 : 1;
}

interface Hosts {
  readonly registry: Host;
  readonly issuer: Host;
  readonly gateway: Host;
  /** Null = nobody said where it runs. */
  readonly subgraph: Host | null;
}

async function hostsOf(
  options: DoctorOptions,
  project: Project | null,
  surroundings: CliSurroundings,
): Promise<Hosts> {
  const logins = await readLogins(loginFolder(surroundings.env));
  const issuer = options.issuer ?? logins[registryResource]?.issuer ?? defaultIssuer;
  const registry = await chooseRegistry(options.registry, project, surroundings);
  const gateway = readUrl(options.gateway ?? project?.gateway ?? defaultGateway, '--gateway');
  const subgraph = options.subgraph ?? project?.url;
  const health = '/health/live';
  return {
    registry: { code: 'REGISTRY', whom: 'the registry', url: registry, path: health },
    issuer: {
      code: 'ISSUER',
      whom: 'the identity provider',
      url: readUrl(issuer, '--issuer'),
      path: '/',
    },
    gateway: { code: 'GATEWAY', whom: 'the gateway', url: gateway, path: health },
    subgraph:
      subgraph === undefined
        ? null
        : {
            code: 'SUBGRAPH',
            whom: 'the subgraph',
            url: readUrl(subgraph, '--subgraph'),
            path: health,
          },
  };
}

function readUrl(text: string, from: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/u.test(url.protocol) && url.username === '') return url;
  throw new UsageError(`${from}: an http or https address, without a user in it`);
}

/** Null = nobody is logged in, or nothing is published. */
async function publishedSdl(
  open: () => ReturnType<typeof openRegistry>,
  name: string | null,
): Promise<string | null> {
  const needs = 'partner-it, privacy-officer or hub-operator';
  const registry = await open();
  const found = await registry.find({ path: `/subgraphs/${name}`, needs }, subgraphView);
  const version = found?.entry.version ?? null;
  if (version === null) return null;
  const path = `/subgraphs/${name}/versions/${version}`;
  const { files } = await registry.ask({ path, needs }, subgraphVersionText);
  return files.map(({ text }) => text).join('\n');
}
