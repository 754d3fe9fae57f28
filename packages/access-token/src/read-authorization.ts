import { AccessTokenError } from './access-token-error.ts';

/** Larger tokens are refused unread; those of real providers stay under 4 KiB. */
export const maxTokenBytes = 8 * 1024;

/** A header as Node gives it: several values are no value that can be trusted. */
export type HeaderValue = string | readonly string[] | undefined;

export interface Credentials {
  readonly scheme: 'Bearer' | 'DPoP';
  readonly token: string;
}

/** Takes the token out of `authorization` (RFC 6750, RFC 9449): one value, one space, whatever follows. */
export function readAuthorization(authorization: HeaderValue): Credentials {
  const value = onlyValue(authorization);
  if (value === undefined || value === '') {
    throw new AccessTokenError('TOKEN_MISSING', 'no authorization header');
  }
  const space = value.indexOf(' ');
  const scheme = schemes.get((space === -1 ? value : value.slice(0, space)).toLowerCase());
  if (scheme === undefined) throw new AccessTokenError('TOKEN_MISSING', 'another scheme');
  const token = space === -1 ? '' : value.slice(space + 1);
  if (token === '') throw new AccessTokenError('TOKEN_MISSING', 'a scheme without a token');
  if (token.length > maxTokenBytes) throw new AccessTokenError('TOKEN_INVALID', 'too large');
  return { scheme, token };
}

const schemes: ReadonlyMap<string, Credentials['scheme']> = new Map([
  ['bearer', 'Bearer'],
  ['dpop', 'DPoP'],
]);

function onlyValue(header: HeaderValue): string | undefined {
  if (header === undefined || typeof header === 'string') return header;
  if (header.length > 1) throw new AccessTokenError('TOKEN_INVALID', 'several values');
  return header[0];
}
