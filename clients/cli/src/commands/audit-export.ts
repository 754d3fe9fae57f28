import { exportEvidence, lastCheckpointOf } from '@tavolo/evidence';
import type { Command } from 'commander';
import { expectFolder, inWords, readMoment } from '../audit/audit-folder.ts';
import { readAuditKeys } from '../audit/read-audit-keys.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';

interface ExportCommandOptions {
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
  readonly key?: string;
}

/** `tavolo audit export`: a pack for a supervisory authority; `tavolo audit checkpoint`: what to keep elsewhere. */
export function addAuditExport(
  audit: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  audit
    .command('export')
    .argument('<folder>', 'an evidence log')
    .description('Copies the segments of a time, with all that proves them, into a new folder.')
    .requiredOption('--out <folder>', 'new or empty')
    .option('--from <moment>', 'segments that end before are left out')
    .option('--to <moment>', 'segments that begin after are left out')
    .option('--key <file>', 'public key (JWK) or keys (JWK set) of the log')
    .action(async (folder: string, options: ExportCommandOptions) => {
      ended(await auditExport(folder, options, surroundings));
    });
  audit
    .command('checkpoint')
    .argument('<folder>', 'an evidence log')
    .description(
      'Prints the last signed checkpoint: kept elsewhere, it shows when a log was put back.',
    )
    .option('--key <file>', 'public key (JWK) or keys (JWK set) of the log')
    .action(async (folder: string, { key }: { readonly key?: string }) => {
      await expectFolder(folder);
      const { publicKeys } = await readAuditKeys(folder, key, surroundings.say);
      const { jws, statement } = await inWords(lastCheckpointOf(folder, publicKeys));
      surroundings.print(`${jws}\n`);
      surroundings.say(`record ${statement.seq} of log ${statement.logId}, ${statement.at}\n`);
      ended(0);
    });
}

async function auditExport(
  folder: string,
  options: ExportCommandOptions,
  { print, say }: CliSurroundings,
): Promise<ExitCode> {
  await expectFolder(folder);
  const [from, to] = [readMoment('--from', options.from), readMoment('--to', options.to)];
  const { publicKeys } = await readAuditKeys(folder, options.key, say);
  const { manifest, sha256 } = await inWords(
    exportEvidence(folder, options.out, {
      publicKeys,
      now: () => new Date(),
      ...(from && { from }),
      ...(to && { to }),
    }),
  );
  const { firstSegment, lastSegment } = manifest;
  print(
    `${options.out}: segments ${firstSegment} to ${lastSegment}; SHA-256 of the manifest ${sha256}\n`,
  );
  return 0;
}
