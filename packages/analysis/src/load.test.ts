import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Fact, FactRow } from '@tavolo/facts';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FactStore } from './fact-store.ts';
import { FactStoreProblem } from './fact-store-problem.ts';
import { LoadProblem } from './load-problem.ts';
import { openTestStore, origin } from './testing/open-test-store.ts';
import { pagesOf, type StayValues, stay, stays } from './testing/stays-fact.ts';

async function tempFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tavolo-facts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'facts.duckdb');
}

async function people(store: FactStore, groupBy: readonly string[] = []) {
  const question = { fact: 'stays', where: {}, groupBy, period: null };
  const { total } = await store.ask(question, [{ kind: 'CONTRIBUTORS' }]);
  return total[0]?.value;
}

async function* breaking(rows: readonly FactRow[], cause: Error) {
  yield await Promise.resolve(rows);
  throw cause;
}

describe('a load', () => {
  it('replaces all rows at once, and survives a restart with where it came from', async () => {
    const file = await tempFile();
    const sources = [{ subgraph: 'a', asOf: '2024-05-31T00:00:00Z', completeness: 0.5 }];
    const linkage = {
      precision: { estimate: 0.9, low: 0.8, high: 1 },
      recall: { estimate: 0.7, low: 0.6, high: 0.8 },
    };
    const store = await openTestStore({ file });
    await store.load(stays, pagesOf([stay('a'), stay('b')], [stay('c')]), origin);
    const state = await store.load(stays, pagesOf([stay('d')]), () => ({ sources, linkage }));
    expect(state).toMatchObject({ sources, linkage, loadedAt: '2024-06-01T09:00:00.000Z' });
    await store.close();

    const again = await openTestStore({ file });
    expect(again.state('stays')).toEqual(state);
    expect(await people(again)).toBe(1);
  });

  it('whose pages fail keeps the last good one and says why, also after a restart', async () => {
    const file = await tempFile();
    const store = await openTestStore({ file });
    const good = await store.load(stays, pagesOf([stay('a')]), origin);
    const cause = new LoadProblem('health-authority: UNAVAILABLE');
    await expect(store.load(stays, breaking([stay('b')], cause), origin)).rejects.toBe(cause);
    const failed = {
      ...good,
      lastFailure: { at: '2024-06-01T09:00:00.000Z', reason: 'health-authority: UNAVAILABLE' },
    };
    expect(store.state('stays')).toEqual(failed);
    expect(await people(store)).toBe(1);
    await store.close();
    const again = await openTestStore({ file });
    expect(again.state('stays')).toEqual(failed);
    const fine = await again.load(stays, pagesOf([stay('a')]), origin);
    expect(fine.lastFailure).toBeNull();
  });

  it('that breaks with anything else tells no word of it', async () => {
    const store = await openTestStore();
    const pages = breaking([], new Error('Mario Rossi was not found'));
    await expect(store.load(stays, pages, origin)).rejects.toThrow('Mario');
    expect(store.state('stays').lastFailure?.reason).toBe('unexpected failure');
    expect(store.state('stays').loadedAt).toBeNull();
  });

  const wrong: [string, StayValues][] = [
    ['district', { district: 'Mario' }],
    ['services', { services: 1.5 }],
    ['services', { services: 'Mario' }],
    ['isMinor', { isMinor: 1 }],
    ['endedOn', { endedOn: '2024-02-30' }],
    ['startedAt', { startedAt: '2024-05-10' }],
    ['hours', { hours: Number.NaN }],
    ['hours', { hours: 1e12 }],
    ['town', { town: true }],
  ];
  it.each(wrong)(
    'with a wrong %s fails as a whole and names the column only',
    async (name, values) => {
      const store = await openTestStore();
      await store.load(stays, pagesOf([stay('a')]), origin);
      await expect(
        store.load(stays, pagesOf([stay('b'), stay('c', values)]), origin),
      ).rejects.toThrow(`column ${name}`);
      expect(store.state('stays').lastFailure?.reason).not.toContain('Mario');
      expect(await people(store)).toBe(1);
    },
  );

  it('of more rows than a fact may have fails as a whole', async () => {
    const store = await openTestStore({ limits: { rowsPerFact: 2 } });
    const pages = pagesOf([stay('a'), stay('b')], [stay('c')]);
    await expect(store.load(stays, pages, origin)).rejects.toThrow('more than 2 rows');
  });

  it('lets no second load of the same fact beside it', async () => {
    const store = await openTestStore();
    const first = store.load(stays, pagesOf([stay('a')]), origin);
    await expect(store.load(stays, pagesOf([stay('b')]), origin)).rejects.toThrow('already');
    await expect(first).resolves.toMatchObject({ lastFailure: null });
  });

  it('answers whoever asks meanwhile from the old rows or the new, never from none', async () => {
    const store = await openTestStore({ limits: { cellsKept: 1 } });
    await store.load(stays, pagesOf([stay('a')]), origin);
    const seen: (number | null | undefined)[] = [];
    const loads = (async () => {
      for (let more = 2; more <= 12; more += 1) {
        const rows = Array.from({ length: more }, (_, at) => stay(`p${at}`));
        await store.load(stays, pagesOf(rows), origin);
      }
      return 'loaded';
    })();
    while ((await Promise.race([loads, people(store)])) !== 'loaded') {
      seen.push(await people(store));
    }
    expect(seen.length).toBeGreaterThan(1);
    const counts = seen.map(Number);
    expect(counts.every((count) => count >= 1 && count <= 12)).toBe(true);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(await people(store)).toBe(12);
  });

  it('has the same hash for the same rows in any order, and another for any other value', async () => {
    const store = await openTestStore();
    const rows = [stay('a'), stay('a', { hours: 3 }), stay('b'), stay('c', { town: 'x' })];
    const hashOf = async (...loaded: readonly FactRow[]) =>
      (await store.load(stays, pagesOf(loaded), origin)).dataHash;
    const hash = await hashOf(...rows);
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(await hashOf(...[...rows].reverse())).toBe(hash);
    const others = [
      await hashOf(...rows.slice(1)),
      await hashOf(...rows, stay('a')),
      await hashOf(...rows.slice(0, 3), stay('c', { town: 'X' })),
      await hashOf(...rows.slice(0, 3), stay('d', { town: 'x' })),
      await hashOf(...rows.slice(0, 3), stay('c', { town: 'x', services: 0 })),
    ];
    expect(new Set([hash, ...others]).size).toBe(6);
  });

  it('made again of the same rows counts as made now: what depends on the day is computed anew', async () => {
    let today = new Date('2024-06-01T09:00:00Z');
    const store = await openTestStore({ now: () => today });
    const loaded = await store.load(stays, pagesOf([stay('a', { endedOn: '2024-06-15' })]), origin);
    const open = { fact: 'stays', where: { isOpen: true }, groupBy: [], period: null };
    expect((await store.ask(open, [{ kind: 'EVENTS' }])).total[0]?.value).toBe(1);
    today = new Date('2024-07-01T09:00:00Z');
    const again = await store.load(stays, pagesOf([stay('a', { endedOn: '2024-06-15' })]), origin);
    expect(again).toEqual({ ...loaded, loadedAt: '2024-07-01T09:00:00.000Z' });
    expect((await store.ask(open, [{ kind: 'EVENTS' }])).total[0]?.value).toBe(0);
  });
});

