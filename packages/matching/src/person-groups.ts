import type { IdentifierKind } from '@tavolo/linkage';
import type { LinkablePerson } from './linkable-person.ts';
import { compareIdentifiers } from './pair-evidence.ts';
import type { PersonPair } from './people-graph.ts';
import { haveSourceInCommon, type PersonGroup } from './person-group.ts';
import type { Doubt, Link, Resolution, WeighedPair } from './resolution.ts';

/** Who is together with whom while a neighbourhood is resolved, and what forbids it. */
export interface PersonGroups {
  has(ref: string): boolean;
  readonly of: (ref: string) => PersonGroup;
  /** No link may ever join these two, directly or through others. */
  keepApart(refs: readonly [string, string]): void;
  isKeptApart(refs: readonly [string, string]): boolean;
  /** One institution is in both, or somebody said that they are two. */
  isApart(left: PersonGroup, right: PersonGroup): boolean;
  /** As `!isApart`, and no identifier says that they are two either. */
  readonly mayJoin: (left: PersonGroup, right: PersonGroup) => boolean;
  join(link: Link): void;
  doubt(pair: WeighedPair, score: number, reason: Doubt['reason']): void;
  resolution(): Resolution;
}

export function createPersonGroups(
  people: readonly LinkablePerson[],
  pairs: readonly WeighedPair[],
): PersonGroups {
  const groupOf = new Map<string, PersonGroup>(
    people.map((person) => [
      person.ref,
      { members: [person], sources: new Map([[person.source, person]]) },
    ]),
  );
  const apart = new Set<string>();
  const pairOf = new Map(pairs.map((pair) => [nameOf(refsOf(pair)), pair]));
  const links: Link[] = [];
  const linked = new Set<string>();
  const doubts = new Map<string, Doubt>();

  const of = (ref: string): PersonGroup => {
    const found = groupOf.get(ref);
    if (found === undefined) throw new Error('A pair names a record that was not given');
    return found;
  };
  const isApart = (left: PersonGroup, right: PersonGroup): boolean =>
    haveSourceInCommon(left, right) ||
    (apart.size > 0 &&
      left.members.some((one) =>
        right.members.some((other) => apart.has(nameOf([one.ref, other.ref]))),
      ));
  const isVetoed = (one: LinkablePerson, other: LinkablePerson): boolean => {
    // Records that nothing proposed as a pair may still have identifiers that say "two people".
    const { sharedIdentifiers, vetoes } =
      pairOf.get(nameOf([one.ref, other.ref]))?.evidence ??
      compareIdentifiers(one.identifiers, other.identifiers);
    return contradicts(sharedIdentifiers, vetoes);
  };

  return {
    has: (ref) => groupOf.has(ref),
    of,
    keepApart: (refs) => void apart.add(nameOf(refs)),
    isKeptApart: (refs) => apart.has(nameOf(refs)),
    isApart,
    mayJoin: (left, right) =>
      !isApart(left, right) &&
      left.members.every((one) => right.members.every((other) => !isVetoed(one, other))),
    join(link) {
      const [left, right] = [of(link.refs[0]), of(link.refs[1])];
      // The first reason for a link is its strongest; a later one adds nothing.
      if (linked.has(nameOf(link.refs))) return;
      linked.add(nameOf(link.refs));
      links.push(link);
      if (left === right) return;
      for (const member of right.members) {
        left.members.push(member);
        left.sources.set(member.source, member);
        groupOf.set(member.ref, left);
      }
    },
    doubt(pair, score, reason) {
      const refs = refsOf(pair);
      doubts.set(nameOf(refs), { refs, score, reason });
    },
    resolution: () => ({
      groups: [...new Set(groupOf.values())].map(({ members }) => members.map(({ ref }) => ref)),
      links,
      doubts: [...doubts.values()].filter(({ refs }) => of(refs[0]) !== of(refs[1])),
    }),
  };
}

/** Fingerprints outweigh papers: several codici fiscali may belong to one CUI. */
export function contradicts(
  shared: readonly IdentifierKind[],
  vetoes: readonly IdentifierKind[],
): boolean {
  return vetoes.length > 0 && !(shared.includes('CUI') && !vetoes.includes('CUI'));
}

export function refsOf({ a, b }: PersonPair): readonly [string, string] {
  return [a.ref, b.ref];
}

/** The same whichever is named first. */
export function nameOf([one, other]: readonly [string, string]): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
