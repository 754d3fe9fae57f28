import { appendInTime } from '../append-in-time.ts';
import type { EvidencePort, RegistryEvidence } from '../evidence.ts';
import type { Request } from '../keep-change.ts';
import type { RegistryStore, RegistryWriter } from '../store/registry-store.ts';

/** What a change of schemas was; who made it is added. */
export type SchemaEvidence = Omit<
  RegistryEvidence,
  'at' | 'organisation' | 'issuer' | 'clientId' | 'user' | 'requestId'
>;

export interface SchemaDecision<T> {
  readonly result: T;
  /** None = nothing was changed. */
  readonly evidence: readonly SchemaEvidence[];
}

export type KeepSchemaChange = <T>(
  request: Request,
  decide: (writer: RegistryWriter) => Promise<SchemaDecision<T>>,
) => Promise<T>;

export interface KeepSchemaChangeOptions {
  readonly store: Pick<RegistryStore, 'change'>;
  readonly evidence: EvidencePort;
  readonly now: () => Date;
  /** Told after every change that is kept; awaited, so that an answer means that streams have it. */
  readonly onChanged: () => Promise<void>;
}

/** The one way schemas change: decided under the lock, evidence written, all of it kept, told. */
export function createKeepSchemaChange(options: KeepSchemaChangeOptions): KeepSchemaChange {
  const { store, evidence, now, onChanged } = options;
  return async ({ caller, requestId }, decide) => {
    const { result, isChanged } = await store.change(async (writer) => {
      const decision = await decide(writer);
      const { organisation, issuer, clientId, user } = caller;
      const at = now().toISOString();
      await appendInTime(
        evidence,
        ...decision.evidence.map((record) => ({
          ...record,
          at,
          organisation,
          issuer,
          clientId,
          user,
          requestId,
        })),
      );
      return { result: decision.result, isChanged: decision.evidence.length > 0 };
    });
    if (isChanged) await onChanged();
    return result;
  };
}
