import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFact } from './read-fact.ts';
import { flattenPage, pageInfoOf, readPage } from './read-page.ts';
import { factText, goodRows, testGraph } from './test-graph.fixture.ts';

const graph = testGraph();
const stays = readFact(
  factText({
    around: `ref @unit
      suspected: flags(first: 20) @count(name: "suspected") @only(field: "level", is: "SUSPECTED") { level }
      oldest: flags(first: 20) @last { at @column(name: "oldestFlagAt") }
      confirmed: flags(first: 20) @only(field: "level", is: "CONFIRMED") @first { level at @column(name: "confirmedAt") }`,
  }),
  'stays.graphql',
  graph,
);
const services = readFact(
  factText({
    fact: 'name: "stays", description: "S (s).", unit: PERSON, eventName: "services"',
    rows: `kind @dimension(description: "Kind (tipologia).") place { municipality @column }
      services(first: 20) @rows { hours @measure(description: "Hours (ore).", unit: "HOURS", step: 1) }`,
  }),
  'stays.graphql',
  graph,
);

const page = (nodes: unknown) => ({
  people: { nodes, pageInfo: { hasNextPage: true, endCursor: 'c' } },
});

describe('one page of an answer', () => {
  it('is a row for each item of the rows, with what is above it', () => {
    const flags = {
      suspected: [{ level: 'SUSPECTED' }, { level: 'CONFIRMED' }],
      oldest: [{ at: '2024-02-01T00:00:00Z' }, { at: '2024-01-01T00:00:00Z' }],
      confirmed: [
        { level: 'SUSPECTED', at: 'x' },
        { level: 'CONFIRMED', at: '2024-01-01T00:00:00Z' },
      ],
    };
    const stay = { entryOn: '2024-01-01', exitOn: null, kind: 'CAS', nights: 3, place: null };
    expect(
      readPage(
        stays,
        page([{ ref: 'a', ...flags, stays: [stay, { ...stay, place: { district: 'PARMA' } }] }]),
      ),
    ).toEqual({
      rows: [null, 'PARMA'].map((district) => ({
        unitRef: 'a',
        values: {
          suspected: 1,
          oldestFlagAt: '2024-01-01T00:00:00Z',
          confirmedAt: '2024-01-01T00:00:00Z',
          ...{ entryOn: '2024-01-01', exitOn: null, kind: 'CAS', nights: 3, district },
        },
      })),
      withoutUnit: 0,
      missingLists: 0,
      fullLists: 0,
      pageInfo: { hasNextPage: true, endCursor: 'c' },
    });
  });

  it('goes through lists in lists, and takes from each of them', () => {
    const node = {
      ref: 'a',
      stays: [
        { kind: 'CAS', place: { municipality: '034027' }, services: [{ hours: 1 }, { hours: 2 }] },
        { kind: 'SAI', place: null, services: [{ hours: 3 }] },
      ],
    };
    expect(flattenPage(services, page([node])).map(({ values }) => values)).toEqual([
      { kind: 'CAS', municipality: '034027', hours: 1 },
      { kind: 'CAS', municipality: '034027', hours: 2 },
      { kind: 'SAI', municipality: null, hours: 3 },
    ]);
  });

  it('counts the lists that came as long as they were asked for, as they may go on', () => {
    const many = (size: number) => Array.from({ length: size }, () => ({ kind: 'CAS' }));
    const answer = page([
      { ref: 'a', stays: many(19) },
      { ref: 'b', stays: many(20) },
    ]);
    expect(readPage(stays, answer)).toMatchObject({ fullLists: 1, missingLists: 0 });
  });

  it('loads nobody without a reference, and counts them and the lists that did not come', () => {
    const answer = page([{ ref: null, stays: [{ kind: 'CAS' }] }, { ref: 'b', stays: null }, null]);
    expect(readPage(stays, answer)).toMatchObject({ rows: [], withoutUnit: 2, missingLists: 1 });
    expect(readPage(stays, { people: null })).toMatchObject({
      rows: [],
      missingLists: 1,
      pageInfo: null,
    });
    expect(pageInfoOf(stays, null)).toBeNull();
  });

  it('never fails, and keeps each reference with its own values, whatever is null in it', () => {
    const leaf = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const stay = fc.record({
      entryOn: leaf(fc.constant('2024-01-01')),
      exitOn: leaf(fc.constant('2024-02-01')),
      kind: leaf(fc.constantFrom('CAS', 'SAI')),
      nights: leaf(fc.nat()),
      place: leaf(fc.record({ district: leaf(fc.constant('PARMA')) })),
    });
    const list = leaf(
      fc.array(leaf(fc.record({ level: leaf(fc.constant('SUSPECTED')), at: leaf(fc.string()) }))),
    );
    const node = leaf(
      fc.record({
        ref: leaf(fc.uuid()),
        stays: leaf(fc.array(leaf(stay))),
        suspected: list,
        oldest: list,
        confirmed: list,
      }),
    );
    fc.assert(
      fc.property(fc.array(node), (nodes) => {
        const { rows, withoutUnit, missingLists } = readPage(stays, page(nodes));
        const wanted = nodes.flatMap((one) =>
          one?.ref
            ? (one.stays ?? []).flatMap((each) =>
                each ? [[one.ref, each.nights, each.place?.district ?? null]] : [],
              )
            : [],
        );
        expect(
          rows.map(({ unitRef, values }) => [unitRef, values['nights'], values['district']]),
        ).toEqual(wanted);
        expect(missingLists).toBe(nodes.filter((one) => one?.stays === null).length);
        const items = nodes.reduce(
          (sum, one) => sum + (one === null ? 1 : (one.stays?.length ?? 0)),
          0,
        );
        expect(rows.length + withoutUnit).toBe(items);
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(flattenPage(stays, data)).toEqual([]);
      }),
    );
  });
});

it('the fixture of these tests fits', () => {
  expect(readFact(factText({ rows: goodRows }), 'stays.graphql', graph).rowPath).toEqual(['stays']);
});
