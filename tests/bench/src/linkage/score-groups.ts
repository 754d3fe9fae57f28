/** Pairs of records that a matching put together. */
export interface PairScore {
  /** Pairs of records of one person, in truth. */
  readonly truePairs: number;
  /** Of the pairs put together, those of one person. */
  readonly right: number;
  readonly wrong: number;
}

/** The person behind a record. */
export type PersonOf = ReadonlyMap<string, string>;

/** Counts pairs of records: a group of three is three pairs. */
export function scoreGroups(
  groups: Iterable<readonly string[]>,
  personOf: PersonOf,
): Pick<PairScore, 'right' | 'wrong'> {
  let right = 0;
  let wrong = 0;
  for (const group of groups) {
    group.forEach((one, place) => {
      for (const other of group.slice(place + 1)) {
        if (areOnePerson(personOf, one, other)) right += 1;
        else wrong += 1;
      }
    });
  }
  return { right, wrong };
}

export function areOnePerson(personOf: PersonOf, one: string, other: string): boolean {
  const person = personOf.get(one);
  return person !== undefined && person === personOf.get(other);
}

/** Every pair of records of one person. */
export function* truePairsOf(personOf: PersonOf): Iterable<readonly [string, string]> {
  for (const refs of recordsByPerson(personOf)) {
    for (const [place, one] of refs.entries()) {
      for (const other of refs.slice(place + 1)) yield [one, other];
    }
  }
}

export function countTruePairs(personOf: PersonOf): number {
  let count = 0;
  for (const { length } of recordsByPerson(personOf)) count += (length * (length - 1)) / 2;
  return count;
}

function recordsByPerson(personOf: PersonOf): Iterable<readonly string[]> {
  const records = new Map<string, string[]>();
  for (const [ref, person] of personOf) {
    const held = records.get(person);
    if (held === undefined) records.set(person, [ref]);
    else held.push(ref);
  }
  return records.values();
}

/** Of the pairs put together, the share of one person; 1 when nothing was. */
export function precisionOf({ right, wrong }: PairScore): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

/** Of the pairs of one person, the share put together. */
export function recallOf({ right, truePairs }: PairScore): number {
  return truePairs === 0 ? 1 : right / truePairs;
}
