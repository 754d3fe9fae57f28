import {
  type AllowedNetworks,
  createCheckedLookup,
  refuseLiteralAddress,
} from '@tavolo/routing-address';
import { buildConnector } from 'undici';

/** How a socket is opened besides the check of its address. */
export interface ConnectorOptions {
  readonly timeoutMs: number;
  /** Whether HTTP/2 is offered over TLS (ALPN); the partner chooses. */
  readonly offersHttp2?: boolean;
  /** Authorities trusted in place of those of the system, as PEM. */
  readonly authorities?: string;
}

/** Opens sockets to addresses that the hub may connect to, and to no others, whatever a name leads to by now. */
export function createCheckedConnector(
  allowed: AllowedNetworks,
  options: ConnectorOptions,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: options.timeoutMs,
    lookup: createCheckedLookup(allowed),
    allowH2: options.offersHttp2 ?? false,
    ...(options.authorities === undefined ? {} : { ca: options.authorities }),
  });
  return (target, callback) => {
    try {
      refuseLiteralAddress(target.hostname, allowed);
    } catch (error) {
      // As a socket's own error: after the call, never during it.
      const refused = error instanceof Error ? error : new Error(String(error));
      process.nextTick(() => callback(refused, null));
      return;
    }
    connect(target, callback);
  };
}
