import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandFailure, codeOf } from '../cli-error.ts';

const login = z.object({
  issuer: z.url(),
  clientId: z.string(),
  accessToken: z.string(),
  expiresAt: z.iso.datetime(),
  /** How the next token is had when this one has expired; without either, by logging in. */
  refreshToken: z.string().optional(),
  demo: z.object({ account: z.string(), purpose: z.string().optional() }).optional(),
});
/** Who this command line is at one resource. */
export type Login = Readonly<z.infer<typeof login>>;

const logins = z.object({ version: z.literal(1), byResource: z.record(z.string(), login) });

/** One login for each resource: the graph and the registry take different tokens. */
export type LoginsByResource = Readonly<Record<string, Login>>;

/** `$XDG_CONFIG_HOME/tavolo`, or `~/.config/tavolo`. */
export function loginFolder(env: Readonly<Record<string, string | undefined>>): string {
  const configHome = env['XDG_CONFIG_HOME'];
  if (configHome) return join(configHome, 'tavolo');
  const home = env['HOME'];
  if (home) return join(home, '.config', 'tavolo');
  throw new CommandFailure('no place to keep the login: set XDG_CONFIG_HOME or HOME');
}

const fileIn = (folder: string): string => join(folder, 'logins.json');

/** What was kept; empty when nobody logged in. A file that others can read is refused. */
export async function readLogins(folder: string): Promise<LoginsByResource> {
  const path = fileIn(folder);
  try {
    if (((await stat(path)).mode & 0o077) !== 0) {
      throw new CommandFailure(
        `others can read ${path}: log out, then log in again (tavolo logout, tavolo login)`,
      );
    }
    const kept = logins.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (kept.success) return kept.data.byResource;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    // What is no JSON falls through: its own message would quote it.
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CommandFailure(`${path} is no login of this version: remove it with tavolo logout`);
}

/** Keeps logins for their owner alone; a part file first, so that a crash leaves the ones from before. */
export async function writeLogins(folder: string, byResource: LoginsByResource): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = fileIn(folder);
  const part = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify({ version: 1, byResource }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Forgets all logins, whatever is in the file. */
export async function removeLogins(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true });
}
