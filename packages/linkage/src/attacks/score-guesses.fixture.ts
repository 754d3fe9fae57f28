/** Whom the attacker takes for whom: place of the record, the word or name he reads in it. */
export type Guesses = ReadonlyMap<number, string>;

export interface AttackScore {
  readonly guesses: number;
  readonly right: number;
  /** Of the same guesses dealt out to records at random: 95 of 100 deals lie between. */
  readonly chance: readonly [low: number, high: number];
  /** The luckiest of 200 deals: so many comparisons are made that one in forty beats the 95. */
  readonly luckiest: number;
  /** Right guesses of who says the most common answer for everybody. */
  readonly always: number;
}

const DEALS = 200;

/** `truths` are the right answers for each record. */
export function scoreGuesses(
  guesses: Guesses,
  truths: readonly (readonly string[])[],
): AttackScore {
  const said = [...guesses.values()];
  const isRight = (place: number, answer: string): boolean =>
    truths[place]?.includes(answer) ?? false;
  const random = drawFrom(11);
  const deals = Array.from({ length: DEALS }, () => {
    const places = truths.map((_, place) => place);
    return said.filter((answer, at) => {
      const other = at + Math.floor(random() * (places.length - at));
      const place = places[other] ?? 0;
      places[other] = places[at] ?? 0;
      return isRight(place, answer);
    }).length;
  }).sort((x, y) => x - y);
  const [common] = byFrequency(truths.flat());
  return {
    guesses: said.length,
    right: [...guesses].filter(([place, answer]) => isRight(place, answer)).length,
    chance: [deals[DEALS * 0.025] ?? 0, deals[DEALS * 0.975] ?? 0],
    luckiest: deals.at(-1) ?? 0,
    always: truths.filter((answers) => answers.includes(common?.[0] ?? '')).length,
  };
}

/** The most frequent first; equals in order of their text. */
export function byFrequency(values: Iterable<string>): [value: string, count: number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([x, countX], [y, countY]) => countY - countX || (x < y ? -1 : 1));
}

export function drawFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
