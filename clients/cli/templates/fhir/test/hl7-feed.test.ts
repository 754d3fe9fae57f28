import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCodes } from '../src/source/codes.ts';
import { createHl7Intake } from '../src/source/hl7-intake.ts';
import { startMllpListener } from '../src/source/mllp-listener.ts';
import type { EnrolmentStore } from '../src/store/enrolment-store.ts';
import { feedMigrations } from '../src/store/feed-migrations.ts';
import { createFeedWriter } from '../src/store/feed-writer.ts';
import { openDatabase, type StateDatabase } from '../src/store/open-database.ts';
import { createSqliteEnrolmentStore } from '../src/store/sqlite-enrolment-store.ts';

const now = () => new Date('2026-11-22T10:00:00Z');
const logger = pino({ level: 'silent' });
let database: StateDatabase;
let store: EnrolmentStore;
let intake: (bytes: Buffer) => Promise<Buffer>;

beforeEach(() => {
  database = openDatabase(':memory:', feedMigrations);
  store = createSqliteEnrolmentStore(database, { now, staleAfterMs: 1_000 });
  const sectorKeySecret = 'a secret for tests only, of more than 32 characters';
  intake = createHl7Intake(
    createFeedWriter(database, { sectorKeySecret, now }),
    readCodes('codes.json'),
    now,
  );
});
afterEach(() => store.close());

function adt(
  control: string,
  { event = 'A04', at = '20261122093000+0100', end = '', kind = 'CORSO', visit = 'V1' } = {},
): string {
  const pv1 = Array.from({ length: 46 }, () => '');
  Object.assign(pv1, {
    0: 'PV1',
    2: 'O',
    18: kind,
    19: visit,
    39: 'org-parma',
    44: '20261101',
    45: end,
  });
  return [
    `MSH|^~\\&|INVENTED|CENTRE|TAVOLO|HUB|${at}||ADT^${event}|${control}|P|2.5`,
    `EVN|${event}|${at}`,
    'PID|1||PERSON-001^^^CENTRE||Inventati^Caso',
    pv1.join('|'),
    'DG1|1||a diagnosis that nobody reads',
  ].join('\r');
}
const send = async (text: string) => (await intake(Buffer.from(text))).toString();
const rows = () => store.findPage({ size: 100, afterId: null }, null);

it('stores a message and then acknowledges it, once for each control id', async () => {
  expect(await send(adt('1'))).toContain('MSA|AA|1');
  expect(await send(adt('1'))).toContain('MSA|AA|1');
  expect(await rows()).toMatchObject([{ kind: 'COURSE', status: 'ONGOING', district: 'PARMA' }]);
  expect(await store.status()).toMatchObject({ asOf: '2026-11-22T10:00:00.000Z', completeness: 1 });
});

it('closes, takes out, and is not changed by an older message that comes later', async () => {
  await send(adt('1'));
  await send(adt('2', { event: 'A03', at: '20261122120000+0100', end: '20261122' }));
  await send(adt('3', { event: 'A08', at: '20261122100000+0100' }));
  expect(await rows()).toMatchObject([{ status: 'COMPLETED', endedOn: '2026-11-22' }]);
  await send(adt('4', { event: 'A11', at: '20261122130000+0100' }));
  expect(await rows()).toEqual([]);
});

it('keeps a message that breaks a rule in quarantine, and names the field and no value', async () => {
  const answer = await send(adt('1', { kind: 'MAGIC' }));
  expect(answer).toContain('MSA|AE|1');
  expect(answer).toContain('PV1^1^18');
  expect(answer).not.toMatch(/MAGIC|Inventati/u);
  expect(await rows()).toEqual([]);
  expect((await store.status()).completeness).toBe(0);
  expect(database.prepare('SELECT reason FROM message').all()).toMatchObject([
    { reason: 'PV1-18: must be one of INTERVIEW, COURSE, TRAINEESHIP, PLACEMENT, OTHER' },
  ]);
});

it('does not let one control id stand for two messages', async () => {
  await send(adt('1'));
  expect(await send(adt('1', { visit: 'V2' }))).toContain('MSA|AE|1');
  expect(await rows()).toHaveLength(1);
});

it('refuses what is no message, and keeps no diagnosis and no name of one that is', async () => {
  for (const text of ['', 'hello', 'MSH|', `${adt('1')}\r${adt('2')}`]) {
    expect(await send(text)).toContain('MSA|AR|');
  }
  await send(adt('3'));
  const kept = database.prepare('SELECT * FROM message').all();
  expect(JSON.stringify([kept, await rows()])).not.toMatch(/diagnosis|Inventati/u);
});

it('answers over MLLP in order, and cuts the connection without an answer when it could not store', async () => {
  let fails = false;
  const handle = async (bytes: Buffer) => {
    if (fails) throw new Error('disk full');
    return intake(bytes);
  };
  const listener = await startMllpListener({ host: '127.0.0.1', port: 0, handle, logger });
  const socket = connect(listener.port, '127.0.0.1');
  const frame = (text: string) => `\u000b${text}\u001c\r`;
  const framed = Buffer.from(frame(adt('1')) + frame(adt('2', { visit: 'V2' })));
  socket.write(framed.subarray(0, 100));
  socket.write(framed.subarray(100));
  let answers = '';
  while (answers.split('\u001c').length < 3) answers += String((await once(socket, 'data'))[0]);
  expect(answers.indexOf('MSA|AA|1')).toBeLessThan(answers.indexOf('MSA|AA|2'));
  fails = true;
  socket.write(frame(adt('3')));
  await once(socket, 'close');
  expect(await rows()).toHaveLength(2);
  await listener.close();
});
