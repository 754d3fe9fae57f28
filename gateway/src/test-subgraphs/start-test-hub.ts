import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { RegistryState } from '@tavolo/access-model';
import { createAccessTokenVerifier } from '@tavolo/access-token';
import {
  type ContextSigningKey,
  createContextSigner,
  createContextVerifier,
} from '@tavolo/caller-context';
import {
  type AppendedRecord,
  createAnomalyWatch,
  type OperationRecord,
  openEvidenceLog,
} from '@tavolo/evidence';
import type { TrustedDocument } from '@tavolo/schemas';
import { pino } from 'pino';
import { createEvidence, type EvidencePolicy } from '../evidence/create-evidence.ts';
import { createGate, type GateParts } from '../gate/create-gate.ts';
import { createTrustedDocuments } from '../gate/trusted-documents.ts';
import {
  defaultGatewayLimits,
  type GatewayLimits,
  type RunningGateway,
  startGateway,
} from '../gateway.ts';
import { createRateLimits } from '../limits/rate-limits.ts';
import { createRegistryIndex } from '../registry/registry-index.ts';
import type { RegistryFeed } from '../registry/start-registry-feed.ts';
import { compose } from './compose.ts';
import {
  healthResolvers,
  healthTypeDefs,
  hubState,
  receptionResolvers,
  receptionTypeDefs,
} from './hub-graph.ts';
import { newSigningKey } from './new-signing-key.ts';
import type { Answer } from './province.ts';
import { startTestIssuer, type TestIssuer } from './start-test-issuer.ts';
import { startTestSubgraph, type TestSubgraph } from './start-test-subgraph.ts';
import { thisMachine } from './this-machine.ts';

export interface TestHubOptions {
  readonly policy?: EvidencePolicy;
  readonly limits?: Partial<GatewayLimits>;
  readonly trustedDocuments?: ReadonlyMap<string, TrustedDocument>;
  /** In place of a feed that has what the test set. */
  readonly registry?: (issuer: string, now: () => Date) => Promise<RegistryFeed>;
  readonly rates?: GateParts['rates'];
  /** In place of the two institutions: a graph whose servers the test has started. */
  readonly graph?: {
    readonly supergraphFile: string;
    readonly subgraphUrls: Readonly<Record<string, string>>;
  };
  /** The computer's clock in place of one that stands still. */
  readonly realTime?: boolean;
  readonly state?: (issuer: string) => RegistryState;
}

/** The real gate before two institutions that verify who asks. */
export interface TestHub {
  readonly gateway: RunningGateway;
  readonly issuer: TestIssuer;
  readonly contextKey: ContextSigningKey;
  readonly reception: TestSubgraph;
  readonly health: TestSubgraph;
  readonly sdl: string;
  readonly supergraphFile: string;
  /** The clock of gate, tokens, evidence and institutions. */
  readonly clock: { now: () => Date; set(now: Date): void };
  /** Replaces what the registry says, where no feed was given. */
  setState(state: RegistryState): void;
  /** Makes every write of evidence fail. */
  breakEvidence(broken: boolean): void;
  readonly records: OperationRecord[];
  readonly logLines: string[];
  /** All that evidence has written to the disk. */
  evidenceText(): Promise<string>;
  /** A good token, but for the claims that are given; `undefined` leaves one out. */
  token(
    purposeId: string,
    claims?: Readonly<Record<string, unknown>>,
    header?: object,
  ): Promise<string>;
  ask(
    purposeId: string,
    query: string,
    variables?: object,
  ): Promise<Answer & { readonly headers: Headers }>;
  /** Calls of any institution so far. */
  readonly calls: number;
  close(): Promise<void>;
}

const start = new Date('2026-11-22T10:00:00Z');

