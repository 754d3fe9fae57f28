import { readFileSync } from 'node:fs';
import {
  type ContextSigningKey,
  contextKeys,
  contextRefusals,
  createContextSigner,
  createContextVerifier,
} from '@tavolo/caller-context';
import { expect, it } from 'vitest';

const text = readFileSync(new URL('../VERIFYING-THE-CALLER.md', import.meta.url), 'utf8');

/** What stands in the fenced block with this name. */
function block(name: string): string {
  const found = new RegExp(`\`\`\`\\w+ ${name}\\n([^\`]*)\n\`\`\``, 'u').exec(text)?.[1];
  if (found === undefined) throw new Error(`the document has no block ${name}`);
  return found;
}

const key: unknown = JSON.parse(block('key'));
const context = block('context').replaceAll('\n', '');
const at = (time: string) =>
  createContextVerifier({
    keys: contextKeys.parse({ keys: [key] }),
    audience: 'social-services',
    issuer: 'tavolo-gateway',
    now: () => new Date(time),
  });

it('the document’s example is what the code takes, once, and reads as it says', () => {
  const verifier = at('2026-11-22T10:00:00Z');
  const body = Buffer.from(block('body'));
  expect(verifier.verify(context, body)).toEqual(JSON.parse(block('caller')));
  expect(() => verifier.verify(context, body)).toThrow('CONTEXT_REPLAYED');
});

it('the document’s example is what the gateway signs', () => {
  const [, payload = ''] = context.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string };
  // The private half of the key that RFC 8037 publishes: nobody's.
  const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
  const signer = createContextSigner({
    key: { ...(key as ContextSigningKey), d },
    issuer: 'tavolo-gateway',
    now: () => new Date('2026-11-22T10:00:00Z'),
    newId: () => claims.jti,
  });
  const caller = JSON.parse(block('caller')) as Parameters<typeof signer.sign>[0];
  expect(signer.sign(caller, 'social-services', block('body'))).toBe(context);
});

it('the document names every reason a call is refused for', () => {
  for (const reason of contextRefusals) expect(text).toContain(reason);
});
