import type { CliSurroundings } from './cli-surroundings.ts';

/** What a command is busy with, in words for who waits. */
export type Phase =
  | 'reading and encoding'
  | 'reading and encoding the other file'
  | 'reading the other file'
  | 'comparing'
  | 'deciding';

export interface Progress {
  /** Ends what was counted before, and counts anew. */
  begin(phase: Phase): void;
  /** So many more records were dealt with; one unless said. */
  tick(more?: number): void;
  /** Leaves the line to what comes next. */
  done(): void;
}

const recordsPerLine = 10_000;
const redrawMs = 250;
const eraseRestOfLine = '\u001b[K';

/** Says how many records a second: on a terminal over one line, elsewhere a line every 10,000 records. */
export function createProgress({ say, isTerminal, nowMs }: CliSurroundings): Progress {
  let phase: Phase = 'reading and encoding';
  let startedMs = nowMs();
  let drawnMs = startedMs;
  let records = 0;
  const text = (now: number): string => {
    const perSecond = Math.round((records * 1000) / Math.max(now - startedMs, 1));
    return `${phase}: ${records} records, ${perSecond} a second`;
  };
  const done = (): void => {
    if (drawnMs === startedMs) return;
    drawnMs = startedMs;
    say(`\r${text(nowMs())}${eraseRestOfLine}\n`);
  };
  return {
    begin(next) {
      done();
      phase = next;
      startedMs = nowMs();
      drawnMs = startedMs;
      records = 0;
    },
    tick(more = 1) {
      const lines = Math.floor(records / recordsPerLine);
      records += more;
      if (!isTerminal) {
        if (Math.floor(records / recordsPerLine) > lines) say(`${text(nowMs())}\n`);
        return;
      }
      const now = nowMs();
      if (now - drawnMs < redrawMs) return;
      drawnMs = now;
      say(`\r${text(now)}${eraseRestOfLine}`);
    },
    done,
  };
}
