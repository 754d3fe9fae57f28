import { CommandFailure } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { IssuerRefusal } from './issuer-client.ts';
import { renewLogin } from './log-in.ts';
import { type Login, loginFolder, readLogins, writeLogins } from './logins.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { howToLogIn } from './resources.ts';

/** A token that ends sooner is renewed: it should outlive the request it is printed for. */
const sparesMs = 30_000;

/** Who this command line is at a resource, with a token that holds for a while; renewed when it must be. */
export async function goodLogin(resource: string, { env }: CliSurroundings): Promise<Login> {
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
    if (renewed === null)
      throw new CommandFailure(`the login is over: ${howToLogIn(resource, login.issuer)}`);
    await writeLogins(folder, { ...logins, [resource]: renewed });
    return renewed;
  });
}

const notLoggedIn = (resource: string) =>
  `not logged in for ${resource}: ${howToLogIn(resource, undefined)}`;
