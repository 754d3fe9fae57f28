import { join } from 'node:path';
import {
  type DemoAccount,
  type DevelopmentIssuer,
  startDevelopmentIssuer,
} from '@tavolo/development-issuer';
import { createLogger } from '@tavolo/process-kit';
import { decodeJwt } from 'jose';
import { publicHalf } from '../draw-signing-key.ts';
import { type EnvironmentOptions, registryEnvironment } from '../hub-environment.ts';
import { defaultIssuerPort } from '../process-name.ts';
import { demoAccounts, factLoaderClient } from './demo-accounts.ts';
import { demoToken } from './demo-token.ts';
import type { Registration } from './register-demo.ts';
import { settleOrganisations } from './settle-registration.ts';

export interface AccessOptions {
  readonly environment: EnvironmentOptions;
  readonly databaseUrl: string;
  readonly furtherAccounts: readonly DemoAccount[];
  readonly furtherFactPurposes: readonly string[];
  /** Starts the registry's process and says where it listens. */
  readonly startRegistry: (env: Record<string, string>) => Promise<{ readonly url: string }>;
  /** Told as soon as it runs, so that it is closed whatever happens next. */
  readonly onIssuer: (issuer: DevelopmentIssuer) => void;
}

export interface Access {
  readonly issuerUrl: string;
  readonly registryUrl: string;
  readonly registryEnv: Record<string, string>;
  /** How the demo's people speak to the registry. */
  readonly registration: Registration;
}

/** Who may ask: the issuer of the invented accounts, in this process, and the registry with the organisations. */
export async function startAccess(options: AccessOptions): Promise<Access> {
  const { environment } = options;
  const issuer = await startDevelopmentIssuer({
    host: '127.0.0.1',
    port: environment.ports === 'free' ? 0 : defaultIssuerPort,
    accounts: [...demoAccounts, ...options.furtherAccounts],
    guestRoles: ['partner-it', 'privacy-officer', 'case-worker'],
    machineClients: [
      {
        clientId: factLoaderClient,
        name: 'Fact loader of the table',
        jwks: { keys: [publicHalf(environment.secrets.factLoaderKey)] },
        purposes: ['table-facts', ...options.furtherFactPurposes],
      },
    ],
    // Wherever the gateway listens on this machine.
    explorerRedirectUris: ['127.0.0.1', 'localhost'].map(
      (host) => `http://${host}/explorer/callback`,
    ),
    tokenLifetimeSeconds: 8 * 3_600,
    dataFolder: join(environment.folder, 'development-issuer'),
    logger: createLogger({ name: 'development-issuer', level: 'error' }),
  });
  options.onIssuer(issuer);
  const issuerUrl = issuer.url;
  const operatorToken = await demoToken(issuerUrl, 'hub-operator', 'urn:tavolo:registry');
  const registryEnv = registryEnvironment(environment, {
    databaseUrl: options.databaseUrl,
    issuer: issuerUrl,
    operator: String(decodeJwt(operatorToken).sub),
  });
  const registry = await options.startRegistry(registryEnv);
  const registration: Registration = {
    registryUrl: registry.url,
    issuer: issuerUrl,
    tokenOf: (account) => demoToken(issuerUrl, account, 'urn:tavolo:registry'),
    // Purposes hold from the real day on, whatever day the province was drawn for.
    today: new Date().toISOString().slice(0, 10),
  };
  await settleOrganisations(join(environment.folder, 'registry'), registration);
  return { issuerUrl, registryUrl: registry.url, registryEnv, registration };
}
