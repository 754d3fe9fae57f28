import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from '../figure.ts';
import { quantile } from '../quantiles.ts';
import type { Registers } from './draw-registers.ts';
import { encodeRegisters } from './encode-registers.ts';
import type { MatchingTimes } from './matching-process.ts';
import { speedTargets } from './targets.ts';

const matchingProcess = fileURLToPath(new URL('./matching-process.ts', import.meta.url));

/** Encodes and matches `rounds` times; each match in a process of its own, whose memory nothing else is in. */
export async function measureSpeed(options: {
  readonly registers: Registers;
  /** The encoded records. */
  readonly file: string;
  readonly people: number;
  readonly seed: number;
  readonly rounds: number;
}): Promise<Figure[]> {
  const { registers, file, people, seed, rounds } = options;
  const encoded: number[] = [];
  const encodedOfClock: number[] = [];
  const matched: MatchingTimes[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { records, seconds, cpuSeconds } = encodeRegisters(registers);
    encoded.push(records / cpuSeconds);
    encodedOfClock.push(records / seconds);
    matched.push(await matchOnce(file, seed));
  }
  const named = (name: string): string => `${name}, ${people.toLocaleString('en-US')} people`;
  const { encoding, match, memory, enrolment } = speedTargets(people);
  return [
    {
      name: named('records encoded, a core'),
      unit: '/s of CPU',
      rounds: encoded,
      ...encoding,
    },
    {
      name: named('records encoded, by the clock'),
      unit: '/s',
      rounds: encodedOfClock,
    },
    {
      name: named('full match'),
      unit: 's',
      rounds: matched.map(({ fullMatchSeconds }) => fullMatchSeconds),
      ...match,
    },
    {
      name: named('peak memory of the full match (Rss)'),
      unit: 'MB',
      rounds: matched.map(({ peakMb }) => peakMb),
      ...memory,
    },
    {
      name: named('one new person linked, median'),
      unit: 'ms',
      rounds: matched.map(({ enrolMs }) => quantile(enrolMs, 0.5)),
      ...enrolment,
    },
    {
      name: named('one new person linked, p95'),
      unit: 'ms',
      rounds: matched.map(({ enrolMs }) => quantile(enrolMs, 0.95)),
      ...enrolment,
    },
  ];
}

async function matchOnce(file: string, seed: number): Promise<MatchingTimes> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=6000',
    '--import',
    'tsx',
    matchingProcess,
    file,
    String(seed),
  ]);
  // Printed by matching-process.
  return JSON.parse(stdout) as MatchingTimes;
}
