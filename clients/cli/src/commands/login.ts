import type { Command } from 'commander';
import { CommandFailure } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { readIssuer } from '../login/issuer-client.ts';
import { logInAsDemoAccount, logInWithBrowser, revokeLogin } from '../login/log-in.ts';
import { loginFolder, readLogins, removeLogins, writeLogins } from '../login/logins.ts';
import { oneAtATime } from '../login/one-at-a-time.ts';
import { defaultIssuer, graphResource, readResource } from '../login/resources.ts';

interface LoginOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly resource: string;
  readonly purpose?: string;
  readonly demoAccount?: string;
  readonly json?: true;
}

/** `tavolo login` and `tavolo logout`: who this command line is to the hub. */
export function addLogin(
  program: Command,
  surroundings: CliSurroundings,
  ended: (code: ExitCode) => void,
): void {
  program
    .command('login')
    .description(
      'Logs in at the identity provider of the hub, and keeps the tokens for this user alone.',
    )
    .option('--issuer <url>', 'the identity provider', defaultIssuer)
    .option('--client-id <id>', 'what the identity provider calls this program', 'tavolo-cli')
    .option('--purpose <id>', 'what for, by its name in the registry; else chosen at the login')
    .option('--resource <name>', 'what the token is for: graph or registry', graphResource)
    .option('--demo-account <name>', 'an invented account of the development issuer, no browser')
    .option('--json', 'one JSON object on standard output')
    .action(async (options: LoginOptions) => {
      ended(await logIn(options, surroundings));
    });
  program
    .command('logout')
    .description('Forgets all tokens, and tells the identity providers.')
    .option('--json', 'one JSON object on standard output')
    .action(async (options: Pick<LoginOptions, 'json'>) => {
      ended(await logOut(options, surroundings));
    });
}

async function logIn(options: LoginOptions, surroundings: CliSurroundings): Promise<ExitCode> {
  const { clientId, purpose, demoAccount } = options;
  const resource = readResource(options.resource);
  const folder = loginFolder(surroundings.env);
  const now = () => new Date();
  const request = { issuer: readIssuer(options.issuer), clientId, resource, purpose, now };
  const login =
    demoAccount === undefined
      ? await logInWithBrowser(request, ({ href }) =>
          surroundings.say(`Open this address in a browser of this machine:\n\n  ${href}\n\n`),
        )
      : await logInAsDemoAccount(request, demoAccount);
  await oneAtATime(folder, async () =>
    writeLogins(folder, { ...(await readLogins(folder)), [resource]: login }),
  );
  const report = { issuer: login.issuer, resource, expiresAt: login.expiresAt };
  surroundings.print(
    options.json
      ? `${JSON.stringify(report)}\n`
      : `Logged in at ${report.issuer} for ${resource}. The token is in: tavolo token${resource === graphResource ? '' : ` --resource ${options.resource}`}\n`,
  );
  return 0;
}

async function logOut(
  { json }: Pick<LoginOptions, 'json'>,
  surroundings: CliSurroundings,
): Promise<ExitCode> {
  const folder = loginFolder(surroundings.env);
  // A file that cannot be read is removed all the same: that is what somebody who logs out wants.
  const kept = await readLogins(folder).catch((error: unknown) => {
    if (error instanceof CommandFailure) return {};
    throw error;
  });
  await removeLogins(folder);
  const told = await Promise.allSettled(Object.values(kept).map(revokeLogin));
  const untold = told.filter(({ status }) => status === 'rejected').length;
  if (untold > 0) {
    surroundings.say(`${untold} logins are forgotten here; their issuer could not be told.\n`);
  }
  const loggedOut = Object.keys(kept).length;
  surroundings.print(
    json ? `${JSON.stringify({ loggedOut, untold })}\n` : `Logged out (${loggedOut} logins).\n`,
  );
  return 0;
}
