import { join } from 'node:path';
import { factLoaderClient } from './access/demo-accounts.ts';
import { publicHalf } from './draw-signing-key.ts';
import {
  defaultMllpPort,
  defaultPorts,
  defaultRegistryPort,
  type PartnerName,
  partnerNames,
  type SubgraphName,
} from './process-name.ts';
import { type HubSecrets, sha256 } from './read-secrets.ts';

export interface EnvironmentOptions {
  /** The hub's folder; each process has its own below it. */
  readonly folder: string;
  readonly logLevel: string;
  /** Free ports let several hubs run side by side; tests use them. */
  readonly ports: 'default' | 'free';
  readonly secrets: HubSecrets;
}

/** Where an institution's systems drop their files. */
export function dropFolder(folder: string, name: PartnerName): string {
  return join(folder, name, 'drop');
}

/** Fact files beside those of the repository: what institutions that join later make analysable. */
export function furtherFactsFolder(folder: string): string {
  return join(folder, 'facts');
}

/** The institutions of the embedded hub all run here; elsewhere their addresses are public ones. */
const thisMachine = JSON.stringify(['127.0.0.0/8', '::1/128']);

/** What every subgraph needs to know who asks. */
function gatewayKeys({ secrets }: EnvironmentOptions): Record<string, string> {
  return { GATEWAY_KEYS: JSON.stringify({ keys: [publicHalf(secrets.gateway.contextKey)] }) };
}

/** What every process needs from this one's environment and nothing more: no secret is inherited. */
export function commonEnvironment({
  logLevel,
}: {
  readonly logLevel: string;
}): Record<string, string> {
  return { LOG_LEVEL: logLevel, HOST: '127.0.0.1', TZ: 'UTC' };
}

export function databaseEnvironment(
  options: EnvironmentOptions,
  owner: SubgraphName,
): Record<string, string> {
  return {
    ...commonEnvironment(options),
    DATA_DIR: join(options.folder, owner, 'postgres'),
    PORT: '0',
  };
}

export function personIndexEnvironment(
  options: EnvironmentOptions,
  databaseUrl: string,
): Record<string, string> {
  const { personIndex } = options.secrets;
  return {
    ...commonEnvironment(options),
    ...gatewayKeys(options),
    PORT: portOf(options, 'person-index'),
    DATABASE_URL: databaseUrl,
    REF_SECRET: personIndex.refSecret,
    STORE_SECRET: personIndex.storeSecret,
    REVIEWER_TOKENS: JSON.stringify(personIndex.reviewerTokens),
    PARTNER_TOKENS: JSON.stringify(personIndex.partnerTokens),
    OPERATOR_TOKENS: JSON.stringify(personIndex.operatorTokens),
  };
}

/** The environment of an institution's subgraph, with its own secrets and nobody else's. */
export function partnerEnvironment(
  options: EnvironmentOptions,
  name: PartnerName,
  {
    personIndexUrl,
    databaseUrl,
  }: { readonly personIndexUrl: string; readonly databaseUrl: string },
): Record<string, string> {
  const { secrets, folder } = options;
  return {
    ...commonEnvironment(options),
    ...gatewayKeys(options),
    PORT: portOf(options, name),
    DATA_DIR: join(folder, name, 'store'),
    SECTOR_KEY_SECRET: secrets.partners[name].sectorKeySecret,
    LINKAGE_KEY: secrets.linkageKey.hex,
    LINKAGE_KEY_ID: secrets.linkageKey.id,
    PERSON_INDEX_URL: personIndexUrl,
    PERSON_INDEX_TOKEN: secrets.partners[name].personIndexToken,
    DROP_DIR: dropFolder(folder, name),
    ...(name === 'social-services' ? { DATABASE_URL: databaseUrl } : {}),
    ...(name === 'health-authority'
      ? { MLLP_PORT: options.ports === 'free' ? '0' : String(defaultMllpPort) }
      : {}),
  };
}

