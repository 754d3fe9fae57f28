import { createDisclosure } from '../create-disclosure.ts';
import { createProvince, provinceDimensions, SECRET } from './province.fixture.ts';
import { table } from './tables.fixture.ts';

/** How far the published form of one table is from the truth, over several seeded provinces. */
export interface Utility {
  readonly cells: number;
  /** Share of the cells that are suppressed though somebody is in them. */
  readonly suppressed: number;
  /** Share of the people who are in suppressed cells. */
  readonly peopleHidden: number;
  /** Mean absolute deviation of the published cells, in people. */
  readonly deviation: number;
  /** The same over the true count. */
  readonly relative: number;
  /** Between the true and the published distribution over the published cells: 0 = the same, 1 = nothing in common. */
  readonly hellinger: number;
}

/** What protection costs: the same tables as the attacks see, compared with the truth. */
export function utilityOf(people: number, names: readonly string[], seeds: number): Utility {
  const disclosure = createDisclosure({}, SECRET);
  const cells = Array.from({ length: seeds }, (_, seed) =>
    table(createProvince(people, 100 + seed), provinceDimensions, names, disclosure).filter(
      (cell) => cell.people.count > 0,
    ),
  );
  const all = cells.flat();
  const shown = all.filter(({ published }) => published.value !== null);
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = shown.map(({ people: { count }, published }) =>
    Math.abs((published.value ?? 0) - count),
  );
  const persons = (some: typeof all): number =>
    some.reduce((sum, cell) => sum + cell.people.count, 0);
  return {
    cells: all.length / seeds,
    suppressed: 1 - shown.length / all.length,
    peopleHidden: 1 - persons(shown) / persons(all),
    deviation: mean(off),
    relative: mean(off.map((one, at) => one / (shown[at]?.people.count ?? 1))),
    hellinger: mean(
      cells.map((some) => hellinger(some.filter(({ published }) => published.value !== null))),
    ),
  };
}

function hellinger(
  cells: readonly {
    readonly people: { readonly count: number };
    readonly published: { readonly value: number | null };
  }[],
): number {
  const truth = cells.reduce((sum, { people }) => sum + people.count, 0);
  const told = cells.reduce((sum, { published }) => sum + (published.value ?? 0), 0);
  const overlap = cells.reduce(
    (sum, { people, published }) =>
      sum + Math.sqrt((people.count / truth) * ((published.value ?? 0) / told)),
    0,
  );
  return cells.length === 0 ? 0 : Math.sqrt(Math.max(0, 1 - overlap));
}
