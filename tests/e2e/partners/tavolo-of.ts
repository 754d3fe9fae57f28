import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runTavolo } from '../evidence/run-tavolo.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Somebody at a command line of their own, logged in for one resource. */
export interface Shell {
  /** Runs `tavolo …`; the journey goes on only when it succeeded. */
  tavolo(...args: readonly string[]): Promise<Ran>;
  /** Runs it whatever comes of it. */
  tries(...args: readonly string[]): Promise<Ran>;
}

interface Hub {
  readonly issuerUrl: string;
  readonly registryUrl: string;
}

/** Gives each account of a hub a command line; `close` forgets all their logins. */
export async function openShells(hub: Hub) {
  const home = await mkdtemp(join(tmpdir(), 'tavolo-shells-'));
  return {
    /** A folder for what these people write down. */
    home,
    async as(
      account: string,
      folder: string = home,
      secrets: Readonly<Record<string, string>> = {},
    ): Promise<Shell> {
      const env = { XDG_CONFIG_HOME: join(home, account), ...secrets };
      const tries = (...args: readonly string[]) => runTavolo(args, { env, folder });
      const tavolo = async (...args: readonly string[]) => {
        const ran = await tries(...args);
        expect(ran, args.join(' ')).toMatchObject({ code: 0 });
        return ran;
      };
      await tavolo(
        ...['login', '--issuer', hub.issuerUrl, '--demo-account', account],
        ...['--resource', 'urn:tavolo:registry'],
      );
      return { tavolo, tries };
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
}
