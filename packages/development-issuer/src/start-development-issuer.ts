import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDemoAccountGrant } from './demo-account-grant.ts';
import { createDemoAccounts } from './demo-accounts.ts';
import { createIssuerRequests } from './issuer-requests.ts';
import { readOrDrawSecrets } from './issuer-secrets.ts';
import { loadProvider } from './load-provider.ts';
import { createLoginInteraction } from './login-interaction.ts';
import { openLoginStore } from './login-store.ts';
import { type DevelopmentIssuerOptions, developmentIssuerOptions } from './options.ts';
import { sayOnPage } from './page.ts';
import { providerConfiguration } from './provider-configuration.ts';

export interface DevelopmentIssuer {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the identity provider of invented accounts. There is no password: it listens on this machine only,
 * answers no other name, and says on every page what it is.
 */
export async function startDevelopmentIssuer(
  options: DevelopmentIssuerOptions,
): Promise<DevelopmentIssuer> {
  const { logger, ...rest } = options;
  const settings = developmentIssuerOptions.parse(rest);
  await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 });
  const [{ Provider, errors, interactionPolicy }, secrets, store] = await Promise.all([
    loadProvider(logger),
    readOrDrawSecrets(settings.dataFolder),
    openLoginStore(settings.dataFolder),
  ]);

  // The port is known only when it listens, and the issuer's name has it.
  let answer: RequestListener = (_request, response) =>
    sayOnPage(response, 503, 'Starting', 'The development issuer is starting.');
  const server = createServer((request, response) => answer(request, response));
  server.requestTimeout = 10_000;
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  const url = `http://${settings.host === '::1' ? '[::1]' : settings.host}:${port}`;

  const loginPolicy = interactionPolicy.base();
  loginPolicy.remove('consent');
  const accounts = createDemoAccounts(settings.accounts, settings.guestRoles, secrets);
  const provider = new Provider(
    url,
    providerConfiguration({ settings, accounts, secrets, store, errors, loginPolicy }),
  );
  provider.on('server_error', (_ctx, error) =>
    logger.warn({ err: error }, 'the development issuer failed'),
  );
  addDemoAccountGrant(provider, accounts, settings, errors);
  answer = createIssuerRequests({
    url,
    login: createLoginInteraction(provider, accounts),
    provider: provider.callback(),
    logger,
  });
  logger.info({ url }, 'development issuer: invented accounts, no passwords');
  return {
    issuer: url,
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.flush();
    },
  };
}
