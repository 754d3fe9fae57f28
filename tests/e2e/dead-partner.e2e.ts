import { ask, readExample, startHubFrom, type TableAnswer, type TestHub } from '@tavolo/harness';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

let hub: TestHub;
let question: string;
let whole: TableAnswer;
beforeAll(async () => {
  question = await readExample('table-question');
  hub = await startHubFrom(inject('preparedHubFolder'));
  whole = (await askTable()).data;
});
afterAll(() => hub.close());

const askTable = () => ask<TableAnswer>(hub, question, { district: 'FIDENZA' });

/** What an institution's absence may blank, as a path's last field. */
const ownFields = {
  'health-authority': ['firstHealthEvent', 'hoursToFirstHealthEvent'],
  'social-services': ['socialCases'],
  'volunteer-registry': ['tutorMatches'],
} as const;

describe.each(Object.entries(ownFields))('while %s is down', (name, fields) => {
  it('only its own fields are missing, and the answer says so; afterwards everything is back', async () => {
    const partner = name as keyof typeof ownFields;
    await hub.processes.get(partner)?.kill();
    const answer = await askTable();

    expect(answer.status).toBe(200);
    expect(without(answer.data, fields)).toEqual(without(whole, fields));
    expect(withoutOthers(answer.data, fields)).toEqual([]);
    const source = answer.sources.find((entry) => entry.name === partner);
    expect(source).toMatchObject({ status: 'UNAVAILABLE' });
    expect(source?.reason).toBeTypeOf('string');
    expect(answer.sources.filter(({ status }) => status === 'UNAVAILABLE')).toHaveLength(1);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { path, extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({ code: 'UNAVAILABLE' });
      expect(path?.some((step) => fields.some((field) => field === step))).toBe(true);
    }
    expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|serviceName/u);

    await hub.restart(partner);
    await expect.poll(async () => (await askTable()).data, { timeout: 60_000 }).toEqual(whole);
  });
});

it('without the person index the facilities and the guests are still there, without their people', async () => {
  await hub.processes.get('person-index')?.kill();
  const answer = await askTable();
  expect(answer.data.facilities?.nodes).toHaveLength(whole.facilities?.nodes.length ?? -1);
  expect(answer.sources.find(({ name }) => name === 'person-index')).toMatchObject({
    status: 'UNAVAILABLE',
  });
  await hub.restart('person-index');
  await expect.poll(async () => (await askTable()).data, { timeout: 60_000 }).toEqual(whole);
});

it('without the reception centres the question has no answer but a clear one', async () => {
  await hub.processes.get('reception-centres')?.kill();
  const answer = await askTable();
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ facilities: null });
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
  expect(answer.sources).toMatchObject([{ name: 'reception-centres', status: 'UNAVAILABLE' }]);
  await hub.restart('reception-centres');
  await expect.poll(async () => (await askTable()).data, { timeout: 60_000 }).toEqual(whole);
});

/** The data with the given fields left out, wherever they are. */
function without(data: unknown, fields: readonly string[]): unknown {
  return JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (fields.includes(key) ? undefined : value)),
  );
}

/** Every value of the given fields that is not null. */
function withoutOthers(data: unknown, fields: readonly string[]): unknown[] {
  const found: unknown[] = [];
  JSON.stringify(data, (key, value: unknown) => {
    if (fields.includes(key) && value !== null) found.push(value);
    return value;
  });
  return found;
}
