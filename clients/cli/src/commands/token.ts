import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { goodLogin } from '../login/good-login.ts';
import { graphResource, readResource } from '../login/resources.ts';

interface TokenOptions {
  readonly resource: string;
  readonly json?: true;
}

/** `tavolo token`: the access token alone, for `curl -H "authorization: Bearer $(npx tavolo token)"`. */
export function addToken(
  program: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  program
    .command('token')
    .description('Prints the access token, a new one when the last is about to expire.')
    .option('--resource <name>', 'what it is for: graph or registry', graphResource)
    .option('--json', 'one JSON object on standard output')
    .action(async ({ resource: named, json }: TokenOptions) => {
      const resource = readResource(named);
      const { issuer, accessToken, expiresAt } = await goodLogin(resource, surroundings);
      const report = { accessToken, expiresAt, issuer, resource };
      surroundings.print(json ? `${JSON.stringify(report)}\n` : `${accessToken}\n`);
      ended(0);
    });
}
