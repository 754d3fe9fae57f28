import { readdirSync, readFileSync } from 'node:fs';
import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';
import { type CodeList, codeListFile, codeListProblems } from './code-list.ts';
import { type EligibilityRule, eligibilityProblems, eligibilityRuleFile } from './eligibility.ts';
import { byFirstDay } from './validity.ts';

export interface ReferenceFiles {
  /** In the order of their ids. */
  readonly codeLists: readonly CodeList[];
  /** Oldest first. */
  readonly eligibilityRules: readonly EligibilityRule[];
}

/** The folders of this version; tests give others. */
export interface ReferenceFolders {
  readonly codeLists: URL;
  readonly eligibility: URL;
}

const ownFolders: ReferenceFolders = {
  codeLists: new URL('code-lists/', import.meta.url),
  eligibility: new URL('eligibility/', import.meta.url),
};

/** Reads the code lists and the rules of eligibility; refuses the start with every problem found. */
export function readReferenceFiles(folders: ReferenceFolders = ownFolders): ReferenceFiles {
  const problems: string[] = [];
  const codeLists = readFolder(folders.codeLists, codeListFile, problems);
  const rules = readFolder(folders.eligibility, eligibilityRuleFile, problems);
  for (const { file, content } of codeLists) {
    problems.push(...codeListProblems(content).map((problem) => `${file}: ${problem}`));
  }
  problems.push(
    ...eligibilityProblems(rules.map(({ content }) => content)).map(
      (problem) => `eligibility: ${problem}`,
    ),
    ...namedWrongly([...codeLists, ...rules]),
  );
  if (problems.length > 0) {
    throw new StartProblem(`The reference data cannot be used:\n${problems.join('\n')}`);
  }
  return {
    codeLists: codeLists.map(({ content }) => content),
    eligibilityRules: rules.map(({ content }) => content).sort(byFirstDay),
  };
}

interface ReferenceFile<Content> {
  readonly file: string;
  readonly content: Content;
}

function readFolder<Content>(
  folder: URL,
  shape: z.ZodType<Content>,
  problems: string[],
): ReferenceFile<Content>[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((file) => {
    const read = shape.safeParse(parseJson(readFileSync(new URL(file, folder), 'utf8')));
    if (read.success) return [{ file, content: read.data }];
    problems.push(`${file}: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`);
    return [];
  });
}

/** Undefined for what is no JSON; the shape then says what was expected. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An id is its file's name, so that no two files can hold one list. */
function namedWrongly(files: readonly ReferenceFile<{ readonly id: string }>[]): string[] {
  return files
    .filter(({ file, content }) => file !== `${content.id}.json`)
    .map(({ file, content }) => `${file}: its id is ${content.id}; name the file after it`);
}
