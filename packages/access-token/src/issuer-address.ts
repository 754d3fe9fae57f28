const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether keys may be fetched from here: over TLS, or from this very machine, where nobody is in between.
 * No user name or password in it, and no fragment.
 */
export function isTrustworthyAddress(url: URL): boolean {
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackNames.has(url.hostname));
}

/**
 * Whether an issuer may keep its keys there. Over TLS it may name another host, as large providers do; an
 * issuer of this machine only itself, or it could send the hub to any service that listens here.
 */
export function mayKeepKeysAt(issuer: URL, keys: URL): boolean {
  if (!isTrustworthyAddress(keys)) return false;
  if (issuer.origin === keys.origin) return true;
  return issuer.protocol === 'https:' && keys.protocol === 'https:';
}

/** Where an issuer publishes where its keys are (OpenID Connect Discovery 1.0, 4). */
export function discoveryAddress(issuer: string): URL {
  return new URL(`${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`);
}
