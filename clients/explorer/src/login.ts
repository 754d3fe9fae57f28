import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** Somebody who has logged in; ends with the page, since a shared desk computer must not stay logged in. */
export interface Session {
  /** `null` = nobody asks for one here. */
  readonly accessToken: string | null;
  readonly name: string;
  /** `null` = the account has none, and so reads nothing of the graph. */
  readonly purposeId: string | null;
  readonly roles: readonly string[];
  logOut(): Promise<void>;
}

/** The login: OpenID Connect, code and PKCE, at the issuer the gateway names. */
export interface Login {
  /** Ends a login that brought the browser back here; `undefined` when there is none. */
  finish(): Promise<Session | undefined>;
  /** Leaves the page for the issuer's. */
  start(): Promise<void>;
}

export async function createLogin(): Promise<Login> {
  const response = await fetch(new URL('login.json', window.location.href));
  const settings: unknown = await response.json();
  if (isOpen(settings)) return openLogin(settings.openAs);
  if (!isSettings(settings)) throw new Error('The gateway does not say where to log in.');
  const manager = new UserManager({
    authority: settings.issuer,
    client_id: settings.clientId,
    redirect_uri: new URL('callback', window.location.href).href,
    resource: 'urn:tavolo:graph',
    scope: 'openid figures:read people:read diagnostics:read',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    // The verifier of the login under way has to outlive one redirect, and nothing else does.
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    automaticSilentRenew: false,
    loadUserInfo: false,
  });
  return {
    start: () => manager.signinRedirect(),
    async finish() {
      if (!window.location.pathname.endsWith('/callback')) return undefined;
      try {
        const user = await manager.signinCallback(window.location.href);
        if (!user) return undefined;
        const claims = claimsOf(user.access_token);
        return {
          accessToken: user.access_token,
          name: user.profile.name ?? user.profile.sub,
          purposeId: typeof claims['purposeId'] === 'string' ? claims['purposeId'] : null,
          roles: Array.isArray(claims['roles']) ? claims['roles'].map(String) : [],
          logOut: async () => {
            await manager.removeUser();
            window.location.assign('./');
          },
        };
      } finally {
        // The code is used up; it has no business in the address line or the history.
        window.history.replaceState(null, '', './');
      }
    },
  };
}

/** `tavolo subgraph dev` has invented data and no login; a hub's gateway never says so, and would ask for a token. */
function isOpen(value: unknown): value is { openAs: { name: string; roles: readonly string[] } } {
  const openAs: unknown =
    typeof value === 'object' && value !== null && 'openAs' in value ? value.openAs : undefined;
  return (
    typeof openAs === 'object' &&
    openAs !== null &&
    'name' in openAs &&
    typeof openAs.name === 'string' &&
    'roles' in openAs &&
    Array.isArray(openAs.roles)
  );
}

function openLogin({ name, roles }: Pick<Session, 'name' | 'roles'>): Login {
  const session: Session = {
    accessToken: null,
    name,
    purposeId: 'development',
    roles,
    logOut: async () => window.location.reload(),
  };
  return { start: async () => undefined, finish: async () => session };
}

function isSettings(value: unknown): value is { issuer: string; clientId: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'issuer' in value &&
    typeof value.issuer === 'string' &&
    'clientId' in value &&
    typeof value.clientId === 'string'
  );
}

/** What the token says, to show it; whether it is true is for the gateway to find out. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(
    atob(payload.replaceAll('-', '+').replaceAll('_', '/')),
    (character) => character.charCodeAt(0),
  );
  // A JWT's payload is a JSON object.
  return JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
}
