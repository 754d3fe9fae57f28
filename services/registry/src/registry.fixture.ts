import { createHash } from 'node:crypto';
import { createLogger } from '@tavolo/process-kit';
import { readAllowedNetworks } from '@tavolo/routing-address';
import { exportJWK, generateKeyPair } from 'jose';
import type { TokenHolder } from './caller.ts';
import type { RegistryEvidence } from './evidence.ts';
import type { ConsumerContent } from './model/consumer.ts';
import type { PartnerContent } from './model/partner.ts';
import type { PurposeContent } from './model/purpose.ts';
import type { RiskAnalysis } from './model/risk-analysis.ts';
import type { FieldOwners } from './schemas/model/release-entry.ts';
import { createTextComposer } from './schemas/text-composer.fixture.ts';
import { type RegistryOptions, startRegistry } from './service.ts';
import { createMemoryRegistryStore } from './store/memory-registry-store.ts';
import type { RegistryStore } from './store/registry-store.ts';

/** Invented organisations, purposes and tokens for the registry's tests. */

export const issuer = 'https://login.example.org';
export const gatewayToken = 'token-of-an-invented-gateway';

const contactOffice = { name: 'Ufficio inventato', email: 'ufficio@example.org' };

export function partner(id: string): PartnerContent {
  return {
    name: `Ente ${id}`,
    subgraphs: [id],
    contactOffice,
    legalBasis: 'Legge inventata 1/2000',
    agreements: [
      {
        kind: 'ART_28_PROCESSOR',
        reference: 'Atto 7 del 2026',
        counterparty: 'Hub',
        subject: 'Gestione del tavolo',
        signedOn: '2026-01-15',
        endsOn: null,
      },
    ],
  };
}

export function consumer(id: string, more: Partial<ConsumerContent> = {}): ConsumerContent {
  return {
    name: `Organizzazione ${id}`,
    partnerId: null,
    districts: null,
    contactOffice,
    dataProtectionOffice: null,
    agreements: [],
    clients: [
      {
        issuer,
        clientId: id,
        organisation: null,
        roles: ['privacy-officer', 'case-worker', 'partner-it', 'coordinator', 'analyst'],
        actsFor: 'people',
      },
    ],
    ...more,
  };
}

export function riskAnalysis(more: Partial<RiskAnalysis> = {}): RiskAnalysis {
  return {
    finality: 'Programmare i posti di accoglienza',
    usesPersonalData: true,
    personalDataTypes: ['WITH_NON_IDENTIFYING_DATA'],
    legalBasis: ['PUBLIC_INTEREST'],
    legalBasisPublicInterest: 'RULE_OF_LAW',
    ruleOfLawText: 'D.Lgs. 142/2015, art. 17',
    dataQuantity: 'QUANTITY_101_TO_500',
    deliveryMethod: 'PSEUDOANONYMOUS',
    policyProvided: true,
    policyProvidedMedium: 'PRINT',
    confirmIntegrityAndConfidentiality: true,
    doneDpia: true,
    priorConsultation: false,
    dataDownload: false,
    dataRetentionPeriod: '1 anno',
    purposePursuit: 'NEW_PERSONAL_DATA',
    checkedAllDataNeeded: true,
    isRequestOnBehalfOfThirdParties: false,
    recipients: [],
    dataSubjects: ['Richiedenti asilo'],
    declarationConfirmGDPR: true,
    ...more,
  };
}

export function purpose(more: Partial<PurposeContent> = {}): PurposeContent {
  return {
    title: 'Posti liberi',
    class: 'CASE_WORK',
    roles: ['case-worker'],
    documents: 'FREE',
    districts: null,
    coordinates: ['Bed.free', 'Case.openedOn'],
    categories: [],
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2027-01-01T00:00:00Z',
    dailyQuota: 10_000,
    riskAnalysis: riskAnalysis(),
    ...more,
  };
}

/** Two partners' fields, and one of both. */
export const fieldOwners: Readonly<Record<string, readonly string[]>> = {
  'Bed.free': ['centres'],
  'Case.openedOn': ['services'],
  'Municipality.name': ['centres', 'services'],
  'Orphan.field': ['nobody-registered'],
};

