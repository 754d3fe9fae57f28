import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@tavolo/process-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayOptions, type RunningGateway, startGateway } from './gateway.ts';
import { compose } from './test-subgraphs/compose.ts';
import { createOpenGate } from './test-subgraphs/open-gate.ts';
import { askGateway } from './test-subgraphs/province.ts';
import { startTestSubgraph, type TestSubgraph } from './test-subgraphs/start-test-subgraph.ts';
import { thisMachine } from './test-subgraphs/this-machine.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
const ownerTypeDefs = `${link}
  type Query { item: Item }
  type Item @key(fields: "id") { id: ID! price(currency: String! = "EUR"): String }
`;
const userTypeDefs = `${link}
  type Item @key(fields: "id") {
    id: ID!
    price(currency: String! = "EUR"): String @external
    label: String @requires(fields: "price(currency: \\"USD\\")")
    sign: String @requires(fields: "price(currency: \\"GBP\\")")
  }
`;
interface Priced {
  readonly price?: string;
}

let owner: TestSubgraph;
let user: TestSubgraph;
let folder: string;
let options: GatewayOptions;
let gateway: RunningGateway;

beforeAll(async () => {
  const item = { id: '1', price: ({ currency }: { currency: string }) => `in ${currency}` };
  owner = await startTestSubgraph(ownerTypeDefs, {
    Query: { item: () => item },
    Item: { __resolveReference: () => item },
  });
  user = await startTestSubgraph(userTypeDefs, {
    Item: {
      __resolveReference: (reference: Priced) => reference,
      label: ({ price }: Priced) => `label ${price ?? 'without'}`,
      sign: ({ price }: Priced) => `sign ${price ?? 'without'}`,
    },
  });
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  options = {
    supergraphFile,
    allowedNetworks: thisMachine,
    host: '127.0.0.1',
    gate: createOpenGate(),
    port: 0,
    logger: createLogger({ name: 'gateway', level: 'silent' }),
  };
  await writeFile(
    supergraphFile,
    compose([
      { name: 'owner', typeDefs: ownerTypeDefs, url: owner.url },
      { name: 'user', typeDefs: userTypeDefs, url: user.url },
    ]),
  );
  gateway = await startGateway({ ...options, onUnsafeRequires: 'warn' });
});
afterAll(async () => {
  await gateway.close();
  await Promise.all([owner.close(), user.close()]);
  await rm(folder, { recursive: true });
});

describe('@requires with arguments', () => {
  test('is right when nobody asks for the field in another way', async () => {
    const { data, errors } = await askGateway(gateway.url, '{ item { label } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ item: { label: 'label in USD' } });
  });

  test("is right beside the client's own arguments", async () => {
    const answer = await askGateway(gateway.url, '{ item { price(currency: "CHF") label } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ item: { price: 'in CHF', label: 'label in USD' } });
  });

  test('is right beside another @requires with other arguments', async () => {
    const answer = await askGateway(gateway.url, '{ item { label sign } }');
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ item: { label: 'label in USD', sign: 'sign in GBP' } });
  });
});

test('such a supergraph is refused unless told otherwise', async () => {
  await expect(startGateway(options)).rejects.toThrow('Item.label: requires Item.price');
});
