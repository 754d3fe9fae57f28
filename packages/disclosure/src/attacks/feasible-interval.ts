import highsModule, { type Model, type ObjectiveSense } from 'highs';
import type { Dimensions } from './province.fixture.ts';

// The package's types describe its CommonJS build, where the loader hangs on `default`; Node loads the ES module.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** What an attacker writes down of one published cell: the people in it are at least and at most so many. */
export interface Constraint {
  readonly asked: Readonly<Record<string, number>>;
  readonly lower: number;
  readonly upper: number;
}

/** The counts of a cell that contradict no constraint. */
export interface FeasibleInterval {
  readonly lower: number;
  readonly upper: number;
}

/** Slack for a solver that computes in floating point, far below one person. */
const TOLERANCE = 1e-4;

/**
 * The attacker's linear program: one unknown for each combination of all dimensions (how many people have exactly
 * these), none below zero, and one row for each published cell over the combinations it covers. Minimising and
 * maximising a cell gives all that addition, subtraction, unions, complements and margins can ever tell.
 */
export async function feasibleIntervals(
  dimensions: Dimensions,
  constraints: readonly Constraint[],
  targets: readonly Readonly<Record<string, number>>[],
): Promise<readonly FeasibleInterval[]> {
  const highs = await loadHighs();
  const unknowns = everyCombination(dimensions);
  const covered = (asked: Readonly<Record<string, number>>): number[] =>
    unknowns.flatMap((combination, at) =>
      Object.entries(asked).every(([name, value]) => combination[name] === value) ? [at] : [],
    );
  return highs.withModel((model) => {
    model.options.set({ output_flag: false });
    model.addVars(
      unknowns.map(() => 0),
      unknowns.map(() => 1e6),
    );
    for (const { asked, lower, upper } of constraints) {
      const indices = covered(asked);
      model.addRow(lower, upper, { indices, values: indices.map(() => 1) });
    }
    return targets.map((target) =>
      extremes(model, covered(target), [
        highs.constants.objectiveSense.minimize,
        highs.constants.objectiveSense.maximize,
      ]),
    );
  });
}

function extremes(
  model: Model,
  cells: readonly number[],
  senses: readonly ObjectiveSense[],
): FeasibleInterval {
  for (const cell of cells) model.changeColCost(cell, 1);
  const bounds = senses.map((sense) => {
    model.changeObjectiveSense(sense);
    model.run();
    return model.getObjectiveValue();
  });
  for (const cell of cells) model.changeColCost(cell, 0);
  const [lower = 0, upper = 0] = bounds;
  // People are whole: only whole counts within the interval remain possible.
  return { lower: Math.ceil(lower - TOLERANCE), upper: Math.floor(upper + TOLERANCE) };
}

function everyCombination(dimensions: Dimensions): readonly Readonly<Record<string, number>>[] {
  return Object.entries(dimensions).reduce<readonly Readonly<Record<string, number>>[]>(
    (some, [name, shares]) =>
      some.flatMap((combination) =>
        shares.map((_, category) => ({ ...combination, [name]: category })),
      ),
    [{}],
  );
}
