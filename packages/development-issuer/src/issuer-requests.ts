import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoginInteraction } from './login-interaction.ts';
import type { IssuerLogger } from './options.ts';
import { sayOnPage } from './page.ts';
import { sessionCookieName } from './provider-configuration.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface IssuerRequestParts {
  readonly url: string;
  readonly login: LoginInteraction;
  readonly provider: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly logger: IssuerLogger;
}

/** What the issuer does with a request: its own pages, and the rest for `oidc-provider`. */
export function createIssuerRequests({ url, login, provider, logger }: IssuerRequestParts) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    // A web page whose name resolves to 127.0.0.1 (DNS rebinding) would be inside the only protection there is.
    if (!isLoopbackHost(request.headers.host)) {
      sayOnPage(response, 421, 'Wrong address', `This issuer is at ${url}.`);
      return;
    }
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/' && request.method === 'GET') {
      sayOnPage(response, 200, 'Development issuer', 'It logs invented people in to Tavolo.');
    } else if (path.startsWith('/login/')) {
      if (!isAskedHere(request, url)) {
        sayOnPage(response, 403, 'Not from here', 'Log in on the page of the issuer itself.');
        return;
      }
      login(request, response).catch((error: unknown) => {
        logger.warn({ err: error }, 'a login of the development issuer failed');
        if (!response.headersSent) sayOnPage(response, 500, 'Login failed', 'See the log.');
      });
    } else {
      forgetSession(request);
      void provider(request, response);
    }
  };
}

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopbackNames.has(host.replace(/:\d+$/u, '').toLowerCase());
}

/** Another site may show a link to a login, and may not press its button. */
function isAskedHere({ method, headers }: IncomingMessage, url: string): boolean {
  if (method === 'GET') return true;
  return method === 'POST' && (headers.origin === undefined || headers.origin === url);
}

/** Without it, whoever logged in last would have to be logged out before somebody else can be chosen. */
function forgetSession(request: IncomingMessage): void {
  const cookies = request.headers.cookie?.split(/;\s*/u);
  if (cookies === undefined) return;
  const kept = cookies.filter((cookie) => !cookie.startsWith(sessionCookieName));
  request.headers.cookie = kept.join('; ');
}
