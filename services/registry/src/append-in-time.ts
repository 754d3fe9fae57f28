import type { EvidencePort, RegistryEvidence } from './evidence.ts';
import { Refusal } from './refusal.ts';

/** Everybody waits while one change is made, so evidence that does not come ends it. */
const evidenceTimeoutMs = 3_000;

/** Writes evidence before its change is kept, or refuses the change. */
export async function appendInTime(
  evidence: EvidencePort,
  ...records: readonly RegistryEvidence[]
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no evidence in time')), evidenceTimeoutMs);
  });
  async function append(): Promise<void> {
    for (const record of records) await evidence.append(record);
  }
  try {
    await Promise.race([append(), late]);
  } catch (cause) {
    const refusal = new Refusal('EVIDENCE_UNAVAILABLE', 'The evidence could not be written');
    refusal.cause = cause;
    throw refusal;
  } finally {
    clearTimeout(timer);
  }
}
