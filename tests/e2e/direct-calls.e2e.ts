import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Caller,
  type ContextSigningKey,
  contextHeader,
  contextIssuer,
  createContextSigner,
} from '@tavolo/caller-context';
import { subgraphNames } from '@tavolo/embedded-hub';
import { beforeAll, describe, expect, inject, it } from 'vitest';

const { subgraphUrls, folder } = inject('sharedHub');
const body = JSON.stringify({ query: '{ __typename }' });
const someone: Caller = {
  organisation: 'social-services',
  partner: 'social-services',
  user: 'somebody-invented',
  roles: ['case-worker'],
  purposeId: 'integrated-care',
  purposeVersion: 1,
  categories: [],
  districts: null,
  requestId: 'journey-of-a-direct-call',
};

let key: ContextSigningKey;
let foreignKey: ContextSigningKey;
beforeAll(async () => {
  // Whoever stole the gateway's folder has this; what follows is what a subgraph still refuses then.
  const read = async (keeper: string, name: string) => {
    const secrets = JSON.parse(
      await readFile(join(folder, keeper, 'secrets.json'), 'utf8'),
    ) as Record<string, ContextSigningKey>;
    const found = secrets[name];
    if (!found) throw new Error(`${keeper} has no ${name}`);
    return found;
  };
  key = await read('gateway', 'contextKey');
  foreignKey = { ...(await read('registry', 'signingKey')), kid: key.kid };
});

const sign = (audience: string, signingKey = key) =>
  createContextSigner({
    key: signingKey,
    issuer: contextIssuer,
    now: () => new Date(),
    newId: () => randomUUID(),
  }).sign(someone, audience, body);

describe.each(subgraphNames)('%s, called without the gateway', (name) => {
  async function call(context: string | null, text = body) {
    const response = await fetch(`${subgraphUrls[name] ?? ''}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(context === null ? {} : { [contextHeader]: context }),
      },
      body: text,
    });
    // What a subgraph refuses with.
    const answer = (await response.json()) as {
      errors?: readonly { readonly extensions: { readonly reason?: string } }[];
      data?: unknown;
    };
    return [response.status, answer.errors?.[0]?.extensions.reason, answer.data];
  }

  it('refuses a call without a context, with a token in its place, or signed by somebody else', async () => {
    expect(await call(null)).toEqual([401, 'CONTEXT_MISSING', undefined]);
    expect(await call('Bearer invented')).toEqual([401, 'CONTEXT_INVALID', undefined]);
    expect(await call(sign(name, foreignKey))).toEqual([401, 'CONTEXT_INVALID', undefined]);
  });

  it('refuses a context for another institution', async () => {
    const other = subgraphNames.find((each) => each !== name) ?? '';
    expect(await call(sign(other))).toEqual([401, 'CONTEXT_INVALID', undefined]);
  });

  it('takes a context once, and for the body it was signed for', async () => {
    const context = sign(name);
    expect(await call(context)).toEqual([200, undefined, { __typename: 'Query' }]);
    expect(await call(context)).toEqual([401, 'CONTEXT_REPLAYED', undefined]);
    expect(await call(sign(name), body.replace('__typename', 'x: __typename'))).toEqual([
      401,
      'BODY_CHANGED',
      undefined,
    ]);
  });
});
