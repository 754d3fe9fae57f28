import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { type EnrolmentToken, enrolmentToken } from '../partner/enrolment-token.ts';
import {
  consumerContentOf,
  type NewPartnerOptions,
  partnerContentOf,
  readNewPartner,
} from '../partner/new-partner.ts';
import { putEntry } from '../partner/put-entry.ts';
import { readIndexOperator } from '../partner/read-index-operator.ts';
import { registerInIndex } from '../partner/register-in-index.ts';
import { folderOf } from '../project/read-target.ts';
import {
  type ConsumerEntry,
  consumerEntry,
  type PartnerEntry,
  partnerEntry,
} from '../registry/entries.ts';
import { openRegistry } from '../registry/open-registry.ts';
import { show } from '../terminal/show.ts';
import { withSpinner } from '../terminal/with-spinner.ts';
import { type RegistryCommandOptions, withRegistryOptions } from './registry-options.ts';

interface AddOptions extends RegistryCommandOptions, NewPartnerOptions {
  readonly personIndex?: string;
  readonly personIndexTokenFile?: string;
  readonly tokenOut?: string;
  readonly update?: true;
}

/** `tavolo partner add`: an institution joins the table. */
export function addPartnerAdd(
  partner: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  withRegistryOptions(
    partner
      .command('add')
      .argument('<name>', 'of the partner and its subgraph, such as employment-centre')
      .description(
        'Registers an institution: what it answers, its people’s logins, its key in the person index. Repeating it does no harm.',
      )
      .requiredOption('--name <text>', 'what it is called')
      .requiredOption('--contact-name <text>', 'an office, not a person')
      .requiredOption('--contact-email <address>', 'of that office')
      .requiredOption('--legal-basis <text>', 'why it may hold its data')
      .option('--label-en <text>', 'what the graph’s descriptions call it; else --name')
      .option('--label-it <text>', 'the same in Italian')
      .option('--person-index <url>', 'the person index, which is to take its sector keys')
      .option('--person-index-token-file <file>', 'its operator’s token, in a file of mode 600')
      .option('--token-out <file>', 'writes the enrolment token there instead of printing it')
      .option('--update', 'changes what is registered already and says something else'),
  ).action(async (name: string, options: AddOptions) => {
    ended(await add(name, options, surroundings));
  });
}

async function add(
  id: string,
  options: AddOptions,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const partner = readNewPartner(id, options);
  const folder = folderOf(surroundings);
  const index = readIndexOperator(options, surroundings);
  const registry = await openRegistry(options, null, surroundings);
  const isJson = options.json === true;
  const isUpdate = options.update === true;
  const done = await withSpinner(surroundings, isJson, `registering ${id}`, async () => {
    const content = partnerContentOf(partner);
    const asks = consumerContentOf(partner, registry.issuer);
    const ofPartner = await putEntry<PartnerEntry['content']>(
      registry,
      `/partners/${id}`,
      content,
      partnerEntry,
      (before) => ({
        ...before,
        ...content,
        subgraphs: [...new Set([...before.subgraphs, id])],
        agreements: before.agreements,
      }),
      isUpdate,
    );
    const ofConsumer = await putEntry<ConsumerEntry['content']>(
      registry,
      `/consumers/${id}`,
      asks,
      consumerEntry,
      (before) => ({
        ...asks,
        ...before,
        name: asks.name,
        partnerId: id,
        clients: withClients(before.clients, asks.clients),
      }),
      isUpdate,
    );
    let token: EnrolmentToken | null = null;
    if (index !== null) {
      token = await enrolmentToken(options.tokenOut, folder);
      await registerInIndex(partner, token, index);
    }
    return { ofPartner, ofConsumer, token };
  });
  const shownToken = options.tokenOut === undefined ? done.token?.token : undefined;
  const report = {
    partner: id,
    registry: { partner: done.ofPartner, consumer: done.ofConsumer },
    personIndex: index?.index.origin ?? null,
    ...(shownToken === undefined ? {} : { enrolmentToken: shownToken }),
    ...(done.token === null || options.tokenOut === undefined
      ? {}
      : { tokenFile: options.tokenOut }),
  };
  show(report, isJson, surroundings, (shown) =>
    [
      `Registered ${id}: partner ${said[done.ofPartner]}, consumer ${said[done.ofConsumer]}.`,
      ...(shown.enrolmentToken === undefined
        ? []
        : [
            'Its enrolment token, which is shown this once and nowhere kept (an earlier one is over):',
            shown.enrolmentToken,
          ]),
      ...(shown.tokenFile === undefined
        ? []
        : [`Its enrolment token is in ${shown.tokenFile}: hand it over and delete the file.`]),
      'Next:',
      ...nextSteps(id, index?.index ?? null).map((step) => `  - ${step}`),
    ]
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}

type Clients = ConsumerEntry['content']['clients'];

/** Those that are there stay as they are: an operator may have given them other roles. */
function withClients(before: Clients, wanted: Clients): Clients {
  const idOf = ({ issuer, clientId, organisation }: Clients[number]) =>
    JSON.stringify([issuer, clientId, organisation]);
  const known = new Set(before.map(idOf));
  return [...before, ...wanted.filter((each) => !known.has(idOf(each)))];
}

const said = { CREATED: 'new', CHANGED: 'changed', UNCHANGED: 'as it was' } as const;

function nextSteps(id: string, index: URL | null): readonly string[] {
  const ofIndex =
    index === null
      ? ['if it knows people, repeat with --person-index URL --person-index-token-file FILE']
      : [
          `put its key into the graph: tavolo subgraph publish person-index --from ${index.href.replace(/\/$/u, '')}/partners/sdl`,
        ];
  return [
    ...ofIndex,
    `the institution begins: tavolo subgraph init, then tavolo login --resource registry as its partner-it`,
    `and publishes: tavolo subgraph check ${id}, tavolo subgraph publish ${id}`,
    'whoever wants its data adds its fields: tavolo purpose add-fields ID COORDINATE…',
  ];
}
