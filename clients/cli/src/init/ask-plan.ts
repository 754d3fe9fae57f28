import { cancel, isCancel, select, text } from '@clack/prompts';
import { UsageError } from '../cli-error.ts';
import { kindTitles, type ProjectKind, projectKinds } from './project-kinds.ts';
import { projectNames, titleOf } from './project-names.ts';

/** What may be missing on the command line. */
export interface Answers {
  readonly name: string;
  readonly kind: ProjectKind;
  readonly titleEn: string;
  readonly titleIt: string;
}

/** Asks a person for what the command line did not say. */
export async function askPlan(given: Partial<Answers>): Promise<Answers> {
  const name =
    given.name ??
    (await answered(
      text({
        message: 'Name of the subgraph: your institution, in lower case with hyphens',
        placeholder: 'employment-centre',
        validate: (value) => problemOf(() => projectNames(value ?? '')),
      }),
    ));
  const kind =
    given.kind ??
    (await answered(
      select<ProjectKind>({
        message: 'Where do your data come from?',
        options: projectKinds.map((value) => ({ value, label: kindTitles[value] })),
      }),
    ));
  const ask = (message: string) =>
    answered(text({ message, initialValue: titleOf(name), defaultValue: titleOf(name) }));
  return {
    name,
    kind,
    titleEn: given.titleEn ?? (await ask('The institution in English')),
    titleIt: given.titleIt ?? (await ask('L’ente in italiano')),
  };
}

async function answered<Value>(asking: Promise<Value>): Promise<Exclude<Value, symbol>> {
  const value = await asking;
  if (isCancel(value)) {
    cancel('Nothing was written.');
    throw new UsageError('cancelled');
  }
  // The one symbol it can be is that of a cancelled question.
  return value as Exclude<Value, symbol>;
}

function problemOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof UsageError ? error.message : 'cannot be used';
  }
}
