import { readdirSync, readFileSync } from 'node:fs';
import { head, subgraph } from './judge.fixture.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** The other side of every schema of the corpus: the index, and what it shares. */
export const indexSubgraph: SubgraphSource = subgraph(
  'index',
  `${head}
  type Query { "Size (dimensione)." indexSize: Int @authenticated @owner(partner: "index-office")
    "Desk (sportello)." desk: Desk @authenticated @owner(partner: "index-office")
    "Level (livello)." level(by: Search, level: Level): Level @authenticated @owner(partner: "index-office") }
  "Person (persona)." type Person @key(fields: "id") @requiresScopes(scopes: [["people:read"]]) {
    id: ID! @inaccessible
    institutionCount: Int @owner(partner: "index-office")
    secretCount: Int @policy(policies: [["role:case-worker"]]) @owner(partner: "index-office")
    days(since: Int): Int @owner(partner: "index-office")
  }
  "Desk (sportello)." type Desk @shareable @requiresScopes(scopes: [["figures:read"]]) @owner(partner: "hub") {
    label: String hours(day: String = "mon"): Int }
  enum Level { LOW HIGH }
  input Search { days: Int = 1 }
  type PageInfo @shareable @authenticated @owner(partner: "hub") { hasNextPage: Boolean! endCursor: String }`,
  'index-office',
);

export interface CorpusCase {
  readonly file: string;
  readonly text: string;
  readonly expected: readonly {
    readonly code: string;
    readonly line: number;
    readonly other: string | undefined;
  }[];
}

const folder = new URL('../corpus/', import.meta.url);

/** Every file of the corpus, with what its leading comments expect: `# expect CODE line N other FILE`. */
export function readCorpus(): readonly CorpusCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const expected = [...text.matchAll(/^# expect (\w+) line (\d+)(?: other (\S+))?$/gmu)].map(
        ([, code = '', line, other]) => ({ code, line: Number(line), other }),
      );
      return { file, text, expected };
    });
}
