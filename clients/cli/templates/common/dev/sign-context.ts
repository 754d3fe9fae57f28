import { createPrivateKey, type JsonWebKey, randomUUID, sign } from 'node:crypto';
import type { Caller } from '../src/hub/caller.ts';
import { contextType, digestOf } from '../src/hub/verify-context.ts';

export type SigningKey = JsonWebKey & { readonly kid: string };

/** An invented case worker who may see whatever there is; `changes` make somebody else of it. */
export function inventedCaller(changes: Partial<Caller> = {}): Caller {
  return {
    organisation: 'invented-district',
    partner: null,
    user: 'u-invented',
    roles: ['case-worker'],
    purposeId: 'invented-purpose',
    purposeVersion: 1,
    categories: ['HEALTH'],
    districts: null,
    requestId: randomUUID(),
    ...changes,
  };
}

/** What the gateway would send as `tavolo-context` with this body; `claims` make a wrong one of it. */
export function signContext(
  key: SigningKey,
  {
    audience,
    body,
    caller = inventedCaller(),
    now = new Date(),
    claims = {},
  }: {
    readonly audience: string;
    readonly body: string;
    readonly caller?: Caller;
    readonly now?: Date;
    readonly claims?: object;
  },
): string {
  const iat = Math.floor(now.getTime() / 1000);
  const payload = {
    iss: 'tavolo-gateway',
    aud: audience,
    iat,
    exp: iat + 60,
    jti: randomUUID(),
    digest: digestOf(body),
    caller,
    ...claims,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode({ alg: 'EdDSA', typ: contextType, kid: key.kid })}.${encode(payload)}`;
  const seal = sign(null, Buffer.from(input), createPrivateKey({ key, format: 'jwk' }));
  return `${input}.${seal.toString('base64url')}`;
}
