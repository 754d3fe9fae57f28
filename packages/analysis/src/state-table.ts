import type { Fact } from '@tavolo/facts';
import type { FactDatabase, FactWriter } from './fact-database.ts';
import type { FactState } from './question.ts';

/** State of a fact as DuckDB keeps it, which names the table that holds its rows. */
export interface StoredState {
  readonly state: FactState;
  readonly definitionHash: string;
  /** Which of the fact's tables holds the rows; 0 = none. Counts up with every load. */
  readonly version: number;
}

const createTable = `CREATE TABLE IF NOT EXISTS load_state (
  fact VARCHAR PRIMARY KEY, version INTEGER NOT NULL, definition_hash VARCHAR NOT NULL,
  document_hash VARCHAR NOT NULL, loaded_at VARCHAR, data_hash VARCHAR,
  sources VARCHAR NOT NULL, linkage VARCHAR, failed_at VARCHAR, failure VARCHAR)`;

export function neverLoaded(fact: Fact): FactState {
  return {
    fact: fact.name,
    loadedAt: null,
    lastFailure: null,
    sources: [],
    linkage: null,
    documentHash: fact.documentHash,
    dataHash: null,
  };
}

export async function readStates(
  database: FactDatabase,
): Promise<ReadonlyMap<string, StoredState>> {
  await database.write((writer) => writer.run(createTable));
  const rows = await database.read('FROM load_state');
  return new Map(rows.map((row) => [String(row['fact']), toStored(row)]));
}

export async function writeState(
  writer: FactWriter,
  { state, definitionHash, version }: StoredState,
): Promise<void> {
  await writer.run(
    `INSERT OR REPLACE INTO load_state VALUES ($fact, $version, $definitionHash, $documentHash, $loadedAt,
      $dataHash, $sources, $linkage, $failedAt, $failure)`,
    {
      fact: state.fact,
      version,
      definitionHash,
      documentHash: state.documentHash,
      loadedAt: state.loadedAt,
      dataHash: state.dataHash,
      sources: JSON.stringify(state.sources),
      linkage: state.linkage === null ? null : JSON.stringify(state.linkage),
      failedAt: state.lastFailure?.at ?? null,
      failure: state.lastFailure?.reason ?? null,
    },
  );
}

function toStored(row: Readonly<Record<string, unknown>>): StoredState {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
  const failedAt = text('failed_at');
  const linkage = text('linkage');
  return {
    version: Number(row['version']),
    definitionHash: text('definition_hash') ?? '',
    state: {
      fact: text('fact') ?? '',
      loadedAt: text('loaded_at'),
      lastFailure: failedAt === null ? null : { at: failedAt, reason: text('failure') ?? '' },
      // Written by `writeState` from the same types.
      sources: JSON.parse(text('sources') ?? '[]') as FactState['sources'],
      linkage: linkage === null ? null : (JSON.parse(linkage) as FactState['linkage']),
      documentHash: text('document_hash') ?? '',
      dataHash: text('data_hash'),
    },
  };
}
