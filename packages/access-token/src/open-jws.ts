import { z } from 'zod';
import { hasRepeatedNames } from './has-repeated-names.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Ways to bring a key of one's own, to change how the signature is read, or to hide another token inside.
 * Ignoring them would do; whoever sends one is up to something.
 */
const refusedParameters = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'cty'] as const;

const header = z.looseObject({
  alg: z.string().max(20),
  typ: z.string().max(40),
  kid: z.string().min(1).max(500).optional(),
});

const payload = z.record(z.string(), z.unknown());

/** The two readable parts of a compact JWS, not verified. */
export interface OpenedJws {
  readonly header: Readonly<z.infer<typeof header>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface OpenJwsOptions {
  /** A DPoP proof brings its key by definition; an access token never. */
  readonly mayBringKey: boolean;
}

/** Reads a compact JWS without believing it; null when its form alone is a reason to refuse it. */
export function openJws(jws: string, { mayBringKey }: OpenJwsOptions): OpenedJws | null {
  const [head = '', body = '', signature = '', ...rest] = jws.split('.');
  if (rest.length > 0 || ![head, body, signature].every(isCanonical)) return null;
  const opened = { header: parse(head, header), payload: parse(body, payload) };
  if (opened.header === null || opened.payload === null) return null;
  const { header: parameters } = opened;
  const refused = refusedParameters.some(
    (name) => Object.hasOwn(parameters, name) && !(mayBringKey && name === 'jwk'),
  );
  return refused ? null : { header: parameters, payload: opened.payload };
}

/**
 * The last character of base64url can carry bits that nobody reads: without this, one signature has several
 * writings, and a token that was changed would pass.
 */
function isCanonical(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

function parse<T>(part: string, shape: z.ZodType<T>): T | null {
  try {
    const text = decoder.decode(Buffer.from(part, 'base64url'));
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success && !hasRepeatedNames(text) ? parsed.data : null;
  } catch {
    return null;
  }
}
