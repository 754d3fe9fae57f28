import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoAccount, DevelopmentIssuer } from '@tavolo/development-issuer';
import { StartProblem } from '@tavolo/process-kit';
import { demoToken, type HubResource } from './access/demo-token.ts';
import { startAccess } from './access/start-access.ts';
import { deliverToSocialServices, dropFiles, sendHealthMessages } from './demo/deliver-demo.ts';
import { type DemoOptions, drawDemo, provinceFolder, settleDemoChoice } from './demo/draw-demo.ts';
import { keepTable } from './demo/keep-table.ts';
import { waitUntilSettled } from './demo/wait-until-settled.ts';
import { findFreePort } from './find-free-port.ts';
import {
  coordinationTableEnvironment,
  databaseEnvironment,
  droppingPartners,
  type EnvironmentOptions,
  gatewayEnvironment,
  partnerEnvironment,
  personIndexEnvironment,
} from './hub-environment.ts';
import {
  type PartnerName,
  type ProcessName,
  partnerNames,
  type SubgraphName,
} from './process-name.ts';
import { readSecrets } from './read-secrets.ts';
import { createDocumentRunner } from './run-document.ts';
import { type StartedProcess, startProcess } from './start-process.ts';

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
const databaseEntry = 'packages/embedded-postgres/src/main.ts';

/**
 * Brings up the whole hub on embedded stores, each institution as a process of its own with its own secrets,
 * and on the first start sends the demo province through the institutions' real feeds.
 */
export async function startEmbeddedHub(options: EmbeddedHubOptions): Promise<EmbeddedHub> {
  const { folder, onProgress } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const environment: EnvironmentOptions = { ...options, secrets: await readSecrets(folder) };
  const processes = new Map<ProcessName, StartedProcess>();

  const start = async (name: ProcessName, entry: string, env: Record<string, string>) => {
    const started = await startProcess({
      name,
      entry,
      env,
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
    const startedTable = access.then(({ issuerUrl }) => {
      tableEnv = coordinationTableEnvironment(environment, {
        databaseUrl: indexDatabase.url,
        // The table asks through the gateway, which asks the table: one of them is known before it listens.
        gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
        issuer: issuerUrl,
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

    const { issuerUrl, registryUrl, registryEnv } = await access;
    onProgress('starting the gateway');
    const table = await startedTable;
    const subgraphUrls: Record<SubgraphName, string> = {
      'social-services': social.url,
      'health-authority': health.url,
      'reception-centres': reception.url,
      'volunteer-registry': volunteers.url,
      'person-index': index.url,
      'coordination-table': table.url,
    };
    const gatewayEnv = gatewayEnvironment(environment, {
      port: gatewayPort,
      urls: subgraphUrls,
      issuer: issuerUrl,
      registryUrl,
      trustedDocumentsFile: options.trustedDocumentsFile,
    });
    const gateway = await start('gateway', entryOf('gateway'), gatewayEnv);
    await waitUntilReady(gateway.url);
    if (demo) await keepDemoTable(demo.today);

    /** Once: what the coordinator wrote stays in the table's register. */
    async function keepDemoTable(today: string) {
      const kept = join(demoFolder, 'table-kept');
      if (await exists(kept)) return;
      onProgress('the coordinator writes the register of the table');
      const token = await demoToken(
        issuerUrl,
        'coordinator',
        'urn:tavolo:graph',
        'table-coordination',
      );
      await keepTable(await createDocumentRunner(gateway.url, token), today);
      await writeFile(kept, '');
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

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.status === 200) return;
    await delay(200);
  }
  throw new StartProblem(
    `The gateway is not ready after ${startTimeoutMs / 1000} s: ${url}/health/ready says why`,
  );
}
