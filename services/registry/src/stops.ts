import type { RegistryCaller } from './caller.ts';
import type { EntryOf, KeepChange, Request } from './keep-change.ts';
import { resume, type Side, suspend } from './life/suspensions.ts';
import { mustMay } from './permissions.ts';
import { Refusal } from './refusal.ts';
import type { RegistryKind, RegistryReader, RegistryWriter } from './store/registry-store.ts';

/** Stopping and going on, by whichever side: an owner of the data, whoever asks, or the hub. */
export interface Stops {
  suspend<K extends RegistryKind>(
    request: Request,
    kind: K,
    id: string,
    reason: string,
  ): Promise<{ readonly entry: EntryOf<K> }>;
  resume<K extends RegistryKind>(
    request: Request,
    kind: K,
    id: string,
  ): Promise<{ readonly entry: EntryOf<K> }>;
}

export function createStops(keepChange: KeepChange, now: () => Date): Stops {
  return {
    suspend(request, kind, id, reason) {
      return change(request, kind, id, 'SUSPENDED', ([side], suspensions) =>
        side === undefined ? suspensions : suspend(suspensions, side, reason, now()),
      );
    },
    resume(request, kind, id) {
      return change(request, kind, id, 'RESUMED', (sides, suspensions) =>
        resume(suspensions, sides),
      );
    },
  };

  async function change<K extends RegistryKind>(
    request: Request,
    kind: K,
    id: string,
    action: 'SUSPENDED' | 'RESUMED',
    changed: (
      sides: readonly Side[],
      suspensions: EntryOf<K>['suspensions'],
    ) => EntryOf<K>['suspensions'],
  ) {
    mustMay(request.caller, 'suspend');
    return keepChange<K>(request, kind, async (writer) => {
      const before = await read(writer, kind, id);
      if (before === null) throw new Refusal('NOT_FOUND', 'There is no such entry');
      const sides =
        action === 'SUSPENDED'
          ? await sidesOf(request.caller, writer, kind, id)
          : everySideOf(request.caller);
      if (sides.length === 0) {
        throw new Refusal('FORBIDDEN', 'It is neither yours nor does it read your data');
      }
      const suspensions = changed(sides, before.suspensions);
      const after =
        suspensions === before.suspensions
          ? before
          : // A spread of one of three types is of that type; TypeScript gives up on a generic one.
            ({ ...before, suspensions, revision: before.revision + 1 } as EntryOf<K>);
      return { before, after, action, details: { side: sides[0]?.side ?? 'hub' } };
    });
  }
}

/** One of three tables, chosen by the kind; the union of three is what TypeScript sees of it. */
async function read<K extends RegistryKind>(
  reader: RegistryReader,
  kind: K,
  id: string,
): Promise<EntryOf<K> | null> {
  const entry =
    kind === 'partner'
      ? await reader.partner(id)
      : kind === 'consumer'
        ? await reader.consumer(id)
        : await reader.purpose(id);
  return entry as EntryOf<K> | null;
}

/** To take back what it stopped, a side need not be concerned any more. */
function everySideOf(caller: RegistryCaller): readonly Side[] {
  const { consumerId, partnerId, roles } = caller;
  const sides: Side[] = [];
  if (roles.has('privacy-officer')) {
    if (consumerId !== null) sides.push({ side: 'consumer', by: consumerId });
    if (partnerId !== null) sides.push({ side: 'partner', by: partnerId });
  }
  if (actsForHub(caller)) sides.push({ side: 'hub', by: caller.organisation });
  return sides;
}

/** Operators whose organisation the hub itself stopped do not: they would let themselves go on. */
function actsForHub({ roles, isStopped }: RegistryCaller): boolean {
  return roles.has('hub-operator') && !isStopped;
}

/** On whose behalf the caller can stop it, the nearest first. */
async function sidesOf(
  caller: RegistryCaller,
  writer: RegistryWriter,
  kind: RegistryKind,
  id: string,
): Promise<readonly Side[]> {
  const { consumerId, partnerId, organisation } = caller;
  const isOfficer = caller.roles.has('privacy-officer');
  const purpose = kind === 'purpose' ? await writer.purpose(id) : null;
  const sides: Side[] = [];
  if (isOfficer && consumerId !== null) {
    const isOwn = kind === 'consumer' ? consumerId === id : purpose?.consumerId === consumerId;
    if (isOwn) sides.push({ side: 'consumer', by: consumerId });
  }
  if (isOfficer && partnerId !== null) {
    const concerned =
      kind === 'partner'
        ? [id]
        : kind === 'consumer'
          ? await writer.partnersReadBy(id)
          : [...(purpose?.inForce?.owners ?? []), ...(purpose?.pending?.owners ?? [])];
    if (concerned.includes(partnerId)) sides.push({ side: 'partner', by: partnerId });
  }
  if (actsForHub(caller)) {
    sides.push({ side: 'hub', by: organisation });
  }
  return sides;
}
