import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { peopleTypeDefs } from '../run.fixture.ts';
import { createPlannerThread, type PlannerThread } from './planner.ts';

const timeoutMs = 1_000;
const idleMs = 100;
let ends: unknown[];
let thread: PlannerThread;
beforeEach(() => {
  ends = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await thread.close();
});

function start(workerFile?: URL): PlannerThread {
  thread = createPlannerThread({
    timeoutMs,
    loadTimeoutMs: 60_000,
    onEnd: (cause) => ends.push(cause),
    ...(workerFile ? { workerFile } : {}),
  });
  return thread;
}

describe('the thread', () => {
  const stand = new URL('planner-worker.fixture.mjs', import.meta.url);
  const planned = { kind: 'QueryPlan' };

  test('is ended when a plan takes longer than told, and the next plan is made by a new one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const planner = await start(stand).load('a', false);
    const endless = planner.plan('endless');
    const refused = expect(endless).rejects.toMatchObject({
      message: 'The query takes too long to plan: ask for less at a time',
      extensions: { code: 'QUERY_TOO_COSTLY' },
    });
    await vi.advanceTimersByTimeAsync(timeoutMs);
    await refused;
    expect(String(ends)).toContain('longer than 1000 ms');
    expect(await planner.plan('next')).toEqual(planned);
  });

  test('knows after a new start all graphs but those that were released', async () => {
    const kept = await start(stand).load('a', false);
    const released = await thread.load('b', false);
    released.release();
    await expect(kept.plan('defect')).rejects.toThrow('The planner was ended');
    expect(await kept.plan('next')).toEqual(planned);
    await expect(released.plan('next')).rejects.toThrow('There is no such graph');
  });

  test('tells a defect of its own, which costs the operation that has it and no other', async () => {
    const planner = await start(stand).load('a', false);
    const waiting = [planner.plan('defect'), planner.plan('next')];
    const settled = await Promise.allSettled(waiting);
    expect(settled).toEqual([
      expect.objectContaining({ status: 'rejected' }),
      { status: 'fulfilled', value: planned },
    ]);
    expect(ends).toEqual([expect.objectContaining({ message: 'a defect of the planner' })]);
  });

  test('plans for those who waited behind an endless plan, once it is ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const planner = await start(stand).load('a', false);
    const other = await thread.load('b', false);
    const endless = expect(planner.plan('endless')).rejects.toThrow('too long to plan');
    const waiting = Promise.all([planner.plan('next'), other.plan('next')]);
    await vi.advanceTimersByTimeAsync(timeoutMs);
    await endless;
    expect(await waiting).toEqual([planned, planned]);
    expect(ends).toHaveLength(1);
  });

  test('lets nobody wait for a third thread', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const planner = await start(stand).load('a', false);
    const settled = Promise.allSettled([
      planner.plan('defect'),
      planner.plan('defect'),
      planner.plan('next'),
    ]);
    expect((await settled).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(ends).toHaveLength(2);
    expect(await planner.plan('next')).toEqual(planned);
  });

  test('reads a new supergraph before it plans for those who wait', async () => {
    const planner = await start(stand).load('a', false);
    const order: string[] = [];
    await Promise.all([
      planner.plan('first').then(() => order.push('first')),
      planner.plan('second').then(() => order.push('second')),
      thread.load('b', false).then(() => order.push('supergraph')),
    ]);
    expect(order).toEqual(['first', 'supergraph', 'second']);
  });

  test('goes when it was not asked for a while, and is there again when it is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const planner = await startAt([0, 0]).load('a', false);
    const first = await planner.plan('thread');
    await vi.advanceTimersByTimeAsync(idleMs - 1);
    expect(await planner.plan('thread')).toEqual(first);
    await vi.advanceTimersByTimeAsync(idleMs);
    expect(await planner.plan('thread')).not.toEqual(first);
    expect(ends).toEqual([]);
  });

  test('stays ten times as long as it took to be ready', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const planner = await startAt([0, idleMs]).load('a', false);
    const first = await planner.plan('thread');
    await vi.advanceTimersByTimeAsync(10 * idleMs - 1);
    expect(await planner.plan('thread')).toEqual(first);
    await vi.advanceTimersByTimeAsync(10 * idleMs);
    expect(await planner.plan('thread')).not.toEqual(first);
  });

  /** `times` are those of the thread's start and of its first graph. */
  function startAt(times: number[]): PlannerThread {
    const now = () => times.shift() ?? 0;
    thread = createPlannerThread({
      timeoutMs,
      idleMs,
      onEnd: (cause) => ends.push(cause),
      workerFile: stand,
      now,
    });
    return thread;
  }

  test('a supergraph that the planner does not take is refused, and costs no other its place', async () => {
    const planner = await start(stand).load('a', false);
    await expect(thread.load('refused', false)).rejects.toThrow('not a graph');
    expect(await planner.plan('next')).toEqual(planned);
  });

  test('when it is closed who waits is told, who comes later is refused, and it is no fault', async () => {
    const planner = await start(stand).load('a', false);
    const waiting = expect(planner.plan('endless')).rejects.toThrow('The planner was ended');
    await thread.close();
    await waiting;
    await expect(planner.plan('next')).rejects.toThrow('The gateway is stopping');
    expect(ends).toEqual([]);
  });

  test('closing one that never started is nothing', async () => {
    await start(stand).close();
    expect(ends).toEqual([]);
  });
});

describe("Apollo's planner in it", () => {
  test('plans, refuses what is no operation of the graph, and what is no supergraph', async () => {
    thread = createPlannerThread({
      timeoutMs: 60_000,
      loadTimeoutMs: 60_000,
      onEnd: (cause) => ends.push(cause),
    });
    const planner = await thread.load(compose(peopleTypeDefs), true);
    const plan = await planner.plan('{ people { trade } }');
    expect(plan.node).toMatchObject({
      kind: 'Sequence',
      nodes: [
        { kind: 'Fetch', serviceName: 'people' },
        { kind: 'Flatten', node: { serviceName: 'work' } },
      ],
    });
    await expect(planner.plan('{ nothing }')).rejects.toThrow('nothing');
    await expect(thread.load('type Query { a: Int }', true)).rejects.toThrow();
    planner.release();
    await expect(planner.plan('{ people { trade } }')).rejects.toThrow('There is no such graph');
    expect(ends).toEqual([]);
  });
});
