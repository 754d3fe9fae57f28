import { createDeadline } from '@tavolo/deadline';
import { z } from 'zod';

const timeoutMs = 5_000;

/** Of the gateway's health page only this: a partner that is missing costs its own facts, not those of all. */
const health = z.object({ gate: z.object({ isOpen: z.boolean() }) });

/** Asks the gateway whether it answers questions, whoever of the partners is down; nobody there means no. */
export async function isGatewayReady(gatewayUrl: string, signal: AbortSignal): Promise<boolean> {
  const deadline = createDeadline(timeoutMs, signal);
  try {
    const response = await fetch(new URL('/health/ready', gatewayUrl), { signal: deadline.signal });
    return health.parse(await response.json()).gate.isOpen;
  } catch {
    return false;
  } finally {
    deadline.release();
  }
}