/** The table: its register in `databaseUrl`, and its facts, which it loads through the gateway as anybody would. */
export function coordinationTableEnvironment(
  options: EnvironmentOptions,
  {
    databaseUrl,
    gatewayUrl,
    issuer,
    registryUrl,
  }: {
    readonly databaseUrl: string;
    readonly gatewayUrl: string;
    readonly issuer: string;
    readonly registryUrl: string;
  },
): Record<string, string> {
  const { coordinationTable, factLoaderKey, registry } = options.secrets;
  return {
    ...commonEnvironment(options),
    ...gatewayKeys(options),
    PORT: portOf(options, 'coordination-table'),
    DATABASE_URL: databaseUrl,
    DATA_DIR: join(options.folder, 'coordination-table', 'facts'),
    GATEWAY_URL: gatewayUrl,
    TOKEN_ISSUER: issuer,
    FURTHER_FACTS_DIR: furtherFactsFolder(options.folder),
    REGISTRY_URL: registryUrl,
    REGISTRY_TOKEN: coordinationTable.registryToken,
    REGISTRY_PUBLIC_KEY: JSON.stringify(publicHalf(registry.signingKey)),
    FACT_LOADER_CLIENT_ID: factLoaderClient,
    FACT_LOADER_KEY: JSON.stringify(factLoaderKey),
    RECORD_KEY_SECRET: coordinationTable.recordKeySecret,
    ENTRY_CODE_SECRET: coordinationTable.entryCodeSecret,
    REPORT_SIGNING_KEY: JSON.stringify(coordinationTable.reportKey),
  };
}

/** The registry; `operator` is the account that may fill it while it is empty. */
export function registryEnvironment(
  options: EnvironmentOptions,
  {
    databaseUrl,
    issuer,
    operator,
  }: { readonly databaseUrl: string; readonly issuer: string; readonly operator: string },
): Record<string, string> {
  const { registry, gateway, coordinationTable } = options.secrets;
  return {
    ...commonEnvironment(options),
    PORT: options.ports === 'free' ? '0' : String(defaultRegistryPort),
    DATABASE_URL: databaseUrl,
    ROUTING_ALLOWED_NETWORKS: thisMachine,
    TOKEN_ISSUERS: JSON.stringify([{ issuer }]),
    REGISTRY_OPERATORS: JSON.stringify([{ issuer, clientId: 'tavolo-cli', subject: operator }]),
    REGISTRY_SIGNING_KEY: JSON.stringify(registry.signingKey),
    GATEWAY_TOKENS: JSON.stringify(
      [gateway.registryToken, coordinationTable.registryToken].map(sha256),
    ),
    PSEUDONYM_SECRET: registry.pseudonymSecret,
    EVIDENCE_DIR: join(options.folder, 'registry', 'evidence'),
    EVIDENCE_SIGNING_KEY: JSON.stringify(registry.evidenceKey),
  };
}

export function gatewayEnvironment(
  options: EnvironmentOptions,
  {
    port,
    issuer,
    registryUrl,
    trustedDocumentsFile,
  }: {
    readonly port: number;
    readonly issuer: string;
    readonly registryUrl: string;
    readonly trustedDocumentsFile: string | undefined;
  },
): Record<string, string> {
  const { gateway, registry } = options.secrets;
  const folder = join(options.folder, 'gateway');
  return {
    ...commonEnvironment(options),
    PORT: String(port),
    TOKEN_ISSUERS: JSON.stringify([{ issuer }]),
    REGISTRY_URL: registryUrl,
    REGISTRY_TOKEN: gateway.registryToken,
    REGISTRY_PUBLIC_KEY: JSON.stringify(publicHalf(registry.signingKey)),
    REGISTRY_STATE_FILE: join(folder, 'registry-state.jws'),
    CONTEXT_SIGNING_KEY: JSON.stringify(gateway.contextKey),
    EVIDENCE_DIR: join(folder, 'evidence'),
    EVIDENCE_SIGNING_KEY: JSON.stringify(gateway.evidenceKey),
    USER_KEY: gateway.userKey,
    ...(trustedDocumentsFile === undefined ? {} : { TRUSTED_DOCUMENTS_FILE: trustedDocumentsFile }),
    SUPERGRAPH_KEPT_FILE: join(folder, 'supergraph.jws'),
    FURTHER_FACTS_DIR: furtherFactsFolder(options.folder),
    ROUTING_ALLOWED_NETWORKS: thisMachine,
  };
}

function portOf(options: EnvironmentOptions, name: SubgraphName): string {
  return options.ports === 'free' ? '0' : String(defaultPorts[name]);
}

/** The institutions that take files. */
export const droppingPartners = partnerNames.filter((name) => name !== 'social-services');
