import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@tavolo/demo-province';
import {
  createPeopleGraph,
  type DateAgreement,
  type PairEvidence,
  type PeopleGraph,
} from '@tavolo/matching';
import { drawRegisters } from './draw-registers.ts';
import { encodeRegisters } from './encode-registers.ts';
import { readEncodedPeople } from './read-encoded.ts';
import type { NamedErrorModel } from './read-error-model.ts';
import { type Cell, risingWeights } from './rising-weights.ts';
import { areOnePerson, countTruePairs, type PersonOf } from './score-groups.ts';

/** Seeds of training start here; nobody is measured on a province that weights were fitted on. */
const TRAINING_SEEDS_FROM = 1_000_000;
/** Twins are rare and the hardest: the weights are fitted where there are twice as many. */
const TWINS_IN_TRAINING = 2;
const STEPS = 11;
const FIRST_STEP = 0.45;
const STEP_WIDTH = 0.05;
/** Similarity under which one equal name makes two people born on one day look like twins. */
const TWINS_BELOW = 0.75;

const ROWS = [
  'SAME',
  'DAY_AND_MONTH_SWAPPED',
  'SAME_MONTH',
  'SAME_YEAR',
  'OTHER_YEAR',
  'SAME_ESTIMATED_YEAR',
  'NEXT_ESTIMATED_YEAR',
] as const satisfies readonly DateAgreement[];

type Row = (typeof ROWS)[number] | 'oneNameShared';

interface Tally {
  readonly cells: Map<Row, { onePerson: number; twoPeople: number }[]>;
  readonly checks: { readonly sex: number[]; readonly citizenship: number[] };
  truePairs: number;
  otherPairs: number;
}

/** Fits the weights of `packages/matching/src/calibration.ts` on training provinces and returns the table as text. */
export async function calibrate(options: {
  readonly models: readonly NamedErrorModel[];
  readonly people: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}): Promise<string> {
  const { models, people, seed, say } = options;
  const tally: Tally = {
    cells: new Map([...ROWS, 'oneNameShared' as const].map((row) => [row, emptyRow()])),
    checks: { sex: [0, 0], citizenship: [0, 0] },
    truePairs: 0,
    otherPairs: 0,
  };
  for (const [place, { name, parameters }] of models.entries()) {
    say(`fitting on ${name}`);
    const registers = drawRegisters({
      people,
      seed: TRAINING_SEEDS_FROM + seed + place,
      parameters: { ...parameters, twins: parameters.twins * TWINS_IN_TRAINING },
    });
    const folder = mkdtempSync(join(tmpdir(), 'tavolo-calibrate-'));
    try {
      const file = join(folder, 'records');
      encodeRegisters(registers, file);
      await tallyPairs(tally, file, registers.personOf);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return tableText(tally);
}

function emptyRow(): { onePerson: number; twoPeople: number }[] {
  return Array.from({ length: STEPS }, () => ({ onePerson: 0, twoPeople: 0 }));
}

async function tallyPairs(tally: Tally, file: string, personOf: PersonOf): Promise<void> {
  // Every pair is counted when the second of the two comes, and then forgotten: they would fill the memory.
  let isKeeping = false;
  const graph = createPeopleGraph({
    random: createRandom(1).next,
    isWorthKeeping: () => isKeeping,
  });
  for await (const person of readEncodedPeople(file)) {
    isKeeping = true;
    graph.putPeople([person]);
    for (const { a, b, evidence } of graph.pairsOf(person.ref)) {
      tallyPair(tally, evidence, areOnePerson(personOf, a.ref, b.ref));
    }
    isKeeping = false;
    graph.putPeople([person]);
  }
  countPossiblePairs(tally, graph, personOf);
}

function countPossiblePairs(tally: Tally, graph: PeopleGraph, personOf: PersonOf): void {
  const sizes = [...graph.sizes().values()];
  sizes.forEach((one, place) => {
    for (const other of sizes.slice(place + 1)) tally.otherPairs += one * other;
  });
  const truePairs = countTruePairs(personOf);
  tally.truePairs += truePairs;
  tally.otherPairs -= truePairs;
}

function tallyPair(tally: Tally, evidence: PairEvidence, isOnePerson: boolean): void {
  const { date, nameSimilarity, sex, citizenship, skeletons } = evidence;
  if (date === null || nameSimilarity === null) return;
  if (!isOnePerson && sex !== 'UNKNOWN' && nameSimilarity > 0.6) {
    count(tally.checks.sex, sex === 'AGREES');
    if (sex === 'AGREES') count(tally.checks.citizenship, citizenship === 'AGREES');
  }
  if (sex === 'DIFFERS' || citizenship === 'DIFFERS') return;
  const isTwinLike =
    date === 'SAME' &&
    nameSimilarity < TWINS_BELOW &&
    skeletons.includes('NAME_PART_DATE_CITIZENSHIP') &&
    !skeletons.includes('NAME_DATE');
  const step = Math.floor((nameSimilarity - FIRST_STEP) / STEP_WIDTH);
  const cell = tally.cells.get(isTwinLike ? 'oneNameShared' : date)?.[
    Math.min(STEPS - 1, Math.max(0, step))
  ];
  if (cell === undefined) return;
  if (isOnePerson) cell.onePerson += 1;
  else cell.twoPeople += 1;
}

/** First those that agree, then those that differ. */
function count(counts: number[], agrees: boolean): void {
  const place = agrees ? 0 : 1;
  counts[place] = (counts[place] ?? 0) + 1;
}

function tableText({ cells, checks, ...totals }: Tally): string {
  const weightsOf = (row: readonly Cell[]): string =>
    `[${risingWeights(row, totals)
      .map((weight) => Number(weight.toFixed(1)))
      .join(', ')}]`;
  const countsOf = (row: readonly Cell[]): string =>
    row.map(({ onePerson, twoPeople }) => `${onePerson}/${twoPeople}`).join(' ');
  const { oneNameShared = [], ...names } = Object.fromEntries(cells);
  const share = ([agrees = 0, differs = 0]: readonly number[]): string =>
    (differs / Math.max(1, agrees + differs)).toFixed(3);
  return [
    `  firstStep: ${FIRST_STEP},`,
    `  stepWidth: ${STEP_WIDTH},`,
    '  names: {',
    ...Object.entries(names).map(([row, steps]) => `    ${row}: ${weightsOf(steps)},`),
    '  },',
    `  oneNameShared: ${weightsOf(oneNameShared)},`,
    `  twinsBelow: ${TWINS_BELOW},`,
    '',
    `${totals.truePairs} true pairs, ${totals.otherPairs} others; pairs of one person/of two, step by step:`,
    ...[...cells].map(([row, steps]) => `${row.padEnd(24)} ${countsOf(steps)}`),
    `Of two people with similar names the sex differs for ${share(checks.sex)}, the citizenship of those of one sex for ${share(checks.citizenship)}.`,
  ].join('\n');
}
