import { createDeadline } from '@tavolo/deadline';

const timeoutMs = 5_000;

/** Asks the gateway whether it answers questions; nobody there means no. */
export async function isGatewayReady(gatewayUrl: string, signal: AbortSignal): Promise<boolean> {
  const deadline = createDeadline(timeoutMs, signal);
  try {
    const response = await fetch(new URL('/health/ready', gatewayUrl), { signal: deadline.signal });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  } finally {
    deadline.release();
  }
}
