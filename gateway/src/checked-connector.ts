import {
  type AllowedNetworks,
  createCheckedLookup,
  refuseLiteralAddress,
} from '@tavolo/routing-address';
import { buildConnector } from 'undici';

/** Opens sockets to addresses that the hub may connect to, and to no others, whatever a name leads to by now. */
export function createCheckedConnector(
  allowed: AllowedNetworks,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: createCheckedLookup(allowed) });
  return (options, callback) => {
    try {
      refuseLiteralAddress(options.hostname, allowed);
    } catch (error) {
      // As a socket's own error: after the call, never during it.
      const refused = error instanceof Error ? error : new Error(String(error));
      process.nextTick(() => callback(refused, null));
      return;
    }
    connect(options, callback);
  };
}
