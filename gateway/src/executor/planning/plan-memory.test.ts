import { beforeEach, describe, expect, test } from 'vitest';
import { readSupergraph } from '../../supergraph/read-supergraph.ts';
import { compose } from '../../test-subgraphs/compose.ts';
import { inTurn } from '../plan.fixture.ts';
import { ofPerson, people, peopleTypeDefs } from '../run.fixture.ts';
import { createPlanMemory, type PlanMemory } from './plan-memory.ts';

const operation = '{ people { events } }';
const node = inTurn(people, ofPerson('health', 'people.@', 'events'));

/** The same graph with changed or further subgraphs. */
function versionOf(
  change: (name: string, typeDefs: string) => string = (_name, typeDefs) => typeDefs,
  more: typeof peopleTypeDefs = [],
) {
  const changed = peopleTypeDefs.map((each) => ({
    ...each,
    typeDefs: change(each.name, each.typeDefs),
  }));
  return readSupergraph(compose([...changed, ...more]), {}, 'warn');
}

const adding = (to: string, text: string) => (name: string, typeDefs: string) =>
  name === to ? `${typeDefs}\n${text}` : typeDefs;
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@override"])`;
const partner = (typeDefs: string) => [
  { name: 'new', url: 'http://127.0.0.1:4/', typeDefs: `${link} ${typeDefs}` },
];
const first = versionOf();

let memory: PlanMemory;
let made: number;
const find = (version = first, text = operation) =>
  memory.find(text, version, async () => {
    made += 1;
    return { kind: 'QueryPlan', node };
  });
beforeEach(async () => {
  memory = createPlanMemory(1_000_000);
  made = 0;
  await find();
});

test('a plan is made once for a version', async () => {
  await find();
  expect(made).toBe(1);
});

describe('a swap that does not touch a plan plans nothing', () => {
  test.each([
    ['another address', () => first.sdl.replace('127.0.0.1:2', '127.0.0.1:9')],
    [
      'a new type',
      () => versionOf(adding('work', 'type Guild @key(fields: "id") { id: ID! }')).sdl,
    ],
    [
      'a further field of a type elsewhere',
      () => versionOf((_name, text) => text.replace('Site { id', 'Site { town: String id')).sdl,
    ],
    ['a root field', () => versionOf(adding('work', 'extend type Query { guild: ID }')).sdl],
    ['a new partner', () => versionOf(undefined, partner('type Query { forecast: Int }')).sdl],
    [
      'a new partner that knows more of the same people',
      () =>
        versionOf(undefined, partner('type Person @key(fields: "id") { id: ID hobby: String }'))
          .sdl,
    ],
    [
      'a new partner that knows a part of it as well',
      () =>
        versionOf(
          (_name, text) =>
            text
              .replace('["@key"]', '["@key", "@shareable"]')
              .replace('[String!] place', '[String!] @shareable place'),
          partner(
            'type Person @key(fields: "id") { id: ID events(first: Int): [String!] @shareable }',
          ),
        ).sdl,
    ],
  ])('%s', async (_what, sdl) => {
    await find(readSupergraph(sdl(), {}, 'warn'));
    expect(made).toBe(1);
  });
});

describe('a swap that touches it plans anew', () => {
  test.each([
    [
      'another key',
      () =>
        versionOf((_name, text) =>
          text
            .replaceAll('"id") { id: ID', '"code") { code: ID id: ID')
            .replace('id: ID name', 'id: ID @shareable name')
            .replace('id: ID events', 'id: ID @shareable events')
            .replace('id: ID trade', 'id: ID @shareable trade')
            .replace('["@key"]', '["@key", "@shareable"]'),
        ),
    ],
    [
      'a field that moves to another partner',
      () =>
        versionOf(
          undefined,
          partner(
            'type Person @key(fields: "id") { id: ID events(first: Int): [String!] @override(from: "health") }',
          ),
        ),
    ],
    [
      'a root field that moves to another partner',
      () =>
        versionOf(
          undefined,
          partner(
            'type Query { people: [Person] @override(from: "people") } type Person { id: ID @shareable }',
          ).map((each) => ({
            ...each,
            typeDefs: each.typeDefs.replace('Person {', 'Person @key(fields: "id") {'),
          })),
        ),
    ],
    [
      'a field of it needs another first',
      () =>
        versionOf((name, text) =>
          name === 'health'
            ? text
                .replace('["@key"]', '["@key", "@external", "@requires"]')
                .replace(
                  '[String!] place',
                  '[String!] @requires(fields: "name") name: String @external place',
                )
            : text,
        ),
    ],
    [
      'an entity on its way is no longer found by its key',
      () => {
        const key = '@join__type(graph: HEALTH, key: "id"';
        return readSupergraph(first.sdl.replace(key, `${key}, resolvable: false`), {}, 'warn');
      },
    ],
    [
      'a partner that the plan asks is gone',
      () =>
        readSupergraph(compose(peopleTypeDefs.filter(({ name }) => name !== 'health')), {}, 'warn'),
    ],
  ])('%s', async (_what, version) => {
    await find(version());
    expect(made).toBe(2);
  });

  test('an implementer of an interface on its way', async () => {
    const text = '{ places { id } }';
    const withPlaces = (more: string) =>
      versionOf(
        adding(
          'people',
          `interface Place { id: ID! } type House implements Place { id: ID! } ${more} extend type Query { places: [Place] }`,
        ),
      );
    await find(withPlaces(''), text);
    await find(withPlaces('type Tent { id: ID! }'), text);
    expect(made).toBe(2);
    await find(withPlaces('type Tent implements Place { id: ID! }'), text);
    expect(made).toBe(3);
  });
});

describe('the memory', () => {
  test('holds what was used last, and no more than it has room for', async () => {
    const small = createPlanMemory(10_000);
    const ask = (text: string) =>
      small.find(text, first, async () => {
        made += 1;
        return { kind: 'QueryPlan', node };
      });
    const texts = Array.from({ length: 10 }, (_, index) => `{ people { a${index}: events } }`);
    for (const text of texts) await ask(text);
    made = 0;
    await ask('{ people { a9: events } }');
    expect(made).toBe(0);
    await ask('{ people { a0: events } }');
    expect(made).toBe(1);
  });

  test('keeps nothing of a plan that could not be made', async () => {
    const failing = memory.find('{ other }', first, () => Promise.reject(new Error('no plan')));
    await expect(failing).rejects.toThrow('no plan');
    await find(first, '{ other }');
    expect(made).toBe(2);
  });

  test('goes back to an earlier version without planning', async () => {
    await find(versionOf(adding('work', 'type Guild @key(fields: "id") { id: ID! }')));
    await find(first);
    expect(made).toBe(1);
  });
});
