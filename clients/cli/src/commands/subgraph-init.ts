import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import type { Answers } from '../init/ask-plan.ts';
import { projectFiles } from '../init/project-files.ts';
import { kindTitles, type ProjectKind, projectKinds } from '../init/project-kinds.ts';
import { projectNames, readContact, readTitle, titleOf } from '../init/project-names.ts';
import { templateFiles } from '../init/template-files.ts';
import { refuseUsed, writeProject } from '../init/write-project.ts';
import { defaultRegistry, readAddress } from '../registry/registry-address.ts';

interface InitOptions {
  readonly name?: string;
  readonly kind?: ProjectKind;
  readonly titleEn?: string;
  readonly titleIt?: string;
  readonly contact?: string;
  readonly port: number;
  readonly registry: string;
  readonly gateway: string;
  readonly json?: true;
}

/** `tavolo subgraph init`: a project that runs at once, for an institution's own technicians. */
export function addSubgraphInit(
  subgraph: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  subgraph
    .command('init')
    .argument('[folder]', 'a new folder; the name of the subgraph unless said')
    .description(
      'Begins a subgraph: a project that runs at once with invented data, and says what comes next.',
    )
    .option('--name <name>', 'of the subgraph, such as employment-centre')
    .addOption(new Option('--kind <kind>', 'where its data come from').choices(projectKinds))
    .option('--title-en <title>', 'the institution in English; made of the name unless said')
    .option('--title-it <title>', 'the institution in Italian; as --title-en unless said')
    .option('--contact <contact>', 'e-mail address of its office, or an https page')
    .option('--port <port>', 'where it listens', readPort, 4110)
    .option('--registry <url>', 'registry of the hub', defaultRegistry)
    .option('--gateway <url>', 'gateway of the hub', 'http://127.0.0.1:4000')
    .option('--json', 'what was written, as one line of JSON')
    .addHelpText(
      'after',
      `\nKinds:\n${projectKinds.map((kind) => `  ${kind.padEnd(10)} ${kindTitles[kind]}`).join('\n')}`,
    )
    .action(async (folder: string | undefined, options: InitOptions) => {
      ended(await init(folder, options, surroundings));
    });
}

async function init(
  folder: string | undefined,
  options: InitOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const { name, kind, titleEn, titleIt } = await complete(options, surroundings);
  const names = projectNames(name);
  const plan = {
    kind,
    names,
    titleEn: readTitle('--title-en', titleEn),
    titleIt: readTitle('--title-it', titleIt),
    contact:
      options.contact === undefined
        ? 'the office named in the registry'
        : readContact(options.contact),
    port: options.port,
    registry: readAddress(options.registry, '--registry').origin,
    gateway: readAddress(options.gateway, '--gateway').origin,
  };
  const target = resolve(surroundings.folder ?? '.', folder ?? name);
  await refuseUsed(target);
  const files = projectFiles(plan, await templateFiles());
  await writeProject(target, files);
  const where = folder ?? name;
  if (options.json) {
    surroundings.print(
      `${JSON.stringify({ subgraph: name, kind, folder: target, files: [...files.keys()] })}\n`,
    );
  } else surroundings.print(saidAtTheEnd(kind, where, names.type, files.size));
  return 0;
}

/** Asks for what is missing where somebody can answer; a program is told what to write. */
async function complete(
  options: InitOptions,
  { env, isTerminal }: CliSurroundings,
): Promise<Answers> {
  const { name, kind, titleEn } = options;
  const canAsk = isTerminal && !env['CI'] && !options.json;
  if (canAsk && (name === undefined || kind === undefined)) {
    if (name !== undefined) projectNames(name);
    const { askPlan } = await import('../init/ask-plan.ts');
    return askPlan(options);
  }
  if (name === undefined || kind === undefined) {
    const missing =
      name === undefined ? '--name employment-centre' : `--kind ${projectKinds.join('|')}`;
    throw new UsageError(
      `what is missing: ${missing}; tavolo subgraph init --help says what each is`,
    );
  }
  const english = titleEn ?? titleOf(name);
  return { name, kind, titleEn: english, titleIt: options.titleIt ?? english };
}

function saidAtTheEnd(kind: ProjectKind, where: string, type: string, count: number): string {
  const first =
    kind === 'other'
      ? ['Read OTHER-LANGUAGES.md: the whole contract on one page.']
      : [
          `cd ${where}`,
          'npm install',
          'npm start',
          'npm run ask      # in another window',
          'npm test',
        ];
  return [
    `${count} files in ${where}. Its own types begin with ${type}, so that they are nobody else's.`,
    '',
    'Next:',
    ...first.map((line) => `  ${line}`),
    ...(kind === 'other' ? [] : ['', 'Then README.md, step 3: your own data.']),
    '',
  ].join('\n');
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('a number from 1 to 65535');
}
