import { FactStoreProblem, openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import type { Fact } from '@tavolo/facts';
import type { Logger } from '@tavolo/process-kit';
import { factGraphOf, readFurtherFacts, readSubgraphSdl } from '@tavolo/schemas';
import { tableSdl } from './table-sdl.ts';

/** What the table serves beside the hub's own facts. */
export interface ChosenFacts {
  readonly facts: readonly Fact[];
  /** The table's whole SDL with them. */
  readonly sdl: string;
}

/** The table as it is without any further fact. */
export function noFurtherFacts(): ChosenFacts {
  return { facts: [], sdl: readSubgraphSdl('coordination-table') };
}

/** Reads the folder against the supergraph in force; whatever does not fit is left out and named in the log. */
export async function chooseFurtherFacts(
  folder: string,
  supergraphSdl: string,
  logger: Logger,
): Promise<ChosenFacts> {
  const { facts: read, problems } = await readFurtherFacts(folder, supergraphSdl);
  for (const problem of problems) {
    logger.warn(problem, 'further fact left out: correct its file and restart');
  }
  const facts: Fact[] = [];
  for (const fact of read) {
    const reason = await problemInDuckDb(fact);
    if (reason === null) facts.push(fact);
    else
      logger.warn(
        { fact: fact.name, reason },
        'further fact left out: correct its file and restart',
      );
  }
  if (facts.length > 0) {
    logger.info({ facts: facts.map(({ name }) => name) }, 'further facts taken in');
  }
  return { facts, sdl: tableSdl(facts, factGraphOf(supergraphSdl)) };
}

/** Tried where nothing is kept: in the table's own store one that cannot be computed would stop the start. */
async function problemInDuckDb(fact: Fact): Promise<string | null> {
  const recordKeySecret = 'only to try expressions over no rows';
  try {
    const trial = await openFactStore({
      file: ':memory:',
      facts: [fact],
      disclosure: createDisclosure({}, recordKeySecret),
      recordKeySecret,
      now: () => new Date(0),
    });
    await trial.close();
    return null;
  } catch (cause) {
    if (!(cause instanceof FactStoreProblem)) throw cause;
    return cause.message;
  }
}
