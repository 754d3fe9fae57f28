import { Command, CommanderError } from 'commander';
import { CommandFailure, exitCodeOf, sayError } from './cli-error.ts';
import type { CliSurroundings, ExitCode } from './cli-surroundings.ts';
import { addAuditExport } from './commands/audit-export.ts';
import { addAuditSearch } from './commands/audit-search.ts';
import { addAuditVerify } from './commands/audit-verify.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addLinkCheck } from './commands/link-check.ts';
import { addLinkEncode } from './commands/link-encode.ts';
import { addLinkEnrol } from './commands/link-enrol.ts';
import { addLogin } from './commands/login.ts';
import { addPartnerAdd } from './commands/partner-add.ts';
import { addPartnerList } from './commands/partner-list.ts';
import { addPartnerRemove } from './commands/partner-remove.ts';
import { addPartnerSuspend } from './commands/partner-suspend.ts';
import { addPurposeAddFields } from './commands/purpose-add-fields.ts';
import { addPurposeApprove } from './commands/purpose-approve.ts';
import { addPurposeList } from './commands/purpose-list.ts';
import { addPurposeShow } from './commands/purpose-show.ts';
import { exitCodesHelp } from './commands/registry-options.ts';
import { addRun } from './commands/run.ts';
import { addSubgraphArchive } from './commands/subgraph-archive.ts';
import { addSubgraphCheck } from './commands/subgraph-check.ts';
import { addSubgraphConformance } from './commands/subgraph-conformance.ts';
import { addSubgraphDeprecate } from './commands/subgraph-deprecate.ts';
import { addSubgraphDev } from './commands/subgraph-dev.ts';
import { addSubgraphDiff } from './commands/subgraph-diff.ts';
import { addSubgraphInit } from './commands/subgraph-init.ts';
import { addSubgraphList } from './commands/subgraph-list.ts';
import { addSubgraphPublish } from './commands/subgraph-publish.ts';
import { addSubgraphRollback } from './commands/subgraph-rollback.ts';
import { addSubgraphShow } from './commands/subgraph-show.ts';
import { addSubgraphUsage } from './commands/subgraph-usage.ts';
import { addToken } from './commands/token.ts';
import { printableJson } from './terminal/printable.ts';

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
    // Programs read standard output; the words above are for people.
    if (error instanceof CommandFailure && error.report !== null && args.includes('--json')) {
      surroundings.print(`${printableJson(error.report)}\n`);
    }
    return exitCodeOf(error);
  }
}

function createProgram(surroundings: CliSurroundings, ended: (code: ExitCode) => void): Command {
  const program = new Command('tavolo')
    .description('The command line of Tavolo, for the institutions at the table.')
    .configureOutput({ writeOut: surroundings.print, writeErr: surroundings.say })
    .addHelpText('after', exitCodesHelp)
    .exitOverride();
  // Commands made with `.command()` inherit the two settings above.
  const link = program
    .command('link')
    .description('People as the person index may have them: encoded here, never in clear.');
  addLinkEncode(link, surroundings, ended);
  addLinkCheck(link, surroundings, ended);
  addLinkEnrol(link, surroundings, ended);
  addLogin(program, surroundings, ended);
  addToken(program, surroundings, ended);
  addRun(program, surroundings, ended);
  addExplain(program, surroundings, ended);
  addDoctor(program, surroundings, ended);
  const audit = program
    .command('audit')
    .description(
      'The evidence of who asked what: whether it is whole, what it says, a copy of it.',
    );
  addAuditVerify(audit, surroundings, ended);
  addAuditSearch(audit, surroundings, ended);
  addAuditExport(audit, surroundings, ended);
  const subgraph = program
    .command('subgraph')
    .description('A partner’s part of the graph: begin it, check it, publish it, take it back.');
  addSubgraphInit(subgraph, surroundings, ended);
  addSubgraphCheck(subgraph, surroundings, ended);
  addSubgraphConformance(subgraph, surroundings, ended);
  addSubgraphDev(subgraph, surroundings, ended);
  addSubgraphPublish(subgraph, surroundings, ended);
  addSubgraphList(subgraph, surroundings, ended);
  addSubgraphShow(subgraph, surroundings, ended);
  addSubgraphDiff(subgraph, surroundings, ended);
  addSubgraphUsage(subgraph, surroundings, ended);
  addSubgraphRollback(subgraph, surroundings, ended);
  addSubgraphDeprecate(subgraph, surroundings, ended);
  addSubgraphArchive(subgraph, surroundings, ended);
  const partner = program
    .command('partner')
    .description('Institutions at the table: admit one, suspend one, take one up again.');
  addPartnerAdd(partner, surroundings, ended);
  addPartnerList(partner, surroundings, ended);
  addPartnerSuspend(partner, surroundings, ended);
  addPartnerRemove(partner, surroundings, ended);
  const purpose = program
    .command('purpose')
    .description('What data are asked for: read it, add fields to it, approve it.');
  addPurposeList(purpose, surroundings, ended);
  addPurposeShow(purpose, surroundings, ended);
  addPurposeAddFields(purpose, surroundings, ended);
  addPurposeApprove(purpose, surroundings, ended);
  return program;
}