describe('a process that dies', () => {
  it.each(['page', 'swapping'])(
    'in the middle of a load (%s) leaves the last good one',
    async (moment) => {
      const file = await tempFile();
      const fixture = fileURLToPath(new URL('testing/load-and-die.fixture.ts', import.meta.url));
      const child = spawn(process.execPath, ['--import', 'tsx', fixture, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let loaded = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith('loaded')) loaded = Number(line.slice('loaded '.length));
        if (loaded > 0 && line === moment) break;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');

      const store = await openTestStore({ file });
      const count = await people(store, ['services']);
      // Whichever load was the last to end, all of it and nothing of another.
      expect([loaded * 1_000, (loaded + 1) * 1_000]).toContain(count);
      expect(store.state('stays').lastFailure).toBeNull();
      await store.load(stays, pagesOf([stay('a')]), origin);
      expect(await people(store)).toBe(1);
    },
    60_000,
  );
});

describe('a file of facts', () => {
  it('forgets a fact whose columns are declared otherwise, and keeps the others', async () => {
    const file = await tempFile();
    const visits: Fact = { ...stays, name: 'visits' };
    const store = await openTestStore({ file, facts: [stays, visits] });
    await store.load(stays, pagesOf([stay('a')]), origin);
    await store.load(visits, pagesOf([stay('a')]), origin);
    await store.close();
    const narrower: Fact = {
      ...stays,
      columns: stays.columns.filter(({ name }) => name !== 'town'),
      dimensions: stays.dimensions.filter(({ column }) => column !== 'town'),
    };
    const again = await openTestStore({ file, facts: [narrower, visits] });
    expect(again.state('stays').loadedAt).toBeNull();
    expect(again.state('visits').loadedAt).not.toBeNull();
    expect(await people(again)).toBeNull();
  });

  it('that is none, or lies nowhere, stops the start with what to do', async () => {
    const file = await tempFile();
    await writeFile(file, 'Mario Rossi, no database');
    const problem = await openTestStore({ file }).catch((cause: unknown) => cause);
    expect(problem).toBeInstanceOf(FactStoreProblem);
    expect(String(problem)).toMatch(/move the file away/u);
    await expect(openTestStore({ file: join(file, 'x', 'y') })).rejects.toThrow(FactStoreProblem);
  });

  it('in use by another process stops the start with what to do', async () => {
    const file = await tempFile();
    const fixture = fileURLToPath(new URL('testing/load-and-die.fixture.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', fixture, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(openTestStore({ file })).rejects.toThrow('in use by another process');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }, 60_000);

  it.each([
    ['an expression over a column there is not', 'nobodyKnows + 1', /nobodyKnows/u],
    ['an expression that is none', 'hours +', /hoursAService|expression/u],
  ])('refuses %s at the start', async (_title, sql, says) => {
    const columns = stays.columns.map((column) =>
      column.name === 'hoursAService'
        ? { ...column, from: { kind: 'EXPRESSION' as const, sql } }
        : column,
    );
    const opened = openTestStore({ facts: [{ ...stays, columns }] });
    await expect(opened).rejects.toThrow(says);
    await expect(opened).rejects.toThrow(FactStoreProblem);
  });

  const [dimension] = stays.dimensions;
  const [measure] = stays.measures;
  it.each<[string, Partial<Fact>]>([
    ['a name that is no word', { name: 'stays"; DROP' }],
    [
      'a dimension without a column',
      { dimensions: dimension ? [{ ...dimension, column: 'no' }] : [] },
    ],
    ['a period that is no time', { periodColumn: 'hours' }],
    ['a measure that is no number', { measures: measure ? [{ ...measure, column: 'town' }] : [] }],
  ])('refuses %s at the start', async (_title, change) => {
    await expect(openTestStore({ facts: [{ ...stays, ...change }] })).rejects.toThrow(
      FactStoreProblem,
    );
  });
});

describe('rows for the table’s own protocols', () => {
  it('come as they were loaded, with what is computed, and only the columns named', async () => {
    const store = await openTestStore();
    const values = { startedAt: '2024-05-10T08:00:00Z', endedOn: '2024-05-11', services: 2 };
    await store.load(stays, pagesOf([stay('a', values)]), origin);
    const rows = [];
    for await (const page of store.rows('stays', [
      'startedAt',
      'endedOn',
      'hoursAService',
      'town',
    ])) {
      rows.push(...page);
    }
    expect(rows).toEqual([
      {
        unitRef: 'a',
        values: {
          startedAt: '2024-05-10T08:00:00.000Z',
          endedOn: '2024-05-11',
          hoursAService: 5,
          town: null,
        },
      },
    ]);
  });

  it('are kept for no other fact', async () => {
    const store = await openTestStore({ rowsOf: [] });
    await store.load(stays, pagesOf([stay('a')]), origin);
    await expect(store.rows('stays', [])[Symbol.asyncIterator]().next()).rejects.toThrow('no refs');
  });

  it('survive a load that replaces them while they are read', async () => {
    const store = await openTestStore();
    const rows = Array.from({ length: 10_000 }, (_, at) => stay(`p${at}`));
    await store.load(stays, pagesOf(rows), origin);
    let read = 0;
    for await (const page of store.rows('stays', ['district'])) {
      if (read === 0) await store.load(stays, pagesOf([stay('a')]), origin);
      read += page.length;
    }
    expect(read).toBe(10_000);
  });
});
