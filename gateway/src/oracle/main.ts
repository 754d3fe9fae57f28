import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asyncProperty, check } from 'fast-check';
import { createPlannerThread } from '../executor/planning/planner.ts';
import { CaseArbitrary } from './case-arbitrary.ts';
import { describeFinding, signatureOf } from './finding-text.ts';
import { createOracle, type Finding } from './oracle.ts';
import { ownFederation } from './own-federation.ts';
import { startStockFederation } from './stock-federation.ts';

/** `node --import tsx gateway/src/oracle/main.ts --cases 100000 --seed 1 [--executor stock] [--out DIR]` */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    executor: { type: 'string', default: 'own' },
    out: { type: 'string' },
    faults: { type: 'string', default: '4' },
    questions: { type: 'string', default: '12' },
  },
});
const mostFindings = 20;
const mostAttempts = 600;

const planners = createPlannerThread({
  timeoutMs: 30_000,
  onEnd: (cause) => process.stderr.write(`planner: ${String(cause)}\n`),
});
const oracle = createOracle(
  values.executor === 'stock' ? startStockFederation : ownFederation(planners),
);
const seen = new Map<string, number>();
const arbitrary = new CaseArbitrary({
  questions: Number(values.questions),
  faultyRuns: Number(values.faults),
});
const startedAt = performance.now();
let progressAt = startedAt;
let found = 0;
for (let run = 0; oracle.counts.cases < Number(values.cases) && found < mostFindings; run += 1) {
  let wanted: string | undefined;
  let smallest: Finding | undefined;
  let attempts = 0;
  const isNews = (finding: Finding): boolean => {
    const signature = signatureOf(finding);
    if (wanted !== undefined) return signature === wanted;
    const times = seen.get(signature) ?? 0;
    seen.set(signature, times + 1);
    if (times > 0) return false;
    wanted = signature;
    return true;
  };
  const property = asyncProperty(arbitrary, async (drawn) => {
    // Shrinking may go on for ever; what it has by then is small enough.
    if (smallest) attempts += 1;
    if (attempts > mostAttempts) return true;
    const counts = { ...oracle.counts };
    const finding = await oracle.check(drawn, isNews);
    if (smallest) Object.assign(oracle.counts, counts);
    if (finding) smallest = finding;
    return finding === undefined;
  });
  await check(property, { numRuns: 10, seed: Number(values.seed) * 1_000_003 + run });
  if (smallest) {
    found += 1;
    await tell(smallest, found);
  }
  if (performance.now() - progressAt > 10_000) {
    progressAt = performance.now();
    process.stderr.write(`${progress()}\n`);
  }
}
await oracle.stop();
await planners.close();
console.log(progress());
for (const [signature, times] of [...seen].sort(([, a], [, b]) => b - a))
  console.log(`${times} × ${signature}`);
if (found > 0) process.exitCode = 1;

async function tell(finding: Finding, number: number): Promise<void> {
  const text = describeFinding(finding);
  process.stderr.write(`counter-example ${number}: ${finding.problem.slice(0, 300)}\n`);
  if (values.out === undefined) {
    console.log(`${text}\n`);
    return;
  }
  await mkdir(values.out, { recursive: true });
  await writeFile(join(values.out, `${values.executor}-${values.seed}-${number}.md`), text);
}

function progress(): string {
  const { cases, faulty, chained, unresolved, graphs, discarded } = oracle.counts;
  const seconds = (performance.now() - startedAt) / 1_000;
  const limits = Object.entries(unresolved);
  const told = limits.reduce((sum, [, times]) => sum + times, 0);
  const kinds = limits.map(([kind, times]) => `, ${kind} ${times}`);
  const wrong = [...seen.values()].reduce((sum, times) => sum + times, 0);
  return [
    `${cases} cases (${faulty} with a loss) of ${graphs} graphs, ${discarded} discarded, ${Math.round(cases / seconds)} cases/s:`,
    `${cases - told - wrong} right, ${told} told what could not be had${kinds.join('')}, ${wrong} wrong; ${chained} asked for a chain of requirements`,
  ].join(' ');
}
