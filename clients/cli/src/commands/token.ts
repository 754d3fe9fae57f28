import type { Command } from 'commander';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { defaultResource, goodLogin } from '../login/good-login.ts';

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
    .option('--resource <urn>', 'what it is for', defaultResource)
    .option('--json', 'one JSON object on standard output')
    .action(async ({ resource, json }: TokenOptions) => {
      const { issuer, accessToken, expiresAt } = await goodLogin(resource, surroundings);
      const report = { accessToken, expiresAt, issuer, resource };
      surroundings.print(json ? `${JSON.stringify(report)}\n` : `${accessToken}\n`);
      ended(0);
    });
}