export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  let time: number | undefined = options.realTime === true ? undefined : start.getTime();
  const now = () => new Date(time ?? Date.now());
  const folder = await mkdtemp(join(tmpdir(), 'gateway-hub-'));
  const [issuer, contextKey, evidenceKey] = await Promise.all([
    startTestIssuer(),
    newSigningKey('context'),
    newSigningKey('evidence'),
  ]);
  const verifierFor = (audience: string) =>
    createContextVerifier({
      keys: { keys: [contextKey.publicKey] },
      audience,
      issuer: 'tavolo-gateway',
      now,
    });
  const reception = await startTestSubgraph(
    receptionTypeDefs,
    receptionResolvers,
    0,
    verifierFor('reception-centres'),
  );
  const health = await startTestSubgraph(
    healthTypeDefs,
    healthResolvers,
    0,
    verifierFor('health-authority'),
  );
  const sdl = compose([
    { name: 'reception-centres', typeDefs: receptionTypeDefs, url: reception.url },
    { name: 'health-authority', typeDefs: healthTypeDefs, url: health.url },
  ]);
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, sdl);

  const logLines: string[] = [];
  const logger = pino(
    { level: 'debug', base: null },
    new Writable({
      write(chunk, _encoding, done) {
        logLines.push(String(chunk));
        done();
      },
    }),
  );
  const records: OperationRecord[] = [];
  let isBroken = false;
  const log = await openEvidenceLog({
    folder: join(folder, 'evidence'),
    signingKey: evidenceKey.signingKey,
    now,
    onAlarm: () => undefined,
  });
  const append = async (record: AppendedRecord) => {
    if (isBroken) throw new Error('no space left on the device');
    await log.append(record);
    if (record.kind === 'operation') records.push(record);
  };
  let index = createRegistryIndex((options.state ?? hubState)(issuer.url));
  const limits = { ...defaultGatewayLimits, retryJitterMs: 1, ...options.limits };
  const gate = createGate({
    tokens: createAccessTokenVerifier({
      issuers: [{ issuer: issuer.url, jwksUrl: `${issuer.url}/jwks` }],
      audience: 'urn:tavolo:graph',
      requirePurpose: true,
      now,
    }),
    registry: (await options.registry?.(issuer.url, now)) ?? {
      current: () => ({ index, verifiedAt: now(), isStale: false }),
      close: async () => undefined,
    },
    rates: options.rates ?? createRateLimits({ redisUrl: undefined, now, logger }),
    signer: createContextSigner({
      key: contextKey.signingKey,
      issuer: 'tavolo-gateway',
      now,
      newId: randomUUID,
    }),
    evidence: createEvidence({
      log: { ...log, append },
      policy: options.policy ?? 'fail-closed',
      watch: createAnomalyWatch({ now, onAlarm: () => undefined }),
      now,
      logger,
    }),
    trustedDocuments: createTrustedDocuments(
      async () => options.trustedDocuments ?? new Map<string, TrustedDocument>(),
      logger,
    ),
    limits,
    userKey: 'an invented key for pseudonyms of the tests',
    now,
    logger,
  });
  const gateway = await startGateway({
    supergraphFile,
    ...options.graph,
    allowedNetworks: thisMachine,
    host: '127.0.0.1',
    port: 0,
    logger,
    random: () => 0,
    gate,
    limits,
    now,
  });

  async function token(
    purposeId: string,
    claims: Readonly<Record<string, unknown>> = {},
    header: object = {},
  ) {
    const seconds = Math.floor(now().getTime() / 1000);
    return issuer.sign(
      {
        iss: issuer.url,
        aud: 'urn:tavolo:graph',
        sub: 'subject-1',
        client_id: 'desk',
        jti: randomUUID(),
        iat: seconds,
        exp: seconds + 3_600,
        purposeId,
        ...claims,
      },
      header,
    );
  }

  return {
    gateway,
    issuer,
    contextKey: contextKey.signingKey,
    reception,
    health,
    sdl,
    supergraphFile,
    records,
    logLines,
    token,
    clock: {
      now,
      set: (next) => {
        time = next.getTime();
      },
    },
    setState: (state) => {
      index = createRegistryIndex(state);
    },
    breakEvidence: (broken) => {
      isBroken = broken;
    },
    async evidenceText() {
      const names = await readdir(join(folder, 'evidence'), {
        recursive: true,
        withFileTypes: true,
      });
      const files = names.filter((entry) => entry.isFile());
      return (
        await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
      ).join('\n');
    },
    async ask(purposeId, query, variables) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await token(purposeId)}`,
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      // The tests assert on what is in it.
      return {
        ...(JSON.parse(text) as Answer),
        status: response.status,
        text,
        headers: response.headers,
      };
    },
    get calls() {
      return [reception, health].reduce(
        (sum, { questions, refused }) => sum + questions.length + refused.length,
        0,
      );
    },
    async close() {
      await gateway.close();
      await Promise.all([reception.close(), health.close(), issuer.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
