import { readFile } from 'node:fs/promises';
import { describeFault, verifyEvidence } from '@tavolo/evidence';
import type { Command } from 'commander';
import { expectFolder } from '../audit/audit-folder.ts';
import { readAuditKeys } from '../audit/read-audit-keys.ts';
import { codeOf, UsageError } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';

interface VerifyCommandOptions {
  readonly key?: string;
  readonly checkpoint?: string;
  readonly pack?: true;
  readonly json?: true;
}

/** `tavolo audit verify`: whether the evidence is what was written, and the first record that is not. */
export function addAuditVerify(
  audit: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  audit
    .command('verify')
    .argument('<folder>', 'an evidence log, or an exported pack')
    .description(
      'Says whether a log is whole, or names the first record that is not what was written.',
    )
    .option('--key <file>', 'public key (JWK) or keys (JWK set) that must have signed')
    .option(
      '--checkpoint <file>',
      'checkpoints kept elsewhere, one a line: the log must agree with them',
    )
    .option('--pack', 'the folder is an exported pack')
    .option('--json', 'one object on standard output')
    .action(async (folder: string, options: VerifyCommandOptions) => {
      ended(await auditVerify(folder, options, surroundings));
    });
}

async function auditVerify(
  folder: string,
  options: VerifyCommandOptions,
  { print, say }: CliSurroundings,
): Promise<ExitCode> {
  await expectFolder(folder);
  const checkpoints = await readCheckpoints(options.checkpoint);
  const { publicKeys, from } = await readAuditKeys(folder, options.key, say);
  const verdict = await verifyEvidence(folder, {
    publicKeys,
    checkpoints,
    as: options.pack ? 'pack' : 'log',
    onProgress: (records) => say(`verified: ${records} records\n`),
  });
  const { fault, begins, firstSeq, lastSeq, lastAt, records } = verdict;
  if (options.json) {
    print(`${JSON.stringify({ isWhole: fault === null, ...verdict, keysFrom: from })}\n`);
  } else if (fault === null) {
    const start =
      begins === 'GENESIS'
        ? 'from the beginning'
        : begins === 'PACK'
          ? 'a part'
          : 'what was before was removed by retention';
    print(
      `whole: ${records} records, ${firstSeq} to ${lastSeq} (${start}), the last of ${lastAt}\n`,
    );
  } else {
    print(`broken: ${describeFault(fault)}\n`);
  }
  return fault === null ? 0 : 1;
}

async function readCheckpoints(path: string | undefined): Promise<readonly string[]> {
  if (path === undefined) return [];
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
    const checkpoints = lines.filter((line) => line !== '');
    if (checkpoints.length > 0) return checkpoints;
  } catch (error) {
    throw new UsageError(`--checkpoint ${path} cannot be read (${codeOf(error)})`);
  }
  throw new UsageError(`--checkpoint ${path} holds no checkpoint`);
}
