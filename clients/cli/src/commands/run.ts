import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { describeDocument, documentPurposes, variablesOf } from '../graph/describe-document.ts';
import { documentNames, type FoundDocument, findDocument } from '../graph/find-document.ts';
import { runDocument } from '../graph/run-document.ts';
import { goodLogin } from '../login/good-login.ts';
import { graphResource } from '../login/resources.ts';

interface RunOptions {
  readonly gateway: string;
  readonly variables: string;
  readonly list?: true;
  readonly describe?: true;
  readonly json?: true;
}

/** `tavolo run`: one of the hub's own documents, by name, as the table's coordinators work. */
export function addRun(
  program: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  program
    .command('run')
    .argument('[document]', 'name of a document, such as omissions-and-duplications')
    .description(
      'Runs a document of the hub: a question, or a change of the register of the table.',
    )
    .option('--gateway <url>', 'where the gateway listens', 'http://127.0.0.1:4000')
    .option('--variables <json>', 'its variables, or @file to read them from', '{}')
    .option('--list', 'names the documents there are, and what each is for')
    .option('--describe', 'says what the document is for and which variables it takes; asks nobody')
    .option('--json', 'the whole answer as one line of JSON')
    .action(async (name: string | undefined, options: RunOptions) => {
      ended(await run(name, options, surroundings));
    });
}

async function run(
  name: string | undefined,
  options: RunOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  if (options.list) {
    const names = await documentNames();
    surroundings.print(options.json ? `${JSON.stringify(names)}\n` : await listOf(names));
    return 0;
  }
  if (name === undefined) throw new UsageError('which document? tavolo run --list names them');
  const variables = await readVariables(options.variables);
  const found = await findDocument(name);
  if (options.describe) {
    surroundings.print(await describeDocument(name, found));
    return 0;
  }
  refuseUnknown(name, found, variables);
  const { accessToken } = await goodLogin(graphResource, surroundings);
  const answer = await runDocument({
    gatewayUrl: options.gateway,
    accessToken,
    documentHash: found.hash,
    variables,
  });
  if (options.json) surroundings.print(`${JSON.stringify(answer)}\n`);
  else {
    if (answer.data) surroundings.print(`${JSON.stringify(answer.data, null, 2)}\n`);
    for (const { message, path, extensions } of answer.errors ?? []) {
      const where = path === undefined ? '' : ` (${path.join('.')})`;
      surroundings.say(`tavolo: ${extensions?.code ?? 'ERROR'}${where}: ${message}\n`);
    }
  }
  const isRefused = answer.errors !== undefined && answer.errors.length > 0;
  if (isRefused && !options.json) {
    surroundings.say(`tavolo: what it takes: tavolo run ${name} --describe\n`);
  }
  return isRefused ? 1 : 0;
}

async function listOf(names: readonly string[]): Promise<string> {
  const purposes = await documentPurposes();
  const width = Math.max(...names.map((name) => name.length));
  return names
    .map((name) => `${name.padEnd(width)}  ${purposes.get(name)?.split('\n')[0] ?? ''}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('');
}

/** A hub passes over variables its document does not have, so a misspelt filter would filter nothing. */
function refuseUnknown(
  name: string,
  found: FoundDocument,
  variables: Readonly<Record<string, unknown>>,
): void {
  const known = variablesOf(found).map(({ variable }) => variable.name.value);
  if (Object.keys(variables).every((given) => known.includes(given))) return;
  throw new UsageError(
    known.length === 0
      ? `${name} takes no variables`
      : `${name} takes no other variables than ${known.join(', ')}; tavolo run ${name} --describe says more`,
  );
}

async function readVariables(given: string): Promise<Readonly<Record<string, unknown>>> {
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given;
  const read = (): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw new UsageError('--variables is no JSON');
    }
  };
  const variables = read();
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) {
    throw new UsageError('--variables must be a JSON object: {"name": value}');
  }
  // An object that came from JSON has no other keys than its own.
  return variables as Readonly<Record<string, unknown>>;
}
