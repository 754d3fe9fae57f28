import { randomUUID } from 'node:crypto';
import type { AnomalyWatch, EvidenceLog } from '@tavolo/evidence';
import type { Logger } from '@tavolo/process-kit';
import type { Evidence } from './evidence.ts';

/** What happens to an answer whose record could not be kept. */
export type EvidencePolicy = 'fail-closed' | 'count-and-alarm';

/** Keeps records in the log and watches them for access that is not as usual. */
export function createEvidence(parts: {
  readonly log: EvidenceLog;
  readonly policy: EvidencePolicy;
  readonly watch: AnomalyWatch;
  readonly now: () => Date;
  readonly logger: Logger;
}): Evidence {
  const { log, policy, watch, now, logger } = parts;
  let isKeeping = true;
  let lost = 0;
  return {
    get isKeeping() {
      return isKeeping;
    },
    async keep(record) {
      try {
        await log.append(record);
        isKeeping = true;
        watch.see(record);
        return true;
      } catch (error) {
        isKeeping = false;
        lost += 1;
        logger.error(
          { alarm: 'EVIDENCE_LOST', policy, lost, requestId: record.requestId, err: error },
          'an operation was not recorded',
        );
        return policy === 'count-and-alarm';
      }
    },
    noteFlood({ refusals, limit, windowFrom }) {
      log
        .append({
          kind: 'anomaly',
          at: now().toISOString(),
          anomaly: 'REFUSALS',
          organisation: null,
          purposeId: null,
          clientIp: null,
          measure: 'refusals',
          value: refusals,
          limit,
          windowFrom: windowFrom.toISOString(),
          requestId: randomUUID(),
        })
        .catch((error: unknown) => logger.error({ err: error }, 'a flood was not recorded'));
    },
    close: () => log.close(),
  };
}
