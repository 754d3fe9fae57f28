import { pino } from 'pino';
import type { RunningServer } from '../src/hub/start-server.ts';
import { startService } from '../src/service.ts';
import type { EnrolmentStore } from '../src/store/enrolment-store.ts';
import { gateway } from './ask.ts';

/** For tests only. */
export const testSecret = 'a secret for tests only, of more than 32 characters';

/** The subgraph over this store, on a free port. */
export async function startTestService(store: EnrolmentStore): Promise<RunningServer> {
  return startService({
    store,
    gatewayKeys: gateway.publicKeys,
    issuer: 'tavolo-gateway',
    host: '127.0.0.1',
    port: 0,
    logger: pino({ level: 'silent' }),
    now: () => new Date(),
  });
}

/** A store with nothing in it. */
export const emptyStore: EnrolmentStore = {
  findByIds: async () => [],
  findByPersonKeys: async () => [],
  findPage: async () => [],
  status: async () => ({ asOf: null, completeness: null, stale: true }),
  isReady: async () => true,
  close: async () => undefined,
};
