import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../gate/refusal.ts';

/**
 * Keeps other sites from asking through somebody's browser. The gateway takes no ambient credentials: a token is in
 * `authorization` and nowhere else, a browser adds `Bearer` or `DPoP` by itself to nothing, no answer carries a
 * CORS header, and only the names of this machine, or its public one, are answered. What is left is a page that
 * makes the browser ask blindly: questions that cost, and side channels such as their time.
 *
 * - A POST must be JSON. That content type is not CORS-safelisted, so a browser asks first
 *   (https://fetch.spec.whatwg.org/#cors-safelisted-request-header), and nobody is told yes.
 * - A GET may be written into any page. It is taken when it carries something that needs such a preflight: a token,
 *   or a header of the list below. Otherwise when nothing says that another site made it: Fetch Metadata
 *   (`Sec-Fetch-Site`, https://www.w3.org/TR/fetch-metadata/, which no page can set or leave out, and by which
 *   https://web.dev/articles/fetch-metadata would have servers decide), then `Origin` and `Referer` for browsers
 *   without it, as OWASP has it
 *   (https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html). A sibling
 *   host (`same-site`) is another origin. A cookie, which we never set, tells a browser that adds things by itself.
 *   A program sends none of these and is let through: nobody can be made to run it.
 * - A GET changes nothing: a mutation is refused whoever sends it.
 */
export function refusalOfForgery(
  method: string,
  headers: IncomingHttpHeaders,
  publicOrigin: string | undefined,
): Refusal | undefined {
  if (method === 'POST') return isJson(headers['content-type']) ? undefined : notJson;
  if (isPreflighted(headers)) return undefined;
  return isOfAnotherSite(headers, publicOrigin) ? otherSite : undefined;
}

function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  return (
    contentType === 'application/json' || /^\s*application\/json\s*(?:;|$)/iu.test(contentType)
  );
}

/** Not CORS-safelisted, and sent by clients of GraphQL for this very reason or with every question. */
const preflightedHeaders = [
  'apollo-require-preflight',
  'graphql-require-preflight',
  'x-apollo-operation-name',
  'x-requested-with',
  'dpop',
] as const;

function isPreflighted(headers: IncomingHttpHeaders): boolean {
  // `Basic` and `Negotiate` are added by the browser itself.
  return (
    /^(?:bearer|dpop) /iu.test(headers.authorization ?? '') ||
    isJson(headers['content-type']) ||
    preflightedHeaders.some((name) => headers[name] !== undefined)
  );
}

function isOfAnotherSite(headers: IncomingHttpHeaders, publicOrigin: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { host, origin, referer, cookie } = headers;
  const own = publicOrigin ?? `http://${host ?? ''}`;
  return (
    (origin !== undefined && !isOf(origin, own)) ||
    (referer !== undefined && !isOf(referer, own)) ||
    cookie !== undefined
  );
}

function isOf(address: string, own: string): boolean {
  return (
    URL.canParse(address) && URL.canParse(own) && new URL(address).origin === new URL(own).origin
  );
}

const notJson: Refusal = {
  status: 415,
  code: 'BAD_REQUEST',
  message: 'The body must be sent as application/json',
};

const otherSite: Refusal = {
  status: 403,
  code: 'BAD_REQUEST',
  reason: 'OTHER_SITE',
  message:
    'A GET that another site may have made a browser send is not taken: ask by POST, or send the header graphql-require-preflight',
};
