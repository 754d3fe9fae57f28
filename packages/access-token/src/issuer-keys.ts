import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { fetchJson } from './fetch-json.ts';
import { discoveryAddress, mayKeepKeysAt } from './issuer-address.ts';

/** How an issuer's keys are followed. */
export interface KeyRotation {
  /** At most one reading in this time: a token with an unknown key asks for one. 5 seconds unless told. */
  readonly cooldownMs: number;
  /** While keys are younger nobody waits; from half of it on they are read anew in the background. 60 seconds. */
  readonly freshMs: number;
  /** Older keys open nothing: for so long the hub goes on when the issuer does not answer. 5 minutes. */
  readonly maxAgeMs: number;
}

/** One published set of keys; the same object for as long as the issuer publishes the same. */
export interface KeySnapshot {
  readonly findKey: JWTVerifyGetKey;
}

export interface IssuerKeys {
  /** The keys when they are young enough to be used without asking; begins the next reading in time. */
  fresh(): KeySnapshot | null;
  /** The keys, read anew when they are not fresh; null when there are none that may be trusted. */
  current(): Promise<KeySnapshot | null>;
  /** After a token named a key that is not among `known`: newer ones, or null within the cooldown. */
  newerThan(known: KeySnapshot): Promise<KeySnapshot | null>;
}

export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly jwksUrl?: string | undefined;
  readonly rotation: KeyRotation;
  readonly now: () => Date;
}

const metadata = z.looseObject({ issuer: z.string(), jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(50) });

/** Follows the keys of one issuer: bounded, one reading at a time, and never trusted beyond their age. */
export function createIssuerKeys(options: IssuerKeysOptions): IssuerKeys {
  const { rotation } = options;
  const nowMs = () => options.now().getTime();
  const readKeySet = createKeySetReader(options);
  let snapshot: (KeySnapshot & { readonly text: string }) | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    // The age counts from before the request: what it answers may have been true only then.
    const startedAt = nowMs();
    triedAt = startedAt;
    try {
      const keys = await readKeySet();
      const text = JSON.stringify(keys);
      if (snapshot?.text !== text) snapshot = { text, findKey: createLocalJWKSet(keys) };
      readAt = startedAt;
    } catch {
      // The last ones hold until their age; without any, `current` says so.
    } finally {
      reading = null;
    }
  };
  const readOnce = (): Promise<void> => {
    if (reading === null && nowMs() - triedAt < rotation.cooldownMs) return Promise.resolve();
    reading ??= read();
    return reading;
  };
  const notOlderThan = (ageMs: number) => (nowMs() - readAt <= ageMs ? snapshot : null);

  return {
    fresh() {
      if (notOlderThan(rotation.freshMs / 2) === null) void readOnce();
      return notOlderThan(rotation.freshMs);
    },
    async current() {
      if (notOlderThan(rotation.freshMs) === null) await readOnce();
      return notOlderThan(rotation.maxAgeMs);
    },
    async newerThan(known) {
      await readOnce();
      const newer = notOlderThan(rotation.maxAgeMs);
      return newer === known ? null : newer;
    },
  };
}

function createKeySetReader({ issuer, jwksUrl }: IssuerKeysOptions): () => Promise<JSONWebKeySet> {
  let address = jwksUrl === undefined ? null : new URL(jwksUrl);
  return async () => {
    address ??= await discover(issuer);
    try {
      return keySet.parse(await fetchJson(address));
    } catch (error) {
      // An issuer may have moved its keys: it is asked again where they are.
      if (jwksUrl === undefined) address = null;
      throw error;
    }
  };
}

async function discover(issuer: string): Promise<URL> {
  const found = metadata.parse(await fetchJson(discoveryAddress(issuer)));
  const address = new URL(found.jwks_uri);
  if (found.issuer !== issuer || !mayKeepKeysAt(new URL(issuer), address)) {
    throw new Error('metadata of another issuer, or keys in a place that is not trusted');
  }
  return address;
}
