import type { Command } from 'commander';
import { CommandFailure } from '../cli-error.ts';
import type { CliSurroundings, ExitCode } from '../cli-surroundings.ts';
import { IssuerRefusal } from '../login/issuer-client.ts';
import { renewLogin } from '../login/log-in.ts';
import { type Login, loginFolder, readLogins, writeLogins } from '../login/logins.ts';
import { oneAtATime } from '../login/one-at-a-time.ts';

/** What tokens are for unless told. */
export const defaultResource = 'urn:tavolo:graph';

/** A token that ends sooner is renewed: it should outlive the request it is printed for. */
const sparesMs = 30_000;

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

async function goodLogin(resource: string, { env }: CliSurroundings): Promise<Login> {
  const folder = loginFolder(env);
  const now = () => new Date();
  const isGood = ({ expiresAt }: Login) => Date.parse(expiresAt) - now().getTime() > sparesMs;
  const find = async () => {
    const logins = await readLogins(folder);
    const login = Object.hasOwn(logins, resource) ? logins[resource] : undefined;
    if (login === undefined) throw new CommandFailure(notLoggedIn(resource));
    return { logins, login };
  };
  const found = await find();
  if (isGood(found.login)) return found.login;
  return oneAtATime(folder, async () => {
    // Another command may have renewed it meanwhile.
    const { logins, login } = await find();
    if (isGood(login)) return login;
    const renewed = await renewLogin(login, resource, now).catch((error: unknown) => {
      if (error instanceof IssuerRefusal) return null;
      throw error;
    });
    if (renewed === null) throw new CommandFailure(`the login is over: ${howToLogIn(resource)}`);
    await writeLogins(folder, { ...logins, [resource]: renewed });
    return renewed;
  });
}

const notLoggedIn = (resource: string) => `not logged in for ${resource}: ${howToLogIn(resource)}`;

function howToLogIn(resource: string): string {
  const forResource = resource === defaultResource ? '' : ` --resource ${resource}`;
  return `run tavolo login${forResource}`;
}
