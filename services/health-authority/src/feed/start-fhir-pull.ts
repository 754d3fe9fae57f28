import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@tavolo/process-kit';
import { FhirServerError } from './fhir-client.ts';
import { type FhirPullOptions, pullFhir } from './pull-fhir.ts';

export interface RunningFhirPull {
  close(): Promise<void>;
}

/** Pulls every `intervalMs`; a failed pull is logged by its code and done again at the next turn. */
export function startFhirPull(
  options: Omit<FhirPullOptions, 'client'> & {
    readonly client: Omit<FhirPullOptions['client'], 'signal'>;
    readonly intervalMs: number;
    readonly onTakenIn: () => void;
    readonly logger: Logger;
  },
): RunningFhirPull {
  const closing = new AbortController();
  const { signal } = closing;
  const run = async () => {
    while (!signal.aborted) {
      try {
        const news = await pullFhir({ ...options, client: { ...options.client, signal } });
        if (news > 0) {
          options.onTakenIn();
          options.logger.info({ resources: news }, 'FHIR resources pulled');
        }
      } catch (cause) {
        if (closing.signal.aborted) return;
        const code = cause instanceof FhirServerError ? cause.code : 'FAILED';
        options.logger.warn({ code, err: cause }, 'FHIR pull failed');
      }
      // Rejects when closing, which is the end of the loop.
      await delay(options.intervalMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}
