import { expect, it } from 'vitest';
import { type AnomalyOptions, createAnomalyWatch } from './anomaly-watch.ts';
import { operation } from './evidence.fixture.ts';
import { type AnomalyRecord, anomalyRecord, type OperationRecord } from './evidence-record.ts';

function watch(options: Partial<AnomalyOptions> = {}) {
  const alarms: AnomalyRecord[] = [];
  // A Monday, eleven o'clock in Rome.
  let at = new Date('2026-11-16T10:00:00Z');
  const watching = createAnomalyWatch({
    now: () => at,
    onAlarm: (alarm) => alarms.push(alarm),
    ...options,
  });
  return {
    alarms,
    kinds: () => alarms.map(({ anomaly }) => anomaly),
    at: (moment: string) => {
      at = new Date(moment);
    },
    see: (more: Partial<OperationRecord>) => watching.see(operation(1, more)),
  };
}

/** Ten hours of work with so many people each, over two days. */
function usual(test: ReturnType<typeof watch>, persons: number): void {
  for (let window = 0; window < 10; window += 1) {
    test.at(
      `2026-11-${16 + Math.floor(window / 5)}T${String(8 + (window % 5)).padStart(2, '0')}:00:00Z`,
    );
    test.see({ persons });
  }
}

it('alarms when a consumer sees many more people than it ever did, once in an hour', () => {
  const test = watch();
  usual(test, 40);
  test.at('2026-11-18T10:00:00Z');
  test.see({ persons: 190 });
  expect(test.alarms).toEqual([]);
  test.see({ persons: 20 });
  test.see({ persons: 50 });
  expect(test.alarms).toMatchObject([
    {
      anomaly: 'VOLUME',
      measure: 'persons',
      value: 210,
      limit: 200,
      organisation: 'comune-di-prova',
    },
  ]);
  test.at('2026-11-18T11:00:00Z');
  test.see({ persons: 300 });
  expect(test.kinds()).toEqual(['VOLUME', 'VOLUME']);
  expect(anomalyRecord.safeParse(test.alarms[0]).success).toBe(true);
});

it('does not take one consumer’s habits for another’s', () => {
  const test = watch();
  usual(test, 40);
  test.at('2026-11-18T10:00:00Z');
  test.see({ persons: 300, organisation: 'ausl-di-prova' });
  expect(test.alarms).toEqual([]);
});

it('alarms over the ceiling, whatever is usual', () => {
  const test = watch();
  usual(test, 4_900);
  test.at('2026-11-18T10:00:00Z');
  test.see({ persons: 5_001 });
  expect(test.kinds()).toEqual(['CEILING']);
});

it.each([
  ['06:59 in Rome in winter', '2026-11-16T05:59:59Z', true],
  ['07:00 in Rome in winter', '2026-11-16T06:00:00Z', false],
  ['07:00 in Rome in summer', '2026-07-13T05:00:00Z', false],
  ['20:00 in Rome in summer', '2026-07-13T18:00:00Z', true],
  ['a Saturday', '2026-11-21T10:00:00Z', true],
])('asks about people at %s: %s alarms %s', (_name, moment, alarms) => {
  const test = watch();
  test.at(moment);
  test.see({ persons: 0 });
  expect(test.alarms).toEqual([]);
  test.see({ persons: 1 });
  expect(test.kinds()).toEqual(alarms ? ['OFF_HOURS'] : []);
});

it('alarms at many references that are not shown, and at many refusals', () => {
  const test = watch();
  test.see({ withheld: 50 });
  expect(test.alarms).toEqual([]);
  test.see({ withheld: 1 });
  for (let refusal = 0; refusal < 60; refusal += 1) test.see({ outcome: 'REFUSED' });
  expect(test.kinds()).toEqual(['WITHHELD', 'REFUSALS']);
});

it('says from which address it was when nobody was identified', () => {
  const test = watch({ mostRefusals: 1 });
  const stranger = { outcome: 'REFUSED', organisation: null, purposeId: null } as const;
  test.see({ ...stranger, clientIp: '192.0.2.7' });
  test.see({ ...stranger, clientIp: '192.0.2.8' });
  test.see({ ...stranger, clientIp: '192.0.2.8' });
  expect(test.alarms).toMatchObject([
    { anomaly: 'REFUSALS', clientIp: '192.0.2.8', organisation: null },
  ]);
});

it('remembers a bounded number of consumers, those that asked last', () => {
  const test = watch({ mostConsumers: 3, mostRefusals: 1 });
  const refused = (clientIp: string) =>
    test.see({ outcome: 'REFUSED', organisation: null, clientIp });
  for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) refused(ip);
  refused('192.0.2.4');
  refused('192.0.2.1');
  expect(test.alarms.map(({ clientIp }) => clientIp)).toEqual(['192.0.2.4']);
});
