import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectMllpSender, readHl7Acknowledgement } from '@tavolo/feed-kit';
import { createLogger } from '@tavolo/process-kit';
import type { Caller } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { type HealthAuthorityConfig, startHealthAuthority } from '../service.ts';

export const secret = 'test-secret-test-secret-test-secret-';

export interface TestService {
  readonly folder: string;
  readonly config: HealthAuthorityConfig;
  readonly mllpPort: number;
  ask(query: string, variables?: object, caller?: Caller): Promise<Record<string, unknown>>;
  filesTakenIn(): Promise<void>;
  /** Sends messages over one connection, in order; gives the acknowledgement codes. */
  send(...messages: (Buffer | string)[]): Promise<(string | null)[]>;
  close(): Promise<void>;
}

/** The configuration of a service on free ports with its store and drop folder in a new place. */
export async function testConfig(): Promise<HealthAuthorityConfig> {
  const folder = await mkdtemp(path.join(tmpdir(), 'health-authority-'));
  return {
    HOST: '127.0.0.1',
    PORT: 0,
    GATEWAY_KEYS: testGatewayKeys,
    GATEWAY_ISSUER: 'tavolo-gateway',
    LOG_LEVEL: 'silent',
    DATA_DIR: folder,
    DROP_DIR: path.join(folder, 'drop'),
    DROP_INTERVAL_MS: 3_600_000,
    MLLP_PORT: 0,
    MLLP_MAX_MESSAGE_BYTES: 20_000,
    MLLP_IDLE_TIMEOUT_MS: 600_000,
    FHIR_PULL_INTERVAL_MS: 3_600_000,
    PATIENT_AUTHORITY: 'AUSLPR',
    PATIENT_SYSTEM: 'https://ausl.example/sid/paziente',
    TIME_ZONE: 'Europe/Rome',
    RAW_RETENTION_DAYS: 30,
    STALE_AFTER_HOURS: 24,
    SECTOR_KEY_SECRET: secret,
    LINKAGE_KEY: '8f1d6c3ab27e905f4471e8d20c9ab35e66f0127bd8439ca5e21b7d90f3c4586a',
    LINKAGE_KEY_ID: 'test',
    // Nobody listens: enrolment waits for the index and must not hold anything up.
    PERSON_INDEX_URL: 'http://127.0.0.1:9',
    PERSON_INDEX_TOKEN: 'test',
    ENROLMENT_INTERVAL_MS: 3_600_000,
  };
}

export async function startTestService(
  config: HealthAuthorityConfig,
  now: () => Date = () => new Date(),
): Promise<TestService> {
  const logger = createLogger({ name: 'health-authority', level: config.LOG_LEVEL });
  const service = await startHealthAuthority(config, { logger, now });
  return {
    folder: config.DATA_DIR,
    config,
    mllpPort: service.mllpPort,
    filesTakenIn: () => service.filesTakenIn(),
    async ask(query, variables = {}, caller = testCaller()) {
      const text = await askAs(
        { url: service.url, subgraph: 'health-authority', caller },
        query,
        variables,
      );
      return JSON.parse(text) as Record<string, unknown>; // asserted on by the tests
    },
    async send(...messages) {
      const sender = await connectMllpSender({
        host: '127.0.0.1',
        port: service.mllpPort,
        window: 20,
      });
      try {
        const answers = await Promise.all(
          messages.map((message) => sender.send(Buffer.from(message))),
        );
        return answers.map((answer) => readHl7Acknowledgement(answer).code);
      } finally {
        await sender.close();
      }
    },
    async close() {
      await service.close();
      await rm(config.DATA_DIR, { recursive: true, force: true });
    },
  };
}
