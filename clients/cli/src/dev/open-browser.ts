import { spawn } from 'node:child_process';
import type { CliSurroundings } from '../cli-surroundings.ts';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

/** Opens an address with whatever the user's system opens addresses with; a machine without a browser is told. */
export function openBrowser(url: string, { say }: CliSurroundings): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => say(`tavolo: no browser could be opened; go to ${url}\n`));
  child.unref();
}
