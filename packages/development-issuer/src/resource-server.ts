import { scopes } from '@tavolo/access-model';
import type { ResourceServer } from 'oidc-provider';
import type { DevelopmentIssuerSettings } from './options.ts';

/** What a token for `resource` looks like; null for what this issuer knows nothing of. */
export function resourceServerOf(
  resource: string,
  settings: DevelopmentIssuerSettings,
): ResourceServer | null {
  if (!settings.audiences.includes(resource)) return null;
  return {
    audience: resource,
    scope: scopes.join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: settings.tokenLifetimeSeconds,
    jwt: { sign: { alg: 'ES256' } },
  };
}
