import type { Partner } from '../partner.ts';
import type { GroupMember, LinkableRecord, MatchConflict, Matcher } from './matcher.ts';

/** Strongest first: an earlier kind claims its link before a later one can contradict it. */
const STRENGTH: ReadonlyMap<string, number> = new Map(
  [
    'CUI',
    'CODICE_FISCALE',
    'VESTANET',
    'STP',
    'ENI',
    'PERMIT',
    'CODICE_FISCALE_PROVISIONAL',
    'HOUSEHOLD_CODE',
  ].map((kind, rank) => [kind, rank]),
);
const WEAKEST = STRENGTH.size;

interface Link {
  readonly a: LinkableRecord;
  readonly b: LinkableRecord;
  readonly kind: string;
}

interface Group {
  readonly members: Map<string, string | null>;
  readonly partners: Set<Partner>;
}

/** Links records that share an identifier of one kind, at most one record of an institution in a group. */
export function createIdentifierMatcher(): Matcher {
  return {
    match(records) {
      const groupOf = new Map<string, Group>(
        records.map((record) => [
          record.ref,
          { members: new Map([[record.ref, null]]), partners: new Set([record.partner]) },
        ]),
      );
      const conflicts: MatchConflict[] = [];
      for (const { a, b, kind } of linksInOrder(records)) {
        const left = groupOf.get(a.ref);
        const right = groupOf.get(b.ref);
        if (left === undefined || right === undefined) continue;
        if (left === right) noteRule(left, a.ref, b.ref, kind);
        else if (![...left.partners].some((partner) => right.partners.has(partner))) {
          for (const ref of right.members.keys()) groupOf.set(ref, left);
          for (const [ref, rule] of right.members) left.members.set(ref, rule);
          for (const partner of right.partners) left.partners.add(partner);
          noteRule(left, a.ref, b.ref, kind);
        } else conflicts.push({ refs: [a.ref, b.ref], rule: kind });
      }
      return { groups: [...new Set(groupOf.values())].map(membersOf), conflicts };
    },
  };
}

/** The first link that touches a record is its strongest. */
function noteRule(group: Group, a: string, b: string, kind: string): void {
  for (const ref of [a, b]) if (group.members.get(ref) === null) group.members.set(ref, kind);
}

function membersOf(group: Group): GroupMember[] {
  return [...group.members].map(([ref, rule]) => ({ ref, rule }));
}

/** One link for each pair and kind, in an order that depends on the records alone. */
function linksInOrder(records: readonly LinkableRecord[]): Link[] {
  const holders = new Map<string, { kind: string; records: Set<LinkableRecord> }>();
  for (const record of [...records].sort(byRef)) {
    for (const { kind, keyId, mac } of record.evidence) {
      const name = `${kind} ${keyId} ${mac}`;
      const held = holders.get(name) ?? { kind, records: new Set() };
      held.records.add(record);
      holders.set(name, held);
    }
  }
  const links = new Map<string, Link>();
  for (const { kind, records: held } of holders.values()) {
    const sharing = [...held];
    for (const [index, a] of sharing.entries()) {
      for (const b of sharing.slice(index + 1))
        links.set(`${kind} ${a.ref} ${b.ref}`, { a, b, kind });
    }
  }
  return [...links.values()].sort(
    (x, y) =>
      (STRENGTH.get(x.kind) ?? WEAKEST) - (STRENGTH.get(y.kind) ?? WEAKEST) ||
      byRef(x.a, y.a) ||
      byRef(x.b, y.b),
  );
}

function byRef(x: LinkableRecord, y: LinkableRecord): number {
  if (x.ref === y.ref) return 0;
  return x.ref < y.ref ? -1 : 1;
}
