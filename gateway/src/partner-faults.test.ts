import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultGatewayLimits } from './gateway.ts';
import { type Answer, startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { startTestHub, type TestHub } from './test-subgraphs/start-test-hub.ts';

let province: TestProvince;
const open: ServerResponse[] = [];
beforeAll(async () => {
  province = await startTestProvince({
    limits: {
      ...defaultGatewayLimits,
      callTimeoutMs: 1_000,
      breakerFailures: 1_000,
      retryJitterMs: 1,
    },
  });
});
afterAll(() => province.close());
afterEach(() => {
  province.health.misbehave(undefined);
  for (const response of open.splice(0)) response.destroy();
});

const head = { 'content-type': 'application/json' };
const known = [{ events: ['1'] }, { events: ['2'] }, { events: ['3'] }];
const bodyOf = (entities: unknown, more: object = {}) =>
  JSON.stringify({ data: { _entities: entities }, ...more });

/** What the three guests' events come to when the health authority's server sends this in place of its answer. */
async function askWith(send: (response: ServerResponse) => void) {
  province.health.misbehave((response) => {
    open.push(response);
    send(response);
  });
  const answer = await province.ask('{ facilities { name guests { id events } } }');
  return { answer, events: eventsOf(answer), codes: codesOf(answer) };
}
const askWithBody = (body: string | Buffer) =>
  askWith((response) => response.writeHead(200, head).end(body));

interface Facility {
  readonly name: string;
  readonly guests: readonly { readonly id: string; readonly events: unknown }[];
}

/** Everything else is there, whatever became of the events. */
function eventsOf({ data }: Answer): unknown[] {
  const facilities = data?.['facilities'] as readonly Facility[];
  expect(facilities.map(({ name }) => name)).toEqual(['Casa Uno', 'Casa Due']);
  const guests = facilities.flatMap((each) => each.guests);
  expect(guests.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
  return guests.map(({ events }) => events);
}

const codesOf = ({ errors = [] }: Answer) =>
  errors.map(({ extensions, path }) => [
    extensions['code'],
    ...(extensions['reason'] === undefined ? [] : [extensions['reason']]),
    path?.join('.'),
  ]);

const nothing = [null, null, null];
const failed = (reason: string) => [['UNAVAILABLE', reason, 'facilities.0.guests.0.events']];

describe('entities', () => {
  test.each([
    ['fewer than were asked for', known.slice(1)],
    ['more than were asked for', [...known, { events: ['4'] }]],
    ['none', []],
    ['no list', { 0: known[0], length: 3 }],
    ['null', null],
  ])('%s: nobody could say whose they are, so none is taken', async (_what, entities) => {
    const { answer, events, codes } = await askWithBody(bodyOf(entities));
    expect(events).toEqual(nothing);
    expect(codes).toEqual(failed('INVALID_ANSWER'));
    expect(answer.errors?.[0]?.extensions).toMatchObject({ subgraph: 'health', affected: 3 });
  });

  test('in another order cannot be told from a right answer: the position is all that a list says', async () => {
    const { events, codes } = await askWithBody(bodyOf(known.toReversed()));
    expect(events).toEqual([['3'], ['2'], ['1']]);
    expect(codes).toEqual([]);
  });

  test('that are none in their place cost that place only', async () => {
    const { events, codes } = await askWithBody(bodyOf([known[0], 'person', known[2]]));
    expect(events).toEqual([['1'], null, ['3']]);
    expect(codes).toEqual([['UNRESOLVED', 'facilities.0.guests.1.events']]);
  });

  test('that the source does not know are null without an error', async () => {
    const { events, codes } = await askWithBody(bodyOf([null, known[1], null]));
    expect(events).toEqual([null, ['2'], null]);
    expect(codes).toEqual([]);
  });

  test('without what was asked are told as such', async () => {
    const { events, codes } = await askWithBody(bodyOf([{}, known[1], known[2]]));
    expect(events).toEqual([null, ['2'], ['3']]);
    expect(codes).toEqual([['UNRESOLVED', 'facilities.0.guests.0.events']]);
  });
});

describe('values', () => {
  test.each([
    ['a text', 'text'],
    ['an object', { 0: 'a', length: 1 }],
    ['a list of numbers', [1]],
    ['a list of lists', [['a']]],
    ['a list with null', [null]],
  ])('%s for a list of texts is null, and whose fault it is', async (_what, wrong) => {
    const { answer, events } = await askWithBody(bodyOf([{ events: wrong }, known[1], known[2]]));
    expect(events).toEqual([null, ['2'], ['3']]);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_VALUE',
      subgraph: 'health',
    });
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty'])(
    'keys called %s reach nobody',
    async (key) => {
      const entity = `{"events":["1"],"${key}":{"polluted":1,"events":["x"]}}`;
      const { answer, events } = await askWithBody(
        `{"data":{"_entities":[${entity},${entity},{"${key}":{"events":["x"]}}]}}`,
      );
      expect(events).toEqual([['1'], ['1'], null]);
      expect(answer.text).not.toContain('polluted');
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );

  test.each(['[', '{"events":'])('10,000 deep %s end nobody', async (opening) => {
    const closing = opening === '[' ? ']' : '}';
    const deep = `${opening.repeat(10_000)}1${closing.repeat(10_000)}`;
    const { events, codes } = await askWithBody(
      `{"data":{"_entities":[{"events":${deep}},{"events":["2"]},{"events":["3"]}]}}`,
    );
    expect(events).toEqual([null, ['2'], ['3']]);
    expect(codes.map(([code]) => code)).toEqual(['INVALID_VALUE']);
  });

  test('of a key sent twice the last one counts, as everywhere in JSON', async () => {
    const { events, codes } = await askWithBody(
      `{"data":{"_entities":[]},"data":{"_entities":[{"events":["a"],"events":["1"]},{"events":["2"]},{"events":["3"]}]}}`,
    );
    expect(events).toEqual([['1'], ['2'], ['3']]);
    expect(codes).toEqual([]);
  });
});

describe('bytes', () => {
  test.each([
    ['UTF-16', Buffer.from(bodyOf(known), 'utf16le')],
    ['Latin-1', Buffer.from(bodyOf([{ events: ['caff\u00e8'] }, ...known.slice(1)]), 'latin1')],
    [
      'compressed without saying so',
      Buffer.from('H4sIAAAAAAAAA6tWSkksSVSyqgUAJ+3l4gsAAAA=', 'base64'),
    ],
  ])('%s: no answer', async (_what, body) => {
    const { events, codes } = await askWithBody(body);
    expect(events).toEqual(nothing);
    expect(codes).toEqual(failed('INVALID_ANSWER'));
  });

  test('one by one, also within a letter, are an answer', async () => {
    const body = Buffer.from(bodyOf([{ events: ['caffè'] }, known[1], known[2]]));
    const { events } = await askWith((response) => {
      response.writeHead(200, head);
      const sendNext = (at: number) => {
        if (at === body.length) response.end();
        else response.write(body.subarray(at, at + 1), () => sendNext(at + 1));
      };
      sendNext(0);
    });
    expect(events).toEqual([['caffè'], ['2'], ['3']]);
  });

  test('without end are cut off when the time is over', async () => {
    const { events, codes } = await askWith((response) => {
      response.writeHead(200, head);
      const sendOn = () => {
        if (!response.destroyed) response.write(' ', () => setTimeout(sendOn, 10));
      };
      sendOn();
    });
    expect(events).toEqual(nothing);
    expect(codes).toEqual(failed('TIMEOUT'));
  });

  test('that end in the middle are no answer, and are asked for once more', async () => {
    const body = bodyOf(known);
    let calls = 0;
    const { events, codes } = await askWith((response) => {
      calls += 1;
      response.writeHead(200, { ...head, 'content-length': body.length });
      response.write(body.slice(0, 20), () => response.destroy());
    });
    expect(events).toEqual(nothing);
    expect(codes).toEqual(failed('CONNECTION_FAILED'));
    expect(calls).toBe(2);
  });
});

describe('100,000 errors', () => {
  const errorsAt = (pathOf: (index: number) => readonly (string | number)[]) =>
    Array.from({ length: 100_000 }, (_, index) => ({ message: 'no', path: pathOf(index) }));

  test.each([
    ['at one place', () => ['_entities', 0, 'events']],
    ['at places that are not there', (index: number) => ['_entities', index, 'events']],
    ['deep', (index: number) => ['_entities', index % 3, ...Array<number>(10).fill(index)]],
  ])('%s are told as two hundred, and how many more there are', async (_what, pathOf) => {
    const entities = [{ events: null }, known[1], known[2]];
    const { answer, events } = await askWithBody(bodyOf(entities, { errors: errorsAt(pathOf) }));
    expect(events).toEqual([null, ['2'], ['3']]);
    expect(answer.errors?.length).toBeLessThanOrEqual(201);
    expect(answer.errors?.at(-1)).toMatchObject({
      message: 'health reported 99800 further errors',
      extensions: { affected: 99_800 },
    });
    expect(answer.text.length).toBeLessThan(100_000);
  });
});

describe('a question whose plan would have up to 500 fetches is refused before anybody plans it', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub();
  });
  afterAll(() => hub.close());

  test.each([
    [500, 'The query has more tokens than the 4000 allowed'],
    [250, 'The query has more aliases than the 50 allowed'],
    [30, 'The query has more root fields than the 20 allowed'],
  ])('%i: %s', async (count, message) => {
    const facility = (index: number) => `f${index}: facility(id: "${index}") { guests { events } }`;
    const fields = Array.from({ length: count }, (_, index) => facility(index));
    const answer = await hub.ask('care', `{ ${fields.join(' ')} }`);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]).toMatchObject({ message, extensions: { code: 'QUERY_TOO_COSTLY' } });
    expect(hub.calls).toBe(0);
  });
});
