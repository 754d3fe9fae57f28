import { UsageError } from '../cli-error.ts';

/** What tokens are for unless told: asking the graph. */
export const graphResource = 'urn:tavolo:graph';
/** Reading and changing what the registry keeps. */
export const registryResource = 'urn:tavolo:registry';

/** `graph` and `registry` are the hub's two; another may be named in full. */
export function readResource(asked: string): string {
  if (asked === 'graph') return graphResource;
  if (asked === 'registry') return registryResource;
  if (/^[a-z][a-z\d+.-]*:[\x21-\x7e]+$/u.test(asked)) return asked;
  throw new UsageError('--resource: graph, registry, or a URN such as urn:tavolo:graph');
}

/** What to run to have a token, in full. */
export function howToLogIn(resource: string, issuer: string | undefined): string {
  const forResource =
    resource === graphResource
      ? ''
      : resource === registryResource
        ? ' --resource registry'
        : ` --resource ${resource}`;
  const at = issuer === undefined || issuer === defaultIssuer ? '' : ` --issuer ${issuer}`;
  const isOfThisMachine =
    issuer === undefined || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]?/u.test(issuer);
  const invented =
    resource === registryResource && isOfThisMachine
      ? ' (at the hub of npm start with an invented account: --demo-account hub-operator, partner-it-NAME or privacy-officer-NAME, NAME being the institution)'
      : '';
  return `run tavolo login${forResource}${at}${invented}`;
}

/** The issuer of `npm start`. */
export const defaultIssuer = 'http://127.0.0.1:4010';
