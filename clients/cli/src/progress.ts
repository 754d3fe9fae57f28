import type { CliSurroundings } from './cli-surroundings.ts';

export interface Progress {
  /** One more record was read. */
  tick(): void;
  /** Leaves the line to what comes next. */
  done(): void;
}

const recordsPerLine = 10_000;
const redrawMs = 250;

/** Says how many records a second: on a terminal over one line, elsewhere a line every 10,000 records. */
export function createProgress({ say, isTerminal, nowMs }: CliSurroundings): Progress {
  const startedMs = nowMs();
  let drawnMs = startedMs;
  let records = 0;
  const text = (now: number): string => {
    const perSecond = Math.round((records * 1000) / Math.max(now - startedMs, 1));
    return `${records} records, ${perSecond} a second`;
  };
  return {
    tick() {
      records += 1;
      if (!isTerminal) {
        if (records % recordsPerLine === 0) say(`${text(nowMs())}\n`);
        return;
      }
      const now = nowMs();
      if (now - drawnMs < redrawMs) return;
      drawnMs = now;
      say(`\r${text(now)}`);
    },
    done() {
      if (isTerminal && drawnMs !== startedMs) say(`\r${text(nowMs())}\n`);
    },
  };
}
