import { printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { composeSubgraphs } from '../compose-subgraphs.ts';
import { head, subgraph } from '../judge.fixture.ts';
import { readClientSchema } from '../reading/client-schema.ts';
import { applyContract, ContractError } from './apply-contract.ts';

const composed = composeSubgraphs([
  subgraph(
    'one',
    `${head}
    type Query {
      places(kind: Kind = HOTEL, by: Search): [Place] @tag(name: "public")
      place(id: ID! @tag(name: "internal")): Place @tag(name: "public")
      people: [Person]
      things: Thing @tag(name: "public")
    }
    type Mutation { move(id: ID!): Place @tag(name: "internal") }
    interface Named { label: String }
    type Place implements Named @key(fields: "id") @tag(name: "public") { id: ID! label: String staff: Int @tag(name: "internal") kind: Kind people: [Person] }
    type Person @key(fields: "id") { id: ID! ref: ID }
    union Thing = Place | Person
    enum Kind { HOTEL HOSTEL SECRET @tag(name: "internal") }
    input Search { kind: Kind only: Int @tag(name: "internal") }
    scalar Unused`,
  ),
]);
if (composed.kind === 'refused') throw new Error(composed.findings[0]?.cause.en);
const supergraph = composed.supergraphSdl;

const shown = (includeTags: string[], excludeTags: string[]) =>
  printSchema(readClientSchema(applyContract(supergraph, { includeTags, excludeTags }))).replace(
    /\s+/gu,
    ' ',
  );

it('hides what carries an excluded tag, and what cannot be without it', () => {
  const sdl = shown([], ['internal']);
  expect(sdl).not.toMatch(/staff|SECRET|only|move|Mutation|place\(id/u);
  expect(sdl).toContain('type Person { id: ID! ref: ID }');
  expect(sdl).toContain(
    'type Query { places(kind: Kind = HOTEL, by: Search): [Place] people: [Person]',
  );
});

it('shows only what carries an included tag, with the words and inputs that it needs', () => {
  expect(shown(['public'], ['internal'])).toBe(
    'enum Kind { HOTEL HOSTEL } type Place { id: ID! label: String kind: Kind } type Query { places(kind: Kind = HOTEL, by: Search): [Place] things: Thing } input Search { kind: Kind } union Thing = Place',
  );
});

it('without tags changes nothing but what nothing leads to', () => {
  const before = printSchema(readClientSchema(supergraph)).replace(/\s+/gu, ' ');
  expect(shown([], [])).toBe(before.replace(' scalar Unused', ''));
});

it('a contract that leaves no question is refused', () => {
  expect(() => applyContract(supergraph, { includeTags: ['nobody'], excludeTags: [] })).toThrow(
    expect.objectContaining({ name: ContractError.name, code: 'CONTRACT_LEAVES_NOTHING' }),
  );
});
