import type { Random } from '../random.ts';
import { dayMs, hourMs, minuteMs } from '../time.ts';
import type { WorldExitReason, WorldReceptionType } from '../world.ts';
import type { StayDraft } from './household-draft.ts';

const exitReasons: readonly (readonly [WorldExitReason, number])[] = [
  ['INTEGRATION', 42],
  ['SPONTANEOUS_ABANDONMENT', 20],
  ['TERM_EXPIRY', 27],
  ['REMOVAL', 7],
  ['TRANSFER', 4],
];

/** Draws the stays of somebody who is hosted now, the last one open; earlier ones lead up to it. */
export function drawHostedPath(
  random: Random,
  lastType: WorldReceptionType,
  nowMs: number,
): StayDraft[] {
  const days = lastType === 'CPA_HUB' ? random.logNormal(14, 0.7) : random.logNormal(190, 0.8);
  const entryMs = Math.min(
    officeHour(random, nowMs - Math.min(days, 1_100) * dayMs),
    nowMs - hourMs,
  );
  const path: StayDraft[] = [{ type: lastType, entryMs }];
  if (lastType === 'SAI' && random.chance(0.55)) {
    prepend(random, path, 'CAS', random.logNormal(200, 0.5));
  }
  if (lastType !== 'CPA_HUB' && random.chance(0.4)) {
    prepend(random, path, 'CPA_HUB', random.logNormal(16, 0.5));
  }
  return path;
}

/** Draws the closed stays of somebody who left at `exitMs` after about `days` in reception in all. */
export function drawFormerPath(
  random: Random,
  types: readonly WorldReceptionType[],
  exitMs: number,
  days: number,
): StayDraft[] {
  const shares = types.map((type) => (type === 'CPA_HUB' ? 0.06 : random.next() + 0.5));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const path: StayDraft[] = [];
  let entryMs = exitMs - days * dayMs;
  types.forEach((type, index) => {
    const length = ((shares[index] ?? 0) / whole) * days * dayMs;
    const last = index === types.length - 1;
    const endMs = last ? exitMs : entryMs + length;
    path.push({
      type,
      entryMs: wholeMinute(entryMs),
      exitMs: wholeMinute(endMs),
      exitReason: last ? random.weighted(exitReasons) : 'TRANSFER',
    });
    entryMs = endMs + 2 * hourMs;
  });
  return path;
}

/** Which containers a former guest went through. */
export function drawFormerTypes(random: Random, saiOnly: boolean): WorldReceptionType[] {
  if (saiOnly) return ['SAI'];
  return random.weighted<WorldReceptionType[]>([
    [['CAS'], 40],
    [['CPA_HUB', 'CAS'], 20],
    [['CAS', 'SAI'], 15],
    [['CPA_HUB', 'CAS', 'SAI'], 10],
    [['SAI'], 15],
  ]);
}

/** The same day, at an hour when an office takes people in (UTC). */
export function officeHour(random: Random, ms: number): number {
  return Math.floor(ms / dayMs) * dayMs + random.integer(7 * 60, 17 * 60) * minuteMs;
}

export function wholeMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}

function prepend(random: Random, path: StayDraft[], type: WorldReceptionType, days: number): void {
  const next = path[0];
  if (next === undefined) return;
  const exitMs = next.entryMs - random.integer(60, 180) * minuteMs;
  const entryMs = wholeMinute(exitMs - Math.max(days, 1) * dayMs);
  path.unshift({ type, entryMs, exitMs, exitReason: 'TRANSFER' });
}
