import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { type IndexOptions, readIndexOperator } from '../partner/read-index-operator.ts';
import { removeFromIndex } from '../partner/register-in-index.ts';
import { show } from '../terminal/show.ts';
import { exitCodesHelp } from './registry-options.ts';

interface RemoveOptions extends IndexOptions {
  readonly json?: true;
}

/** `tavolo partner remove`: an institution that left is forgotten by the person index. */
export function addPartnerRemove(
  partner: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  partner
    .command('remove')
    .argument('<name>', 'of the partner')
    .description(
      'Takes an institution that has left out of the person index, which forgets its records.',
    )
    .requiredOption('--person-index <url>', 'the person index')
    .requiredOption(
      '--person-index-token-file <file>',
      'its operator’s token, in a file of mode 600',
    )
    .option('--json', 'one JSON object on standard output')
    .addHelpText('after', exitCodesHelp)
    .action(async (id: string, options: RemoveOptions) => {
      if (!/^[a-z\d-]{2,64}$/u.test(id)) throw new UsageError('no partner is called that');
      const operator = readIndexOperator(options, surroundings);
      if (operator === null) throw new UsageError('--person-index: which?');
      await removeFromIndex(id, operator);
      const { origin, href } = operator.index;
      show({ partner: id, removedFrom: origin }, options.json === true, surroundings, () =>
        [
          `The person index takes no more records of ${id}, and forgets those it has.`,
          'Next:',
          `  - take its key out of the graph: tavolo subgraph publish person-index --from ${href.replace(/\/$/u, '')}/partners/sdl`,
          `  - if its subgraph is still in the graph: tavolo subgraph archive ${id} --reason TEXT`,
          `  - stop its people’s logins: tavolo partner suspend ${id} --reason TEXT`,
        ]
          .map((line) => `${line}\n`)
          .join(''),
      );
      ended(0);
    });
}
