import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoAccount, DevelopmentIssuer } from '@tavolo/development-issuer';
import { demoToken, type HubResource } from './access/demo-token.ts';
import { settleSchemas } from './access/settle-registration.ts';
import { startAccess } from './access/start-access.ts';
import { deliverToSocialServices, dropFiles, sendHealthMessages } from './demo/deliver-demo.ts';
import { type DemoOptions, drawDemo, provinceFolder, settleDemoChoice } from './demo/draw-demo.ts';
import { keepDemoTable } from './demo/keep-demo-table.ts';
import { waitUntilSettled } from './demo/wait-until-settled.ts';
import { exists } from './exists.ts';
import { findFreePort } from './find-free-port.ts';
import { handOut } from './hand-out.ts';
import {
  coordinationTableEnvironment,
  databaseEnvironment,
  droppingPartners,
  type EnvironmentOptions,
  furtherFactsFolder,
  gatewayEnvironment,
  partnerEnvironment,
  personIndexEnvironment,
} from './hub-environment.ts';
import {
  fixedPorts,
  type PartnerName,
  type ProcessName,
  partnerNames,
  type SubgraphName,
} from './process-name.ts';
import { readSecrets } from './read-secrets.ts';
import { refuseTakenPorts } from './refuse-taken-ports.ts';
import { type StartedProcess, startProcess } from './start-process.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface EmbeddedHubOptions {
  readonly folder: string;
  readonly logLevel: string;
  readonly ports: 'default' | 'free';
  readonly gatewayPort: number;
  /** `null` starts with whatever the institutions' stores hold. */
  readonly demo: DemoOptions | null;
  /** Invented accounts beside those of the demo; their organisations must be of the demo's. */
  readonly furtherAccounts?: readonly DemoAccount[];
  /** Purposes the fact loader may name beside its own; the registry has the last word on each. */
  readonly furtherFactPurposes?: readonly string[];
  /** The manifest of documents that run by their hash; that of the schemas unless told. */
  readonly trustedDocumentsFile?: string;
  /** One line of what is going on. */
  readonly onProgress: (line: string) => void;
}

export interface EmbeddedHub {
  /** `http://127.0.0.1:4000`, without a path. */
  readonly gatewayUrl: string;
  /** Where each subgraph listens. */
  readonly subgraphUrls: Readonly<Record<SubgraphName, string>>;
  /** Where the invented accounts log in. */
  readonly issuerUrl: string;
  readonly registryUrl: string;
  /** An access token of an invented account, for the graph or for the registry. */
  tokenOf(account: string, resource?: HubResource, purposeId?: string): Promise<string>;
  readonly processes: ReadonlyMap<ProcessName, StartedProcess>;
  /** Starts a process again that was closed or killed, where it was before. */
  restart(name: SubgraphName | 'gateway' | 'registry'): Promise<void>;
  close(): Promise<void>;
}

const startTimeoutMs = 120_000;
/** As the gateway starts on its own; `gateway/src/compiled-start/README.md` says why. */
const gatewayRunner = [
  '--max-semi-space-size=16',
  '--heap-growing-percent=100',
  'gateway/src/compiled-start/start.mjs',
];
const databaseEntry = 'packages/embedded-postgres/src/main.ts';

/**
 * Brings up the whole hub on embedded stores, each institution as a process of its own with its own secrets,
 * and on the first start sends the demo province through the institutions' real feeds. Throws StartProblem when another hub
 * has its ports, or a process does not start.
 */
