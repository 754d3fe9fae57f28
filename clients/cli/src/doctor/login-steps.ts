import { z } from 'zod';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { goodLogin } from '../login/good-login.ts';
import { type Login, loginFolder, readLogins } from '../login/logins.ts';
import { graphResource, howToLogIn, registryResource } from '../login/resources.ts';
import type { Host } from './connection-steps.ts';
import { reached } from './connection-steps.ts';
import {
  type DoctorStep,
  type Finding,
  good,
  type NotTried,
  note,
  notTried,
  wrong,
} from './doctor-step.ts';
import { lookHttp } from './look-http.ts';

const tokenClaims = z.object({
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: z.number().optional(),
  purposeId: z.string().optional(),
  purpose_id: z.string().optional(),
  cnf: z.object({ jkt: z.string().optional() }).optional(),
});

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.unknown()).min(1) });

export interface LoginStepsOptions {
  readonly surroundings: CliSurroundings;
  readonly issuer: Host | null;
  readonly now: () => Date;
  readonly timeoutMs: number;
}

/** The identity provider, and who this command line is. Tokens are read here and told nowhere. */
export function loginSteps({
  surroundings,
  issuer,
  now,
  timeoutMs,
}: LoginStepsOptions): DoctorStep[] {
  let jwksUri: string | undefined;
  const logins = () => readLogins(loginFolder(surroundings.env));

  async function lookDiscovery(host: Host): Promise<Finding> {
    const base = host.url.href.replace(/\/$/u, '');
    const { status, json } = await lookHttp(
      new URL(`${base}/.well-known/openid-configuration`),
      timeoutMs,
    );
    const read = discovery.safeParse(json);
    if (!read.success) {
      return wrong(
        `it answers ${status} where an identity provider describes itself`,
        'Is this the issuer of the hub? tavolo login --issuer URL takes another.',
      );
    }
    jwksUri = read.data.jwks_uri;
    if (read.data.issuer.replace(/\/$/u, '') === base) return good('it describes itself');
    return wrong(
      'it calls itself by another name than this address',
      'Log in with the address it calls itself by (tavolo login --issuer URL): the hub compares them letter by letter.',
    );
  }

  async function lookKeys(): Promise<Finding> {
    const url = jwksUri !== undefined && URL.canParse(jwksUri) ? new URL(jwksUri) : null;
    const { status, json } =
      url === null ? { status: 0, json: null } : await lookHttp(url, timeoutMs);
    const read = keySet.safeParse(json);
    if (read.success) return good(`${read.data.keys.length} keys`);
    return wrong(
      `no keys come from its jwks_uri (${status})`,
      'Whoever runs the issuer looks at its jwks_uri: without keys nobody’s token can be verified.',
    );
  }

  async function lookToken(resource: string): Promise<Finding | NotTried> {
    const found = await logins();
    const login = Object.hasOwn(found, resource) ? found[resource] : undefined;
    if (login === undefined) {
      const advice = capital(`${howToLogIn(resource, issuer?.url.href.replace(/\/$/u, ''))}.`);
      return resource === graphResource
        ? notTried(
            'nobody is logged in for the graph',
            `${advice} (To ask questions; to publish, the registry is enough.)`,
          )
        : wrong('nobody is logged in for the registry', advice);
    }
    return judgeToken(resource, login);
  }

  async function judgeToken(resource: string, login: Login): Promise<Finding> {
    const claims = readClaims(login.accessToken);
    const again = capital(`${howToLogIn(resource, login.issuer)}.`);
    if (claims === null)
      return good(`until ${login.expiresAt}; not of a kind that can be read here`);
    const ends = claims.exp === undefined ? null : new Date(claims.exp * 1000);
    const audiences = [claims.aud ?? []].flat();
    if (audiences.length > 0 && !audiences.includes(resource)) {
      return wrong('the token is for something else (audience)', again);
    }
    if (claims.iss !== undefined && claims.iss.replace(/\/$/u, '') !== login.issuer) {
      return wrong('the token is of another issuer than the one that was asked', again);
    }
    if (ends !== null && ends < now()) {
      const renewed = await goodLogin(resource, surroundings).catch(() => null);
      // Where the login does not know that it ended, the same token comes back.
      if (renewed === null || renewed.accessToken === login.accessToken)
        return wrong(`the token ended at ${ends.toISOString()}, and no new one is given`, again);
      return good('the token had ended; a new one was given');
    }
    const until = ends === null ? 'without an end' : `until ${ends.toISOString()}`;
    const purpose = claims.purposeId ?? claims.purpose_id;
    if (resource === graphResource && purpose === undefined) {
      return note(
        `${until}, without a purpose`,
        'Questions about people take one: tavolo login --purpose ID.',
      );
    }
    return good(purpose === undefined ? until : `${until}, for the purpose ${purpose}`);
  }

  async function lookDpop(): Promise<Finding> {
    const { [registryResource]: login } = await logins();
    const claims = login === undefined ? null : readClaims(login.accessToken);
    if (claims?.cnf?.jkt === undefined) return good('the token is not bound to a key');
    return wrong(
      'the token is bound to a key (DPoP) that this command line does not have',
      'Have the issuer give this client (tavolo-cli) bearer tokens, or use the program whose key it is.',
    );
  }

  const ofIssuer: DoctorStep[] =
    issuer === null
      ? []
      : [
          {
            code: 'ISSUER_DISCOVERY',
            title: 'The identity provider describes itself',
            needs: [reached(issuer)],
            look: () => lookDiscovery(issuer),
          },
          {
            code: 'ISSUER_KEYS',
            title: 'The identity provider shows its keys',
            needs: ['ISSUER_DISCOVERY'],
            look: lookKeys,
          },
        ];
  return [
    ...ofIssuer,
    {
      code: 'TOKEN_REGISTRY',
      title: 'There is a token for the registry, and it holds',
      needs: [],
      look: () => lookToken(registryResource),
    },
    {
      code: 'TOKEN_GRAPH',
      title: 'There is a token for the graph, and it holds',
      needs: [],
      look: () => lookToken(graphResource),
    },
    {
      code: 'TOKEN_KEY',
      title: 'The token needs no key, or the key is here (DPoP)',
      needs: ['TOKEN_REGISTRY'],
      look: lookDpop,
    },
  ];
}

/** Of one's own token: nothing is verified, since nothing is granted by it here. */
function readClaims(token: string): z.infer<typeof tokenClaims> | null {
  const [, payload = ''] = token.split('.');
  try {
    const read = tokenClaims.safeParse(
      JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')),
    );
    return read.data ?? null;
  } catch {
    return null;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
