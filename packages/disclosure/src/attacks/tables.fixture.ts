import type { Cell } from '../cell.ts';
import type { Contributors } from '../contributors.ts';
import type { Disclosure, FigureRules } from '../disclosure.ts';
import { MAXIMUM_DIMENSIONS } from '../rules.ts';
import { type Dimensions, type Inhabitant, SENSITIVE } from './province.fixture.ts';

/** One cell of one table: what was asked, what is true, what everybody sees. */
export interface TableCell {
  readonly asked: Readonly<Record<string, number>>;
  readonly people: Contributors;
  readonly rules: FigureRules;
  readonly published: Cell;
}

/** Every cell of every table that may be asked: all that any number of analysts can ever collect. */
export function everyTable(
  people: readonly Inhabitant[],
  dimensions: Dimensions,
  disclosure: Disclosure,
): readonly TableCell[] {
  return combinations(Object.keys(dimensions), MAXIMUM_DIMENSIONS).flatMap((names) =>
    table(people, dimensions, names, disclosure),
  );
}

/** One table, empty cells included: that a category exists is no secret. */
export function table(
  people: readonly Inhabitant[],
  dimensions: Dimensions,
  names: readonly string[],
  disclosure: Disclosure,
): readonly TableCell[] {
  const sizes = names.map((name) => dimensions[name]?.length ?? 0);
  const members = new Map<number, Inhabitant[]>();
  for (const person of people) {
    const at = names.reduce(
      (sum, name, index) => sum * (sizes[index] ?? 0) + (person.of[name] ?? 0),
      0,
    );
    const list = members.get(at);
    if (list) list.push(person);
    else members.set(at, [person]);
  }
  const rules = rulesOf(names);
  return Array.from({ length: sizes.reduce((all, size) => all * size, 1) }, (_, at) => {
    const set = contributors(members.get(at) ?? []);
    return {
      asked: categories(names, sizes, at),
      people: set,
      rules,
      published: disclosure.contributors(set, rules),
    };
  });
}

/** What DuckDB computes of a cell: how many, and the sum of their keys. */
export function contributors(people: readonly Inhabitant[]): Contributors {
  const sum = people.reduce((total, { key }) => total + key, 0n);
  return { count: people.length, key: Number(sum % 2n ** 32n) };
}

export function rulesOf(names: readonly string[]): FigureRules {
  return { sensitivity: names.some((name) => SENSITIVE.has(name)) ? 'SENSITIVE' : 'ORDINARY' };
}

/** All choices of up to `most` names, none and each alone included. */
export function combinations(
  names: readonly string[],
  most: number,
): readonly (readonly string[])[] {
  const chosen: string[][] = [[]];
  for (const name of names) {
    chosen.push(...chosen.filter(({ length }) => length < most).map((some) => [...some, name]));
  }
  return chosen;
}

function categories(
  names: readonly string[],
  sizes: readonly number[],
  at: number,
): Record<string, number> {
  let rest = at;
  const values: [string, number][] = [];
  for (let index = names.length - 1; index >= 0; index -= 1) {
    const size = sizes[index] ?? 1;
    values.unshift([names[index] ?? '', rest % size]);
    rest = Math.floor(rest / size);
  }
  return Object.fromEntries(values);
}
