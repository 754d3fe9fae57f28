import { randomUUID } from 'node:crypto';
import { contextHeader, contextIssuer, createContextVerifier } from '@tavolo/caller-context';
import { signedAsGateway } from '../call-headers.ts';
import { drawGatewayKey, publicKeysOf } from '../gateway-key.ts';

const subgraph = 'social-services';

export interface ContextCost {
  /** Microseconds of CPU, the digest of the body included. */
  readonly sign: number;
  readonly verify: number;
}

/** What one context costs whoever signs and whoever verifies it, by the CPU of this process. */
export function measureContexts(bodyBytes: number, count: number): ContextCost {
  const key = drawGatewayKey();
  const headers = signedAsGateway(key, subgraph);
  const verifier = createContextVerifier({
    keys: publicKeysOf(key),
    audience: subgraph,
    issuer: contextIssuer,
    now: () => new Date(),
  });
  const body = randomUUID()
    .repeat(Math.ceil(bodyBytes / 36))
    .slice(0, bodyBytes);
  const bytes = Buffer.from(body);
  const contexts: (string | undefined)[] = [];
  const sign = microsecondsOf(count, () => contexts.push(headers(body)[contextHeader]));
  const verify = microsecondsOf(count, (index) => verifier.verify(contexts[index], bytes));
  return { sign, verify };
}

function microsecondsOf(count: number, work: (index: number) => unknown): number {
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) work(index);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
