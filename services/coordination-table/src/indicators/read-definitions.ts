import { readdirSync, readFileSync } from 'node:fs';
import type { Fact } from '@tavolo/facts';
import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';
import { checkFormula } from './check-formula.ts';
import { type IndicatorDefinition, indicatorDefinition } from './definition.ts';

const ownFolder = new URL('../../../../schemas/indicators/', import.meta.url);

/** Reads the registry of indicators, in the order of their ids; refuses the start with every problem found. */
export function readDefinitions(
  facts: readonly Fact[],
  folder: URL = ownFolder,
): readonly IndicatorDefinition[] {
  const problems: string[] = [];
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  const definitions = files.flatMap((file) => {
    const read = indicatorDefinition.safeParse(
      parseJson(readFileSync(new URL(file, folder), 'utf8')),
    );
    if (!read.success) {
      problems.push(`${file}: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`);
      return [];
    }
    // A file holds the indicator it is named after, so that no two can hold one.
    if (file !== `${read.data.id}.json`) {
      problems.push(`${file}: its id is ${read.data.id}; name the file after it`);
    }
    return [read.data];
  });
  problems.push(...definitions.flatMap((definition) => checkFormula(definition, facts)));
  if (problems.length > 0) {
    throw new StartProblem(`The registry of indicators cannot be used:\n${problems.join('\n')}`);
  }
  return definitions.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Undefined for what is no JSON; the shape then says what was expected. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
