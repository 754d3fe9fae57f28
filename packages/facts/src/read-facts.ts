import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fact } from './fact.ts';
import { FactError, type FactProblem } from './fact-error.ts';
import type { FactGraph } from './fact-graph.ts';
import { readFact } from './read-fact.ts';

/** All fact files of a folder, in the order of their names; throws one `FactError` with what is wrong in any. */
export async function readFacts(folder: string, graph: FactGraph): Promise<readonly Fact[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort();
  const facts: Fact[] = [];
  const problems: FactProblem[] = [];
  for (const file of files) {
    try {
      facts.push(readFact(await readFile(join(folder, file), 'utf8'), file, graph));
    } catch (error) {
      if (!(error instanceof FactError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new FactError(problems);
  return facts;
}