/** A token of the tests is its own content: `client role,role subject`; `-` = names no roles. */
export function tokenOf(
  clientId: string,
  roles: readonly string[] | null,
  subject = 'ada',
): string {
  return `Bearer ${clientId} ${roles === null ? '-' : roles.join(',')} ${subject}`;
}

function readToken(authorization: string | undefined): TokenHolder {
  const [scheme, clientId, roles, subject] = (authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || clientId === undefined || subject === undefined) {
    throw Object.assign(new Error('No access token came with the request'), {
      code: 'TOKEN_MISSING',
    });
  }
  return {
    issuer,
    clientId,
    organisation: null,
    subject,
    roles: roles === '-' ? null : (roles ?? '').split(','),
  };
}

export const operatorToken = tokenOf('bootstrap', ['hub-operator']);
export const officer = (clientId: string) => tokenOf(clientId, ['privacy-officer']);

export interface RegistryUnderTest {
  readonly url: string;
  readonly evidence: RegistryEvidence[];
  readonly publicKey: Awaited<ReturnType<typeof exportJWK>>;
  send(
    token: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Registers partners `centres` and `services` and the consumers `centre-office`, `service-office` and `asker`. */
  seed(): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // What a test reads of an answer is what it asserts.
  readonly json: Record<string, unknown>;
}

/** A release of nothing but owners, unless another process of the test has one already. */
async function settleOwners(store: RegistryStore, owners: FieldOwners): Promise<void> {
  await store.change(async ({ schemas }) => {
    if ((await schemas.releaseHead()) !== null) return;
    await schemas.saveRelease({
      head: {
        sequence: 1,
        id: '0'.repeat(64),
        cause: 'PUBLISHED',
        issuedAt: '2026-11-22T10:00:00.000Z',
        subgraphs: [],
      },
      sdl: '',
      owners,
      contracts: [],
    });
  });
}

/** A whole registry on a free port, in memory unless given a store. */
export async function openRegistry(
  more: Partial<RegistryOptions> & {
    readonly store?: RegistryStore;
    /** Of a supergraph that is in force from the start; null = nothing is published. */
    readonly owners?: FieldOwners | null;
  } = {},
): Promise<RegistryUnderTest> {
  const { owners = fieldOwners, store = createMemoryRegistryStore(), ...options } = more;
  if (owners !== null) await settleOwners(store, owners);
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const evidence: RegistryEvidence[] = [];
  const registry = await startRegistry({
    host: '127.0.0.1',
    port: 0,
    store,
    evidence: {
      append: async (record) => {
        evidence.push(record);
      },
    },
    verifyToken: async ({ authorization }) => readToken(authorization),
    operators: [{ issuer, clientId: 'bootstrap' }],
    pseudonymSecret: 'p'.repeat(32),
    gatewayTokens: [createHash('sha256').update(gatewayToken).digest('hex')],
    signingKey: privateKey,
    composer: createTextComposer(),
    allowedNetworks: readAllowedNetworks(['127.0.0.0/8']),
    logger: createLogger({ name: 'registry', level: 'silent' }),
    now: () => new Date('2026-11-22T10:00:00Z'),
    ...options,
  });
  const send: RegistryUnderTest['send'] = async (token, method, path, body, headers = {}) => {
    const response = await fetch(`${registry.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    // JSON.parse answers any; every route answers an object.
    const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, json };
  };
  return {
    url: registry.url,
    evidence,
    publicKey: await exportJWK(publicKey),
    send,
    async seed() {
      for (const [path, body] of [
        ['/partners/centres', partner('centres')],
        ['/partners/services', partner('services')],
        ['/consumers/centre-office', consumer('centre-office', { partnerId: 'centres' })],
        ['/consumers/service-office', consumer('service-office', { partnerId: 'services' })],
        ['/consumers/asker', consumer('asker')],
      ] as const) {
        const { status, text } = await send(operatorToken, 'PUT', path, body);
        if (status !== 201) throw new Error(`seeding ${path}: ${status} ${text}`);
      }
    },
    close: () => registry.close(),
  };
}
