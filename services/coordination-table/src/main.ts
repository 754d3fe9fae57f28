import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FactStoreProblem, openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import { FactError } from '@tavolo/facts';
import { createLogger, readConfig, runUntilSignal, StartProblem } from '@tavolo/process-kit';
import { readFacts } from '@tavolo/schemas';
import { coordinationTableConfig, furtherFactsConfig } from './config.ts';
import { createGateway } from './facts/ask-gateway.ts';
import { createFactLoader } from './facts/fact-loader.ts';
import { createTokenSource } from './facts/fact-loader-token.ts';
import { isGatewayReady } from './facts/is-gateway-ready.ts';
import { scheduleLoads } from './facts/schedule-loads.ts';
import {
  type ChosenFacts,
  chooseFurtherFacts,
  noFurtherFacts,
} from './further-facts/choose-further-facts.ts';
import { readCurrentSupergraph } from './further-facts/current-supergraph.ts';
import { readDefinitions } from './indicators/read-definitions.ts';
import { startCoordinationTable } from './service.ts';

const further = process.env['FURTHER_FACTS_DIR']
  ? readConfig(furtherFactsConfig, process.env)
  : null;
const config = further ?? readConfig(coordinationTableConfig, process.env);
const logger = createLogger({ name: 'coordination-table', level: config.LOG_LEVEL });
const now = () => new Date();
const wait = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal });

/** The facts of partners who joined later; without the supergraph in force, none, and the others work. */
async function furtherFacts(): Promise<ChosenFacts> {
  if (further === null) return noFurtherFacts();
  const supergraphSdl = await readCurrentSupergraph({
    registryUrl: further.REGISTRY_URL,
    token: further.REGISTRY_TOKEN,
    publicKey: further.REGISTRY_PUBLIC_KEY,
    keptFile: join(further.DATA_DIR, 'supergraph.jws'),
    logger,
    wait,
    signal: new AbortController().signal,
  });
  if (supergraphSdl !== null) {
    return chooseFurtherFacts(further.FURTHER_FACTS_DIR, supergraphSdl, logger);
  }
  logger.error(
    'no supergraph is known: further facts are left out until a restart with the registry',
  );
  return noFurtherFacts();
}

await runUntilSignal(async () => {
  const hubFacts = await readFacts().catch((cause: unknown) => {
    throw cause instanceof FactError ? new StartProblem(cause.message) : cause;
  });
  const definitions = readDefinitions(hubFacts);
  const rules = { threshold: config.THRESHOLD, sensitiveThreshold: config.SENSITIVE_THRESHOLD };
  const disclosure = createDisclosure(rules, config.RECORD_KEY_SECRET);
  await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
  const chosen = await furtherFacts();
  const factFiles = [...hubFacts, ...chosen.facts];
  const facts = await openFactStore({
    file: join(config.DATA_DIR, 'facts.duckdb'),
    facts: factFiles,
    disclosure,
    recordKeySecret: config.RECORD_KEY_SECRET,
    ownerThresholds: config.OWNER_THRESHOLDS,
    now,
    limits: { memory: config.FACTS_MEMORY },
  }).catch((cause: unknown) => {
    throw cause instanceof FactStoreProblem ? new StartProblem(cause.message) : cause;
  });
  const loader = createFactLoader({
    facts: factFiles,
    store: facts,
    logger,
    gateway: createGateway({
      gatewayUrl: config.GATEWAY_URL,
      tokens: createTokenSource({
        issuer: config.TOKEN_ISSUER,
        clientId: config.FACT_LOADER_CLIENT_ID,
        key: config.FACT_LOADER_KEY,
        now,
      }),
      random: Math.random,
      wait,
    }),
  });
  const closing = new AbortController();
  try {
    const table = await startCoordinationTable({
      host: config.HOST,
      port: config.PORT,
      gatewayKeys: config.GATEWAY_KEYS,
      gatewayIssuer: config.GATEWAY_ISSUER,
      databaseUrl: config.DATABASE_URL,
      poolSize: config.DATABASE_POOL_SIZE,
      facts,
      factFiles,
      sdl: chosen.sdl,
      factLoader: loader,
      disclosure,
      disclosureRules: rules,
      ownerThresholds: config.OWNER_THRESHOLDS,
      indicators: { definitions, signingKey: config.REPORT_SIGNING_KEY ?? null },
      secrets: { disclosure: config.RECORD_KEY_SECRET, priorityList: config.ENTRY_CODE_SECRET },
      logger,
      now,
    });
    const loads = scheduleLoads(
      loader,
      {
        everyMinutes: config.FACTS_EVERY_MINUTES,
        now,
        random: Math.random,
        isGatewayReady: (signal) => isGatewayReady(config.GATEWAY_URL, signal),
        wait,
      },
      closing.signal,
    );
    // Told at the end, where it is waited for; until then it must not end the process.
    loads.catch((err: unknown) => logger.error({ err }, 'facts are loaded no more'));
    return {
      async close() {
        closing.abort('CANCELLED');
        await table.close();
        await loader.close();
        await loads;
        await facts.close();
      },
    };
  } catch (cause) {
    await loader.close();
    await facts.close();
    throw cause;
  }
}, logger);
