import { buildSchema } from 'graphql';
import { createFactGraph, type FactGraph } from './fact-graph.ts';

const sdl = `
  "A day (giorno)."
  scalar Date
  "A moment (momento)."
  scalar DateTime
  type Query {
    people(first: Int! = 100, after: String): PersonConnection
    matches(first: Int! = 100, after: String): MatchConnection
  }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type PersonConnection { nodes: [Person!]! pageInfo: PageInfo! }
  type MatchConnection { nodes: [Match!]! pageInfo: PageInfo! }
  type Person { ref: ID stays(first: Int! = 20): [Stay!] flags(first: Int! = 20): [Flag!] any: Any names: [String!] }
  type Household { ref: ID }
  type Stay { entryOn: Date! exitOn: Date kind: Kind! nights: Int place: Place services(first: Int! = 20): [Service!] }
  type Place { district: District municipality: String }
  type Service { area: Kind hours: Float }
  type Flag { level: Level! at: DateTime! }
  type Match { household: Household from: Date! tutors: Int! }
  union Any = Stay | Flag
  "Kind of reception (tipologia)."
  enum Kind { "CAS (CAS)." CAS "SAI (SAI)." SAI }
  "District (distretto)."
  enum District { "Parma (Parma)." PARMA "Fidenza (Fidenza)." FIDENZA }
  "How sure (livello)."
  enum Level { "Suspected (sospetta)." SUSPECTED "Confirmed (accertata)." CONFIRMED }
`;

/** A small graph of invented institutions. */
export function testGraph(more = ''): FactGraph {
  const decided = (coordinate: string, owners: string[], categories: string[] = []) => ({
    coordinate,
    owners,
    categories,
  });
  return createFactGraph(
    'enum Level @sensitive(category: "HEALTH") { SUSPECTED CONFIRMED }',
    buildSchema(sdl + more),
    [
      decided('Query.people', ['person-index']),
      decided('Person.ref', ['person-index']),
      decided('Person.stays', ['reception-centres']),
      decided('Stay.kind', ['reception-centres']),
      decided('Person.flags', ['health-authority'], ['HEALTH']),
      decided('Flag.level', ['health-authority'], ['HEALTH']),
      decided('PersonConnection.pageInfo', ['hub']),
    ],
  );
}

/** The parts of a fact file, so that a test can change one. */
export interface FactText {
  readonly fact?: string;
  readonly derived?: string;
  readonly rows?: string;
  readonly around?: string;
  readonly connection?: string;
}

export const goodFact =
  'name: "stays", description: "Stays (accoglienze).", unit: PERSON, eventName: "stays", period: "entryOn"';

export const goodRows = `
  entryOn @column
  exitOn @column
  kind @dimension(description: "Kind (tipologia).")
  nights @measure(description: "Nights (notti).", unit: "NIGHTS", step: 1, limits: [{ name: "WITHIN_7", value: 7 }])
  place { district @dimension(description: "District (distretto).") }
`;

/** A fact file about stays, with parts of it changed. */
export function factText({
  fact = goodFact,
  derived = '',
  rows = goodRows,
  around = 'ref @unit',
  connection = 'pageInfo { hasNextPage endCursor }',
}: FactText = {}): string {
  return `# Stays.
query FactStays($first: Int! = 10, $after: String) @fact(${fact}) ${derived} {
  people(first: $first, after: $after) {
    nodes @page { ${around} stays(first: 20) @rows { ${rows} } }
    ${connection}
  }
}`;
}
