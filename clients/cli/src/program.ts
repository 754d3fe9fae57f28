import { Command, CommanderError } from 'commander';
import { sayError, UsageError } from './cli-error.ts';
import type { CliSurroundings, ExitCode } from './cli-surroundings.ts';
import { addAuditExport } from './commands/audit-export.ts';
import { addAuditSearch } from './commands/audit-search.ts';
import { addAuditVerify } from './commands/audit-verify.ts';
import { addLinkCheck } from './commands/link-check.ts';
import { addLinkEncode } from './commands/link-encode.ts';
import { addLogin } from './commands/login.ts';
import { addRun } from './commands/run.ts';
import { addToken } from './commands/token.ts';

/** Runs one command line and says how it ended; prints, and never ends the process. */
export async function runProgram(
  args: readonly string[],
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  let outcome: ExitCode = 0;
  const ended = (exitCode: ExitCode): void => {
    outcome = exitCode;
  };
  try {
    await createProgram(surroundings, ended).parseAsync([...args], { from: 'user' });
    return outcome;
  } catch (error) {
    // Commander has already printed its own.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    surroundings.say(`tavolo: ${sayError(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function createProgram(surroundings: CliSurroundings, ended: (code: ExitCode) => void): Command {
  const program = new Command('tavolo')
    .description('The command line of Tavolo, for the institutions at the table.')
    .configureOutput({ writeOut: surroundings.print, writeErr: surroundings.say })
    .exitOverride();
  // Commands made with `.command()` inherit the two settings above.
  const link = program
    .command('link')
    .description('People as the person index may have them: encoded here, never in clear.');
  addLinkEncode(link, surroundings, ended);
  addLinkCheck(link, surroundings, ended);
  addLogin(program, surroundings, ended);
  addToken(program, surroundings, ended);
  addRun(program, surroundings, ended);
  const audit = program
    .command('audit')
    .description(
      'The evidence of who asked what: whether it is whole, what it says, a copy of it.',
    );
  addAuditVerify(audit, surroundings, ended);
  addAuditSearch(audit, surroundings, ended);
  addAuditExport(audit, surroundings, ended);
  program
    .command('subgraph')
    .description('A partner’s part of the graph: begin it, check it, publish it, take it back.');
  program
    .command('partner')
    .description('Institutions at the table: admit one, suspend one, take one up again.');
  program
    .command('purpose')
    .description('What data are asked for: read it, add fields to it, approve it.');
  return program;
}
