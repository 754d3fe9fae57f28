import { recordKey } from '../record-key.ts';
import { seeded } from './seeded.fixture.ts';

/** Invented, like everybody here. */
export const SECRET = 'an invented secret for tests of disclosure control';

/** One person as the facts know them: a category in each dimension, a value, and the key nobody outside sees. */
export interface Inhabitant {
  readonly key: bigint;
  readonly of: Readonly<Record<string, number>>;
  /** Hours or days of a measure; skewed, as such values are. */
  readonly hours: number;
}

/** How likely each category of a dimension is. */
export type Dimensions = Readonly<Record<string, readonly number[]>>;

/** The demo's dimensions: districts as populous as the real ones, years, and what facts declare. */
export const provinceDimensions: Dimensions = {
  district: [0.48, 0.24, 0.17, 0.11],
  year: [0.16, 0.19, 0.2, 0.22, 0.23],
  receptionType: [0.58, 0.26, 0.1, 0.06],
  hasOpenPlan: [0.62, 0.38],
  followedByCount: [0.06, 0.34, 0.35, 0.19, 0.06],
  vulnerability: [0.68, 0.12, 0.08, 0.06, 0.04, 0.02],
};

/** Sensitive in the demo's facts: its cells need ten people. */
export const SENSITIVE = new Set(['vulnerability']);

/** People of the demo's scale; dimensions lean on each other a little, as in life. */
export function createProvince(
  size: number,
  seed: number,
  dimensions: Dimensions = provinceDimensions,
): readonly Inhabitant[] {
  const random = seeded(seed);
  return Array.from({ length: size }, (_, at) => {
    const lean = random() < 0.3 ? random() : null;
    const of = Object.fromEntries(
      Object.entries(dimensions).map(([name, shares]) => [name, draw(shares, lean ?? random())]),
    );
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return {
      key: recordKey(SECRET, 'PERSON', `${seed}/${at}`),
      of,
      hours: Math.max(1, Math.round(12 * Math.exp(0.8 * normal))),
    };
  });
}

function draw(shares: readonly number[], at: number): number {
  let upTo = 0;
  for (const [category, share] of shares.entries()) {
    upTo += share;
    if (at < upTo) return category;
  }
  return shares.length - 1;
}
