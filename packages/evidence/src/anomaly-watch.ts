import type { AnomalyRecord, OperationRecord } from './evidence-record.ts';

export interface AnomalyOptions {
  readonly onAlarm: (anomaly: AnomalyRecord) => void;
  readonly now: () => Date;
  readonly windowMinutes?: number;
  /** Windows of a consumer that make its baseline; only those in which it asked. */
  readonly baselineWindows?: number;
  /** So many windows must be known before they are a baseline. */
  readonly leastWindows?: number;
  /** A window is unusual at so many times the median of the baseline… */
  readonly factor?: number;
  /** …and above these, so that two people instead of none are no alarm. */
  readonly floor?: Readonly<Record<VolumeMeasure, number>>;
  /** Never usual, whatever went before. */
  readonly ceiling?: Readonly<Record<VolumeMeasure, number>>;
  /** References that were not shown, in one window. */
  readonly mostWithheld?: number;
  /** Refusals in one window: somebody tries what works. */
  readonly mostRefusals?: number;
  /** Hours of work in Rome: from, inclusive, to, exclusive. Questions about people outside of them are an alarm. */
  readonly workHours?: readonly [number, number];
  /** ISO numbers of days, Monday = 1. */
  readonly workDays?: readonly number[];
  /** Consumers that are remembered; the one that asked longest ago is forgotten first. */
  readonly mostConsumers?: number;
}

/** Looks at each operation as it is recorded; alarms once a window for each consumer and kind of anomaly. */
export interface AnomalyWatch {
  see(record: OperationRecord): void;
}

const volumeMeasures = ['persons', 'rows', 'operations'] as const;
type VolumeMeasure = (typeof volumeMeasures)[number];
type Volume = Record<VolumeMeasure, number>;

interface Consumer {
  /** Milliseconds since 1970. */
  windowFrom: number;
  volume: Volume;
  withheld: number;
  refusals: number;
  readonly alarmed: Set<AnomalyRecord['anomaly']>;
  readonly history: Volume[];
}

/** An operation as it was seen, and by when its consumer's window began. */
interface Seen {
  readonly consumer: Consumer;
  readonly record: OperationRecord;
  readonly at: Date;
  readonly windowFrom: number;
}

export function createAnomalyWatch(options: AnomalyOptions): AnomalyWatch {
  const {
    onAlarm,
    now,
    windowMinutes = 60,
    baselineWindows = 120,
    leastWindows = 8,
    factor = 5,
  } = options;
  const { floor = { persons: 100, rows: 2_000, operations: 200 } } = options;
  const { ceiling = { persons: 5_000, rows: 100_000, operations: 20_000 } } = options;
  const { mostWithheld = 50, mostRefusals = 50, mostConsumers = 2_000 } = options;
  const { workHours = [7, 20], workDays = [1, 2, 3, 4, 5] } = options;
  const windowMs = windowMinutes * 60_000;
  const consumers = new Map<string, Consumer>();
  const romeAt = createRomeClock();

  function consumerOf(key: string, windowFrom: number): Consumer {
    const known = consumers.get(key);
    const consumer = known ?? {
      windowFrom,
      volume: noVolume(),
      withheld: 0,
      refusals: 0,
      alarmed: new Set(),
      history: [],
    };
    // Put at the end: the map is in order of the last question.
    consumers.delete(key);
    consumers.set(key, consumer);
    const oldest = consumers.keys().next();
    if (consumers.size > mostConsumers && oldest.done === false) consumers.delete(oldest.value);
    if (consumer.windowFrom !== windowFrom) turn(consumer, windowFrom);
    return consumer;
  }

  function turn(consumer: Consumer, windowFrom: number): void {
    consumer.history.push(consumer.volume);
    if (consumer.history.length > baselineWindows) consumer.history.shift();
    consumer.windowFrom = windowFrom;
    consumer.volume = noVolume();
    consumer.withheld = 0;
    consumer.refusals = 0;
    consumer.alarmed.clear();
  }

  function alarm(
    { consumer, record, at, windowFrom }: Seen,
    anomaly: AnomalyRecord['anomaly'],
    measure: AnomalyRecord['measure'],
    value: number,
    limit: number,
  ): void {
    if (consumer.alarmed.has(anomaly)) return;
    consumer.alarmed.add(anomaly);
    const { organisation, purposeId, clientIp, requestId } = record;
    const isKnown = organisation !== null;
    onAlarm({
      kind: 'anomaly',
      at: at.toISOString(),
      anomaly,
      organisation,
      purposeId: isKnown ? purposeId : null,
      clientIp: isKnown ? null : clientIp,
      measure,
      value,
      limit,
      windowFrom: new Date(windowFrom).toISOString(),
      requestId,
    });
  }

  return {
    see(record) {
      const at = now();
      const windowFrom = Math.floor(at.getTime() / windowMs) * windowMs;
      const { organisation, purposeId, clientIp } = record;
      const isKnown = organisation !== null;
      const consumer = consumerOf(
        isKnown ? `${organisation}/${purposeId ?? ''}` : `address ${clientIp ?? ''}`,
        windowFrom,
      );
      consumer.volume.persons += record.persons;
      consumer.volume.rows += record.rows;
      consumer.volume.operations += 1;
      consumer.withheld += record.withheld;
      if (record.outcome === 'REFUSED') consumer.refusals += 1;

      const seen: Seen = { consumer, record, at, windowFrom };
      for (const measure of volumeMeasures) {
        const value = consumer.volume[measure];
        if (value > ceiling[measure]) alarm(seen, 'CEILING', measure, value, ceiling[measure]);
        // The baseline is looked up only for what could be an alarm.
        if (value <= floor[measure] || consumer.history.length < leastWindows) continue;
        const limit = Math.max(floor[measure], factor * medianOf(consumer.history, measure));
        if (value > limit) alarm(seen, 'VOLUME', measure, value, limit);
      }
      if (consumer.withheld > mostWithheld) {
        alarm(seen, 'WITHHELD', 'withheld', consumer.withheld, mostWithheld);
      }
      if (consumer.refusals > mostRefusals) {
        alarm(seen, 'REFUSALS', 'refusals', consumer.refusals, mostRefusals);
      }
      if (record.persons > 0) {
        const { hour, day } = romeAt(at);
        const isAtWork = workDays.includes(day) && hour >= workHours[0] && hour < workHours[1];
        if (!isAtWork) alarm(seen, 'OFF_HOURS', 'persons', record.persons, 0);
      }
    },
  };
}

function noVolume(): Volume {
  return { persons: 0, rows: 0, operations: 0 };
}

function medianOf(history: readonly Volume[], measure: VolumeMeasure): number {
  const sorted = history.map((volume) => volume[measure]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const HOUR_MS = 3_600_000;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The hour and day in Rome, worked out once an hour: whole hours are between Rome and UTC. */
function createRomeClock(): (at: Date) => { readonly hour: number; readonly day: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Rome',
    hour: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  });
  let known = { since: Number.NaN, hour: 0, day: 0 };
  return (at) => {
    const since = Math.floor(at.getTime() / HOUR_MS);
    if (since === known.since) return known;
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = weekdays.indexOf(parts.get('weekday') ?? '') + 1;
    known = { since, hour: Number(parts.get('hour')), day };
    return known;
  };
}
