import { afterAll, beforeAll, expect, it } from 'vitest';
import { signContext } from '../dev/sign-context.ts';
import type { RunningServer } from '../src/hub/start-server.ts';
import { ContextRefused, createContextVerifier } from '../src/hub/verify-context.ts';
import { subgraphName } from '../src/service.ts';
import { ask, gateway, send, stranger } from './ask.ts';
import { emptyStore, startTestService } from './start-test-service.ts';

const question = '{ __typename }';
const body = JSON.stringify({ query: question });
const seconds = () => Math.floor(Date.now() / 1000);
let service: RunningServer;
beforeAll(async () => {
  service = await startTestService(emptyStore);
});
afterAll(() => service.close());

const refusal = (reason: string) => ({
  status: 401,
  json: { errors: [{ extensions: { code: 'UNAUTHENTICATED', reason } }] },
});

it('answers the gateway', async () => {
  expect(await ask(service.url, question)).toMatchObject({
    status: 200,
    json: { data: { __typename: 'Query' } },
  });
});

it('answers nobody else, whatever the method', async () => {
  expect(await send(service.url, body, {})).toMatchObject(refusal('CONTEXT_MISSING'));
  const get = await fetch(`${service.url}/graphql?query=%7B__typename%7D`);
  expect(get.status).toBe(401);
});

it.each([
  ['signed with another key', { key: stranger.privateKey }, 'CONTEXT_INVALID'],
  ['meant for another subgraph', { claims: { aud: 'somebody-else' } }, 'CONTEXT_INVALID'],
  ['of another issuer', { claims: { iss: 'somebody-else' } }, 'CONTEXT_INVALID'],
  [
    'from the future',
    { claims: { iat: seconds() + 600, exp: seconds() + 660 } },
    'CONTEXT_INVALID',
  ],
  ['that holds for hours', { claims: { exp: seconds() + 7_200 } }, 'CONTEXT_INVALID'],
  ['that has lapsed', { claims: { iat: seconds() - 120, exp: seconds() - 60 } }, 'CONTEXT_EXPIRED'],
  ['of another body', { claims: { digest: 'SHA-256=AAAA' } }, 'BODY_CHANGED'],
])('refuses a context %s', async (_what, asking, reason) => {
  expect(await ask(service.url, question, asking)).toMatchObject(refusal(reason));
});

it('takes each context once', async () => {
  const context = signContext(gateway.privateKey, { audience: subgraphName, body });
  expect((await send(service.url, body, { 'tavolo-context': context })).status).toBe(200);
  const again = await send(service.url, body, { 'tavolo-context': context });
  expect(again).toMatchObject(refusal('CONTEXT_REPLAYED'));
});

it('refuses what is written in another way than the one canonical', async () => {
  const context = signContext(gateway.privateKey, { audience: subgraphName, body });
  for (const wrong of [`${context}=`, `${context}.x`, context.slice(0, -2), context.repeat(20)]) {
    const answer = await send(service.url, body, { 'tavolo-context': wrong });
    expect(answer).toMatchObject(refusal('CONTEXT_INVALID'));
  }
});

it('keeps refusing what it has forgotten when the clock is set back, and refuses all when its memory is full', () => {
  let clock = Date.parse('2026-11-22T10:00:00Z');
  const now = () => new Date(clock);
  const verifier = createContextVerifier({
    keys: gateway.publicKeys,
    audience: subgraphName,
    issuer: 'tavolo-gateway',
    now,
    maxRemembered: 2,
  });
  const make = () => signContext(gateway.privateKey, { audience: subgraphName, body, now: now() });
  const outcome = (context: string) => {
    try {
      verifier.verify(context, Buffer.from(body));
      return 'taken';
    } catch (error) {
      return error instanceof ContextRefused ? error.code : 'another error';
    }
  };
  const first = make();
  expect(outcome(first)).toBe('taken');
  expect(outcome(make())).toBe('taken');
  expect(outcome(make())).toBe('BUSY');
  clock += 70_000;
  expect(outcome(make())).toBe('taken');
  clock -= 70_000;
  expect(outcome(first)).toBe('CONTEXT_EXPIRED');
});
