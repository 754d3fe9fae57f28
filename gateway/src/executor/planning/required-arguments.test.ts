import { parse, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSupergraph } from '../../supergraph/read-supergraph.ts';
import { compose } from '../../test-subgraphs/compose.ts';
import { beginPlan } from '../run.fixture.ts';
import type { Fetch } from '../running/fetch-step.ts';
import { compilePlan } from './compile-plan.ts';
import { createPlannerThread, type Planner } from './planner.ts';
import { readGraphFacts } from './read-graph-facts.ts';
import { withRequiredFields } from './required-arguments.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
const supergraph = readSupergraph(
  compose([
    {
      name: 'owner',
      url: 'http://127.0.0.1:1/',
      typeDefs: `${link} type Query { item: Item }
        type Item @key(fields: "id") { id: ID! price(in: String = "EUR"): Int weight: Int price_required_1: Int }`,
    },
    {
      name: 'user',
      url: 'http://127.0.0.1:2/',
      typeDefs: `${link}
        type Item @key(fields: "id") {
          id: ID! price(in: String = "EUR"): Int @external weight: Int @external
          dollars: Int @requires(fields: "price(in: \\"USD\\")")
          cents: Int @requires(fields: "price(in: \\"USD\\")")
          pounds: Int @requires(fields: "price(in: \\"GBP\\")")
          heavy: Boolean @requires(fields: "weight")
          plain: String
        }`,
    },
  ]),
  {},
  'warn',
);
const { plannerSdl, facts } = readGraphFacts(supergraph);

describe('the supergraph that the planner gets', () => {
  test('has a field for each set of arguments that something requires, equal sets once', () => {
    expect([...facts.requiredFields.values()]).toEqual([
      { name: 'price', call: 'price(in: "USD")' },
      { name: 'price', call: 'price(in: "GBP")' },
    ]);
    for (const name of facts.requiredFields.keys()) {
      expect(plannerSdl).toMatch(new RegExp(`requires: "${name}"`, 'u'));
      expect(plannerSdl).toMatch(new RegExp(`^  ${name}: Int`, 'mu'));
    }
  });

  test('calls none of them as the graph calls another', () => {
    expect([...facts.requiredFields.keys()]).not.toContain('price_required_1');
  });

  test('is the very same where nothing requires arguments', () => {
    const document = parse('type Item { heavy: Int @join__field(graph: A, requires: "weight") }');
    expect(print(withRequiredFields(document).document)).toBe(print(document));
  });

  test('has it in all objects of an interface, and where it lies deeper', () => {
    const { document, requiredFields } = withRequiredFields(
      parse(`
        interface Thing { size(in: Int): Int }
        type Box implements Thing { size(in: Int): Int label: Int @join__field(graph: A, requires: "of { size(in: 1) }") of: Thing }
      `),
    );
    const [name] = requiredFields.keys();
    expect(print(document).match(new RegExp(`${name}: Int`, 'gu'))).toHaveLength(2);
    expect(print(document)).toContain(`requires: "of { ${name} }"`);
  });
});

describe('the calls of a plan', () => {
  const thread = createPlannerThread({
    timeoutMs: 60_000,
    loadTimeoutMs: 60_000,
    onEnd: () => undefined,
  });
  let planner: Planner;
  beforeAll(async () => {
    planner = await thread.load(plannerSdl, false);
  });
  afterAll(() => thread.close());

  async function stepsOf(fields: string) {
    const plan = compilePlan(await planner.plan(`{ item { ${fields} } }`), facts);
    const [root, ...entities] = plan.steps;
    return { root, entities };
  }
  /** What each call asks of an item that has all that was asked before. */
  const askedOf = (steps: readonly Fetch[]) =>
    steps.map(({ selection, representations }) => {
      const prices = Object.fromEntries(
        [...facts.requiredFields].map(([name, { call }]) => [name, call.includes('USD') ? 2 : 3]),
      );
      const item = { __typename: 'Item', id: '1', weight: 9, ...prices };
      const reference = representations?.of(item)?.write(item);
      return [
        selection,
        typeof reference === 'string' ? (JSON.parse(reference) as unknown) : reference,
      ];
    });
  const reference = { __typename: 'Item', id: '1' };

  test('ask the owner for the real field, under a name of its own for each set of arguments', async () => {
    const { root } = await stepsOf('dollars pounds');
    const [usd, gbp] = [...facts.requiredFields.keys()];
    expect(root?.selection).toContain(`${usd}:price(in:"USD")`);
    expect(root?.selection).toContain(`${gbp}:price(in:"GBP")`);
  });

  test('send it back by its real name', async () => {
    const { entities } = await stepsOf('dollars cents');
    expect(askedOf(entities)).toEqual([
      ['{...on Item{dollars cents}}', { ...reference, price: 2 }],
    ]);
  });

  test('are two where two fields need it with different arguments: a reference holds one', async () => {
    const { entities } = await stepsOf('dollars pounds');
    expect(askedOf(entities)).toEqual([
      ['{...on Item{dollars}}', { ...reference, price: 2 }],
      ['{...on Item{pounds}}', { ...reference, price: 3 }],
    ]);
    expect(new Set(entities.map(({ hop, group }) => `${hop} ${group}`)).size).toBe(1);
  });

  test('ask for what needs nothing also where what others need could not be had', async () => {
    const plan = compilePlan(await planner.plan('{ item { plain heavy } }'), facts);
    const run = await beginPlan(plan);
    await run.asked[0]?.answer({ item: reference });
    expect(run.asked[1]?.variables['representations']).toEqual([reference]);
    expect(run.asked[1]?.query).not.toContain('heavy');
    await run.asked[1]?.answer({ _entities: [{ plain: 'yes' }] });
    expect(run.data).toEqual({ item: { ...reference, plain: 'yes' } });
  });
});
