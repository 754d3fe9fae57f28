import { isDeepStrictEqual } from 'node:util';
import type { SensitiveCategory } from '@tavolo/access-model';
import type { PendingVersion, PurposeContent, PurposeEntry } from '../model/purpose.ts';
import { Refusal } from '../refusal.ts';

/** The life of a purpose: each function gives the entry after it, or the same object when nothing changes. */

/** Begins a purpose, or a new version of it; the version in force stays in force. */
export function draftPurpose(
  entry: PurposeEntry | null,
  draft: { readonly id: string; readonly consumerId: string; readonly content: PurposeContent },
): PurposeEntry {
  const { id, consumerId, content } = draft;
  if (entry === null) {
    const pending = newDraft(1, content);
    return {
      id,
      consumerId,
      revision: 1,
      lastVersion: 1,
      pending,
      inForce: null,
      isArchived: false,
      suspensions: [],
    };
  }
  alive(entry);
  const newest = entry.pending ?? entry.inForce;
  if (isDeepStrictEqual(newest?.content, content)) return entry;
  const version = entry.lastVersion + 1;
  return next(entry, { lastVersion: version, pending: newDraft(version, content) });
}

/** Asks the owners. */
export function submitPurpose(
  entry: PurposeEntry,
  version: number,
  owners: readonly string[],
): PurposeEntry {
  alive(entry);
  const pending = pendingOf(entry, version);
  if (pending.status === 'SUBMITTED' && isDeepStrictEqual(pending.owners, owners)) return entry;
  if (pending.status === 'REJECTED') {
    throw new Refusal('STATE_CONFLICT', 'This version was rejected; change it before submitting');
  }
  return next(entry, { pending: { ...pending, status: 'SUBMITTED', owners, grants: {} } });
}

/** One owner agrees; the last of them puts the version in force. */
export function approvePurpose(
  entry: PurposeEntry,
  approval: {
    readonly version: number;
    readonly owner: string;
    readonly categories: readonly SensitiveCategory[];
    /** Whose data it concerns by the supergraph of now. */
    readonly ownersNow: readonly string[];
    readonly now: Date;
  },
): PurposeEntry {
  const { version, owner, ownersNow, now } = approval;
  const categories = [...approval.categories].sort();
  alive(entry);
  const { inForce } = entry;
  if (inForce?.version === version && isDeepStrictEqual(inForce.grants[owner], categories)) {
    return entry;
  }
  const pending = pendingOf(entry, version);
  beSubmitted(pending);
  beOwner(pending, owner);
  if (!isDeepStrictEqual(pending.owners, ownersNow)) {
    throw new Refusal('OWNERS_CHANGED', 'The data have other owners than when it was submitted');
  }
  if (Date.parse(pending.content.validUntil) <= now.getTime()) {
    throw new Refusal('STATE_CONFLICT', 'Its validity is over; it needs a new version');
  }
  if (categories.some((category) => !pending.content.categories.includes(category))) {
    throw new Refusal('INVALID', 'Only declared categories can be granted', [
      { field: 'categories', rule: 'NOT_DECLARED', message: 'must be among those it declares' },
    ]);
  }
  if (isDeepStrictEqual(pending.grants[owner], categories)) return entry;
  const grants = { ...pending.grants, [owner]: categories };
  if (!pending.owners.every((one) => Object.hasOwn(grants, one))) {
    return next(entry, { pending: { ...pending, grants } });
  }
  const { content, owners } = pending;
  return next(entry, {
    pending: null,
    inForce: { version, content, owners, grants, approvedAt: now.toISOString() },
  });
}

/** One owner refuses: the version is over, whatever the others said. */
export function rejectPurpose(
  entry: PurposeEntry,
  rejection: {
    readonly version: number;
    readonly owner: string;
    readonly reason: string;
    readonly now: Date;
  },
): PurposeEntry {
  alive(entry);
  const { version, owner, reason, now } = rejection;
  const pending = pendingOf(entry, version);
  if (pending.status === 'REJECTED' && pending.rejection?.by === owner) return entry;
  beSubmitted(pending);
  beOwner(pending, owner);
  return next(entry, {
    pending: {
      ...pending,
      status: 'REJECTED',
      rejection: { by: owner, reason, at: now.toISOString() },
    },
  });
}

/** The end: nothing of it is asked any more, and its id is not used again. */
export function archivePurpose(entry: PurposeEntry): PurposeEntry {
  return entry.isArchived ? entry : next(entry, { isArchived: true });
}

function newDraft(version: number, content: PurposeContent): PendingVersion {
  return { version, status: 'DRAFT', content, owners: [], grants: {}, rejection: null };
}

function next(entry: PurposeEntry, change: Partial<PurposeEntry>): PurposeEntry {
  return { ...entry, ...change, revision: entry.revision + 1 };
}

function alive(entry: PurposeEntry): void {
  if (entry.isArchived) throw new Refusal('STATE_CONFLICT', 'This purpose is archived');
}

function pendingOf(entry: PurposeEntry, version: number): PendingVersion {
  if (entry.pending?.version === version) return entry.pending;
  throw new Refusal('STATE_CONFLICT', 'This is not the version that waits; read the purpose again');
}

function beSubmitted(pending: PendingVersion): void {
  if (pending.status === 'SUBMITTED') return;
  throw new Refusal('STATE_CONFLICT', 'This version does not wait for its owners');
}

function beOwner(pending: PendingVersion, owner: string): void {
  if (pending.owners.includes(owner)) return;
  throw new Refusal('FORBIDDEN', 'This version reads none of your data');
}
