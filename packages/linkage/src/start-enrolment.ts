import { setTimeout as delay } from 'node:timers/promises';
import { createEnrolmentClient, EnrolmentRefusedError } from './enrolment-client.ts';
import type { LinkageKey } from './linkage-key.ts';
import { createRecordEncoder } from './record-encoder.ts';
import type { HouseholdToEnrol, PersonToEnrol, RecordToSend } from './record-types.ts';
import { type Ledger, readLedger, synchronise } from './synchronise.ts';

/** The part of a pino logger that enrolment uses; it is given figures and error names only. */
export interface EnrolmentLogger {
  info(figures: object, message: string): void;
  warn(figures: object, message: string): void;
}

export interface EnrolmentOptions {
  readonly indexUrl: string;
  readonly token: string;
  readonly linkageKey: LinkageKey;
  /** Everybody the institution knows, read anew on each pass; throwing leaves the index as it is. */
  readonly people: () => AsyncIterable<PersonToEnrol>;
  readonly households: () => AsyncIterable<HouseholdToEnrol>;
  /** Longest time between two passes when nobody calls `changed`. */
  readonly intervalMs: number;
  readonly logger: EnrolmentLogger;
  /** How long a burst of `changed` is gathered before a pass; 200 when absent. */
  readonly debounceMs?: number;
  /** For one call to the index; 30,000 when absent. */
  readonly timeoutMs?: number;
  /** In [0, 1), spreads the retries of several institutions. */
  readonly random?: () => number;
}

export interface Enrolment {
  /** Says that the institution's store has news; cheap, call it after every ingest. */
  changed(): void;
  /** Stops at once, also in the middle of a pass: what was not acknowledged is sent after the next start. */
  close(): Promise<void>;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** Keeps the person index equal to what one institution knows, for as long as the institution's service runs. */
export function startEnrolment(options: EnrolmentOptions): Enrolment {
  const { logger, intervalMs, debounceMs = 200, random = Math.random } = options;
  const encoder = createRecordEncoder(options.linkageKey);
  const closing = new AbortController();
  const client = createEnrolmentClient({
    indexUrl: options.indexUrl,
    token: options.token,
    keyMark: encoder.keyMark,
    timeoutMs: options.timeoutMs ?? 30_000,
    signal: closing.signal,
  });
  let ledger: Ledger | null = null;
  let isDirty = false;
  let wake: () => void = () => undefined;

  async function pass(): Promise<void> {
    isDirty = false;
    if (ledger === null || !(await isHeldBy(ledger))) ledger = await readLedger(client);
    const before = encoder.counts();
    const people = encodeEach(options.people(), encoder.person);
    const peopleOutcome = await synchronise(client, ledger, 'people', people, closing.signal);
    const households = encodeEach(options.households(), encoder.household);
    const householdsOutcome = await synchronise(
      client,
      ledger,
      'households',
      households,
      closing.signal,
    );
    const after = encoder.counts();
    const figures = {
      people: peopleOutcome,
      households: householdsOutcome,
      malformed: difference(after.malformed, before.malformed),
      checkDigitFailures: difference(after.checkDigitFailures, before.checkDigitFailures),
    };
    if (sizeOf(peopleOutcome) + sizeOf(householdsOutcome) > 0) logger.info(figures, 'enrolled');
  }

  /** An index restored from an older copy, or emptied, no longer holds what was acknowledged. */
  async function isHeldBy(remembered: Ledger): Promise<boolean> {
    const figures = await client.figures();
    return (
      figures.epoch === remembered.epoch &&
      figures.people === remembered.people.size &&
      figures.households === remembered.households.size
    );
  }

  const isClosing = (): boolean => closing.signal.aborted;

  async function run(): Promise<void> {
    let failures = 0;
    while (!isClosing()) {
      try {
        await pass();
        failures = 0;
        await untilNews();
      } catch (cause) {
        if (isClosing()) return;
        ledger = null;
        const longest = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
        failures += 1;
        const retryMs = Math.round(longest / 2 + (longest / 2) * random());
        logger.warn({ failures, retryMs, ...failureOf(cause) }, 'enrolment postponed');
        await pause(retryMs);
      }
    }
  }

  async function untilNews(): Promise<void> {
    if (!isDirty) {
      const interval = new AbortController();
      await Promise.race([
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
        delay(intervalMs, undefined, {
          signal: AbortSignal.any([closing.signal, interval.signal]),
        }).catch(() => undefined),
      ]);
      interval.abort();
    }
    if (isDirty) await pause(debounceMs);
  }

  async function pause(forMs: number): Promise<void> {
    await delay(forMs, undefined, { signal: closing.signal }).catch(() => undefined);
  }

  const running = run();
  return {
    changed() {
      isDirty = true;
      wake();
    },
    async close() {
      closing.abort();
      await client.close();
      await running;
    },
  };
}

async function* encodeEach<T>(
  source: AsyncIterable<T>,
  encode: (one: T) => RecordToSend | null,
): AsyncIterable<RecordToSend | null> {
  for await (const one of source) yield encode(one);
}

/** The message of a foreign error may quote what it choked on; its name and code cannot. */
function failureOf(cause: unknown): object {
  if (cause instanceof EnrolmentRefusedError) return { reason: cause.message };
  if (!(cause instanceof Error)) return { reason: 'unknown' };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return { reason: cause.name, code };
}

function sizeOf(outcome: { sent: number; removed: number; unusable: number }): number {
  return outcome.sent + outcome.removed + outcome.unusable;
}

function difference(
  after: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after)
      .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}
