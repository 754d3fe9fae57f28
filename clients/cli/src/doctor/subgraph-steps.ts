import { randomUUID } from 'node:crypto';
import {
  type Caller,
  type ContextSigningKey,
  contextHeader,
  createContextSigner,
} from '@tavolo/caller-context';
import { diffSdl } from '@tavolo/conformance';
import { z } from 'zod';
import type { Host } from './connection-steps.ts';
import { reached } from './connection-steps.ts';
import {
  type DoctorStep,
  type Finding,
  good,
  type NotTried,
  notTried,
  wrong,
} from './doctor-step.ts';
import { type LookedHttp, lookHttp } from './look-http.ts';

const refusal = z.object({
  errors: z.array(
    z.object({ extensions: z.object({ code: z.string(), reason: z.string().optional() }) }),
  ),
});
const served = z.object({ data: z.object({ _service: z.object({ sdl: z.string() }) }) });

export interface SubgraphStepsOptions {
  readonly host: Host;
  /** Null = not named, so no right context can be made. */
  readonly name: string | null;
  readonly issuer: string;
  readonly contextKey: ContextSigningKey | null;
  readonly publishedSdl: () => Promise<string | null>;
  readonly now: () => Date;
  readonly timeoutMs: number;
}

/** Why a subgraph refuses what it should take, by the reason it gives. */
const reasons: Readonly<Record<string, string>> = {
  CONTEXT_MISSING: 'The header tavolo-context does not arrive: a proxy in front takes it away.',
  CONTEXT_INVALID:
    'It has another public key (or another kid), another name (aud) or another issuer (iss): compare GATEWAY_KEYS, its name, and GATEWAY_ISSUER.',
  CONTEXT_EXPIRED: 'Its clock is ahead of this one: keep both by NTP.',
  CONTEXT_REPLAYED:
    'Something between here and it sends each call twice: switch retries of the proxy off.',
  BODY_CHANGED: 'Something between here and it rewrites the body: it must pass byte by byte.',
  BUSY: 'It has no room to remember another context: try again in a minute.',
};

const question = JSON.stringify({ query: '{ _service { sdl } }' });

/** Whether a subgraph takes the gateway's calls and nobody else's, and serves what is published. */
export function subgraphSteps(options: SubgraphStepsOptions): DoctorStep[] {
  const { host, name, issuer, contextKey, now, timeoutMs } = options;
  const endpoint = new URL(host.url);
  if (endpoint.pathname === '/') endpoint.pathname = '/graphql';

  const ask = (context: string): Promise<LookedHttp> =>
    lookHttp(endpoint, timeoutMs, {
      method: 'POST',
      body: question,
      headers: { 'content-type': 'application/json', [contextHeader]: context },
    });
  const rightContext = (key: ContextSigningKey, subgraph: string): string =>
    createContextSigner({ key, issuer, now, newId: randomUUID }).sign(doctor, subgraph, question);

  async function lookReady(): Promise<Finding> {
    const { status } = await lookHttp(new URL('/health/ready', host.url), timeoutMs);
    if (status === 200) return good('it says so');
    if (status === 503)
      return wrong(
        'it says that it is not ready',
        'Its log says why: most often its database does not answer.',
      );
    return wrong(
      `/health/ready answers ${status}`,
      'It must answer 200 or 503 to anybody, without a context.',
    );
  }

  async function lookWrong(): Promise<Finding> {
    const { status, json } = await ask('no.right.context');
    const reason = refusal.safeParse(json).data?.errors[0]?.extensions.reason;
    if (status === 401 && reason !== undefined) return good(`401, ${codeOnly(reason)}`);
    if (status === 401)
      return wrong(
        '401 without a reason',
        'errors[0].extensions must have code UNAUTHENTICATED and a reason (VERIFYING-THE-CALLER.md).',
      );
    if (status === 200)
      return wrong(
        'it answers a call that nobody signed',
        'Stop it until it verifies tavolo-context before every question: whoever reaches it reads everything.',
      );
    return wrong(
      `it answers ${status} instead of 401`,
      'Is this the address of its GraphQL endpoint?',
    );
  }

  async function lookRight(): Promise<Finding | NotTried> {
    if (contextKey === null || name === null)
      return notTried('no key was given (--context-key), or no name (--name)');
    const { status, json } = await ask(rightContext(contextKey, name));
    if (status === 200 && served.safeParse(json).success) return good('200');
    const reason = refusal.safeParse(json).data?.errors[0]?.extensions.reason ?? '';
    const advice = Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
    return wrong(
      `${status} ${codeOnly(reason)}`.trim(),
      advice ?? 'Its log says why; tavolo subgraph conformance tries one thing after another.',
    );
  }

  async function lookSchema(): Promise<Finding | NotTried> {
    if (contextKey === null || name === null) return notTried('no key was given (--context-key)');
    const published = await options.publishedSdl();
    if (published === null) return notTried('nothing is published yet');
    const { json } = await ask(rightContext(contextKey, name));
    const read = served.safeParse(json);
    const differences = read.success ? diffSdl(published, read.data.data._service.sdl) : null;
    if (differences === null)
      return wrong('what it serves could not be read', 'tavolo subgraph conformance says more.');
    if (differences.length === 0) return good('no difference');
    const more = differences.length > 5 ? `, and ${differences.length - 5} more` : '';
    return wrong(
      `${differences.slice(0, 5).join('; ')}${more}`,
      'Publish what is served (tavolo subgraph publish), or install what is published.',
    );
  }

  return [
    {
      code: 'SUBGRAPH_READY',
      title: 'The subgraph is ready',
      needs: [reached(host)],
      look: lookReady,
    },
    {
      code: 'SUBGRAPH_REFUSES_STRANGERS',
      title: 'The subgraph refuses a call that the gateway did not sign',
      needs: [reached(host)],
      look: lookWrong,
    },
    {
      code: 'SUBGRAPH_TAKES_GATEWAY',
      title: 'The subgraph takes a call with a right context',
      needs: [reached(host)],
      look: lookRight,
    },
    {
      code: 'SCHEMA_AS_PUBLISHED',
      title: 'The subgraph serves what is published',
      needs: ['SUBGRAPH_TAKES_GATEWAY', 'REGISTRY_KNOWS_YOU'],
      look: lookSchema,
    },
  ];
}

/** Whoever it is, it may see nobody. */
const doctor: Caller = {
  organisation: 'doctor',
  partner: null,
  user: 'u-doctor',
  roles: ['partner-it'],
  purposeId: 'doctor',
  purposeVersion: 1,
  categories: [],
  districts: [],
  requestId: 'doctor-look',
};

const codeOnly = (text: string): string => (/^[A-Z][A-Z_]{0,63}$/u.test(text) ? text : '');
