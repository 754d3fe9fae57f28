import { join } from 'node:path';
import {
  defaultMllpPort,
  defaultPorts,
  type PartnerName,
  partnerNames,
  type SubgraphName,
} from './process-name.ts';
import type { HubSecrets } from './read-secrets.ts';

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
    PORT: portOf(options, 'person-index'),
    DATABASE_URL: databaseUrl,
    REF_SECRET: personIndex.refSecret,
    STORE_SECRET: personIndex.storeSecret,
    REVIEWER_TOKENS: JSON.stringify(personIndex.reviewerTokens),
    PARTNER_TOKENS: JSON.stringify(personIndex.partnerTokens),
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

export function gatewayEnvironment(
  options: EnvironmentOptions,
  port: number,
  urls: Readonly<Record<SubgraphName, string>>,
): Record<string, string> {
  return {
    ...commonEnvironment(options),
    PORT: String(port),
    SUBGRAPH_URLS: JSON.stringify(
      Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, `${url}/graphql`])),
    ),
  };
}

function portOf(options: EnvironmentOptions, name: SubgraphName): string {
  return options.ports === 'free' ? '0' : String(defaultPorts[name]);
}

/** The institutions that take files. */
export const droppingPartners = partnerNames.filter((name) => name !== 'social-services');