export async function startEmbeddedHub(options: EmbeddedHubOptions): Promise<EmbeddedHub> {
  const { folder, onProgress } = options;
  if (options.ports === 'default') {
    await refuseTakenPorts({ gateway: options.gatewayPort, ...fixedPorts });
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secrets = await readSecrets(folder);
  await handOut(folder, secrets);
  const environment: EnvironmentOptions = { ...options, secrets };
  const processes = new Map<ProcessName, StartedProcess>();

  const start = async (name: ProcessName, entry: string, env: Record<string, string>) => {
    const started = await startProcess({
      name,
      entry,
      env,
      ...(name === 'gateway' ? { runner: gatewayRunner } : {}),
      logFolder: join(folder, 'logs'),
      startTimeoutMs,
      onUnexpectedEnd: (how) =>
        onProgress(
          `${name} ended (${how}); the others go on without it. Its log: ${join(folder, 'logs', `${name}.log`)}`,
        ),
    });
    processes.set(name, started);
    return started.listening;
  };
  let issuer: DevelopmentIssuer | undefined;
  const close = async () => {
    // The gateway first, so that nobody is answered by half a hub; the databases last.
    const closeAll = (names: readonly ProcessName[]) =>
      Promise.all(names.map(async (name) => processes.get(name)?.close()));
    await closeAll(['gateway']);
    await closeAll(['registry', 'coordination-table']);
    await closeAll([...partnerNames]);
    await closeAll(['person-index']);
    await closeAll(['social-services-database', 'person-index-database']);
    await issuer?.close();
  };

  try {
    const addresses = await startAll();
    return {
      ...addresses,
      tokenOf: (account, resource = 'urn:tavolo:graph', purposeId) =>
        demoToken(addresses.issuerUrl, account, resource, purposeId),
      processes,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }

  async function startAll() {
    const demoFolder = join(folder, 'demo');
    const demo = options.demo && (await settleDemoChoice(demoFolder, options.demo));
    const isDelivered = !demo || (await exists(join(demoFolder, 'delivered')));
    await mkdir(furtherFactsFolder(folder), { recursive: true });
    for (const name of droppingPartners)
      await mkdir(join(folder, name, 'drop'), { recursive: true });

    onProgress(
      isDelivered ? 'starting the databases' : 'starting the databases, drawing the demo province',
    );
    const [indexDatabase, socialDatabase] = await Promise.all([
      start(
        'person-index-database',
        databaseEntry,
        databaseEnvironment(environment, 'person-index'),
      ),
      start(
        'social-services-database',
        databaseEntry,
        databaseEnvironment(environment, 'social-services'),
      ),
      isDelivered ? undefined : drawDemo(demoFolder, demo, onProgress),
    ]);

    onProgress('starting the registry, the person index, the table and the institutions');
    let tableEnv: Record<string, string> = {};
    const access = startAccess({
      environment,
      databaseUrl: indexDatabase.url,
      furtherAccounts: options.furtherAccounts ?? [],
      furtherFactPurposes: options.furtherFactPurposes ?? [],
      startRegistry: (env) => start('registry', entryOf('registry'), env),
      onIssuer: (started) => {
        issuer = started;
      },
    });
    const gatewayPort =
      options.gatewayPort === 0 ? await findFreePort('127.0.0.1') : options.gatewayPort;
    const startedTable = access.then(({ issuerUrl, registryUrl }) => {
      tableEnv = coordinationTableEnvironment(environment, {
        databaseUrl: indexDatabase.url,
        // The table asks through the gateway, which asks the table: one of them is known before it listens.
        gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
        issuer: issuerUrl,
        registryUrl,
      });
      return start('coordination-table', entryOf('coordination-table'), tableEnv);
    });
    // Told below, where they are waited for; until then they must not end the process.
    access.catch(() => undefined);
    startedTable.catch(() => undefined);
    const indexEnvironment = personIndexEnvironment(environment, indexDatabase.url);
    const index = await start('person-index', entryOf('person-index'), indexEnvironment);
    const addresses = { personIndexUrl: index.url, databaseUrl: socialDatabase.url };
    const partnerEnvironments = new Map(
      partnerNames.map((name) => [name, partnerEnvironment(environment, name, addresses)]),
    );
    const startPartner = (name: PartnerName) =>
      start(name, entryOf(name), partnerEnvironments.get(name) ?? {});
    if (!isDelivered) {
      await deliverToSocialServices(provinceFolder(demoFolder), socialDatabase.url);
    }
    const [social, health, reception, volunteers] = await Promise.all([
      startPartner('social-services'),
      startPartner('health-authority'),
      startPartner('reception-centres'),
      startPartner('volunteer-registry'),
    ]);
    const { issuerUrl, registryUrl, registryEnv, registration } = await access;
    const table = await startedTable;
    const subgraphUrls: Record<SubgraphName, string> = {
      'social-services': social.url,
      'health-authority': health.url,
      'reception-centres': reception.url,
      'volunteer-registry': volunteers.url,
      'person-index': index.url,
      'coordination-table': table.url,
    };
    const settled = settleSchemas(join(folder, 'registry'), registration, subgraphUrls);
    settled.catch(() => undefined);
    if (!isDelivered) {
      onProgress('the institutions receive their files and messages');
      const province = provinceFolder(demoFolder);
      const mllpPort = Number(health['mllpPort']);
      const [messages, ...files] = await Promise.all([
        sendHealthMessages(province, { host: '127.0.0.1', port: mllpPort }),
        ...droppingPartners.map((name) => dropFiles(province, folder, name)),
      ]);
      onProgress(
        `${messages} HL7 messages acknowledged, ${files.reduce((sum, count) => sum + count, 0)} files dropped`,
      );
      await waitUntilSettled({
        folder,
        personIndexUrl: index.url,
        gatewayKey: environment.secrets.gateway.contextKey,
        onProgress,
      });
      await writeFile(join(demoFolder, 'delivered'), '');
    }

    await settled;
    onProgress('starting the gateway');
    const gatewayEnv = gatewayEnvironment(environment, {
      port: gatewayPort,
      issuer: issuerUrl,
      registryUrl,
      trustedDocumentsFile: options.trustedDocumentsFile,
    });
    const gateway = await start('gateway', entryOf('gateway'), gatewayEnv);
    await waitUntilReady(gateway.url, startTimeoutMs);
    if (demo) {
      await keepDemoTable(demoFolder, demo.today, gateway.url, issuerUrl, onProgress);
    }

    const running = {
      ...subgraphUrls,
      gateway: gateway.url,
      registry: registryUrl,
    };
    const environments = new Map<keyof typeof running, Record<string, string>>([
      ...partnerEnvironments,
      ['person-index', indexEnvironment],
      ['registry', registryEnv],
      ['coordination-table', tableEnv],
      ['gateway', gatewayEnv],
    ]);
    const restart = async (name: keyof typeof running) => {
      const env = environments.get(name);
      // The others know it by the port it had.
      await start(name, entryOf(name), { ...env, PORT: new URL(running[name]).port });
    };
    return { gatewayUrl: gateway.url, subgraphUrls, issuerUrl, registryUrl, restart };
  }
}

function entryOf(name: SubgraphName | 'gateway' | 'registry'): string {
  return name === 'gateway' ? 'gateway/src/main.ts' : `services/${name}/src/main.ts`;
}
