import { createHash } from 'node:crypto';
import type { FactRow } from '@tavolo/facts';
import type { FactDatabase, FactWriter } from './fact-database.ts';
import type { FactShape } from './fact-shape.ts';
import {
  createStaging,
  hashPart,
  hashParts,
  insertBatch,
  materialise,
  quoted,
  stagingTable,
  tableOfVersion,
} from './fact-sql.ts';
import type { LoadOrigin } from './fact-store.ts';
import { LoadProblem } from './load-problem.ts';
import { rowBatches } from './row-batches.ts';
import { type StoredState, writeState } from './state-table.ts';

export interface FactLoad {
  readonly shape: FactShape;
  readonly before: StoredState;
  readonly keepsUnitRef: boolean;
  readonly at: Date;
}

export interface FilledLoad extends FactLoad {
  readonly pages: AsyncIterable<readonly FactRow[]>;
  readonly origin: () => LoadOrigin;
  readonly keyOf: (unitRef: string) => bigint;
  readonly maximumRows: number;
}

/** Loads beside what is there and swaps by the one statement that writes the state: whoever stops before it left nothing. */
export async function loadFact(database: FactDatabase, load: FilledLoad): Promise<StoredState> {
  const { shape, pages, keyOf, maximumRows } = load;
  return database.write(async (writer) => {
    await writer.run(createStaging(shape));
    const insert = await writer.prepare(insertBatch(shape));
    try {
      for await (const batch of rowBatches(shape, pages, keyOf, maximumRows)) {
        insert.bindVarchar(1, batch);
        await insert.run();
      }
    } finally {
      insert.destroySync();
    }
    return swap(writer, load, stagingTable(shape.fact), load.origin());
  });
}

async function swap(
  writer: FactWriter,
  { shape, before, keepsUnitRef, at }: FactLoad,
  from: string,
  origin: LoadOrigin,
): Promise<StoredState> {
  const { name, documentHash } = shape.fact;
  const version = before.version + 1;
  const into = tableOfVersion(name, version);
  const after: StoredState = {
    version,
    definitionHash: shape.definitionHash,
    state: {
      fact: name,
      loadedAt: at.toISOString(),
      lastFailure: null,
      sources: origin.sources,
      linkage: origin.linkage,
      documentHash,
      dataHash: null,
    },
  };
  try {
    await writer.run(materialise({ shape, from, into, loadedOn: dayInItaly(at), keepsUnitRef }));
    const whole = {
      ...after,
      state: { ...after.state, dataHash: await dataHash(writer, shape, into) },
    };
    await writeState(writer, whole);
    return whole;
  } catch (cause) {
    await writer.run(`DROP TABLE IF EXISTS ${quoted(into)}`).catch(() => undefined);
    if (cause instanceof LoadProblem) throw cause;
    throw new LoadProblem(`fact ${name}: the rows could not be kept (${kindOf(cause)})`, { cause });
  }
}

async function dataHash(writer: FactWriter, shape: FactShape, table: string): Promise<string> {
  const hash = createHash('sha256');
  for (let part = 0; part < hashParts; part += 1) {
    const [row] = await writer.run(hashPart(shape, table, part));
    hash.update(`${String(row?.['rows'])}:${String(row?.['hash'])}\n`);
  }
  return hash.digest('hex');
}

const italianDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });

function dayInItaly(at: Date): string {
  return italianDay.format(at);
}

/** Only the kind: the rest of DuckDB's message may quote a value. */
export function kindOf(cause: unknown): string {
  const kind =
    cause instanceof Error ? /^[A-Za-z ]{3,40} Error/u.exec(cause.message)?.[0] : undefined;
  return kind ?? 'unexpected failure';
}

/** Once nobody is sent to the rows of a load any more. */
export async function dropLoad(database: FactDatabase, { state, version }: StoredState) {
  await database.write((writer) =>
    writer.run(`DROP TABLE IF EXISTS ${quoted(tableOfVersion(state.fact, version))}`),
  );
}
