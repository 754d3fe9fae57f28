import { appendInTime } from './append-in-time.ts';
import type { RegistryCaller } from './caller.ts';
import type { EvidencePort, RegistryAction, RegistryEvidence } from './evidence.ts';
import { Refusal } from './refusal.ts';
import {
  ClientInUseError,
  type RegistryEntries,
  type RegistryEntry,
  type RegistryKind,
  type RegistryStore,
  type RegistryWriter,
} from './store/registry-store.ts';

/** Somebody's request. */
export interface Request {
  readonly caller: RegistryCaller;
  readonly requestId: string;
}

/** A change as it was decided; `after` is `before` itself when there is nothing to do. */
export interface Decision<K extends RegistryKind> {
  readonly before: EntryOf<K> | null;
  readonly after: EntryOf<K>;
  readonly action: RegistryAction;
  readonly details?: Pick<
    RegistryEvidence,
    'purposeVersion' | 'side' | 'coordinates' | 'categories'
  >;
}

export type EntryOf<K extends RegistryKind> = RegistryEntries[K];

export type KeepChange = <K extends RegistryKind>(
  request: Request,
  kind: K,
  decide: (writer: RegistryWriter) => Promise<Decision<K>>,
) => Promise<{ readonly entry: EntryOf<K>; readonly isNew: boolean }>;

export interface ChangeOptions {
  readonly store: RegistryStore;
  readonly evidence: EvidencePort;
  readonly now: () => Date;
  /** Told after every change that is kept; awaited, so that an answer means that streams have it. */
  readonly onChanged: () => Promise<void>;
}

const mostEntries: Readonly<Record<RegistryKind, number>> = {
  partner: 200,
  consumer: 1_000,
  purpose: 2_000,
};

/** The one way anything changes: decided under the lock, evidence written, kept, published. */
export function createKeepChange(options: ChangeOptions): KeepChange {
  const { store, evidence, now, onChanged } = options;
  return async (request, kind, decide) => {
    const kept = await store
      .change(async (writer) => {
        const { before, after, action, details } = await decide(writer);
        if (after === before) return { entry: after, isNew: false, isChanged: false };
        if (before === null && (await writer.count(kind)) >= mostEntries[kind]) {
          throw new Refusal(
            'LIMIT_REACHED',
            `The registry holds no more than ${mostEntries[kind]}`,
          );
        }
        // A generic kind and its entry belong together by Decision<K>; the union cannot see it.
        await writer.save({ kind, entry: after } as RegistryEntry);
        const { caller, requestId } = request;
        await appendInTime(evidence, {
          at: now().toISOString(),
          action,
          organisation: caller.organisation,
          issuer: caller.issuer,
          clientId: caller.clientId,
          user: caller.user,
          requestId,
          subject: { kind, id: after.id },
          revisionBefore: before?.revision ?? 0,
          revisionAfter: after.revision,
          registryVersion: writer.versionAfter,
          ...details,
        });
        return { entry: after, isNew: before === null, isChanged: true };
      })
      .catch((cause: unknown) => {
        if (!(cause instanceof ClientInUseError)) throw cause;
        throw new Refusal('IN_USE', 'A client belongs to another consumer', [
          { field: 'clients', rule: 'IN_USE', message: 'names a client of another consumer' },
        ]);
      });
    if (kept.isChanged) await onChanged();
    return kept;
  };
}
