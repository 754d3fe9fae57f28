import { Writable } from 'node:stream';
import type { CliSurroundings } from '../cli-surroundings.ts';

/** What a shell says of a program that was interrupted. */
const interrupted = 130;

/** Does some work, and on a terminal says meanwhile what it is; silent in JSON and where nobody looks. */
export async function withSpinner<T>(
  { isTerminal, say }: CliSurroundings,
  isSilent: boolean,
  message: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!isTerminal || isSilent) return work();
  const { spinner } = await import('@clack/prompts');
  const output = new Writable({
    write(chunk: Buffer, _encoding, written) {
      say(chunk.toString());
      written();
    },
  });
  // Clack ends an interrupted program with 0, as if the work were done.
  const tellInterrupted = () => {
    process.exitCode = interrupted;
  };
  process.once('exit', tellInterrupted);
  const spinning = spinner({ output, withGuide: false });
  spinning.start(message);
  try {
    return await work();
  } finally {
    spinning.clear();
    process.off('exit', tellInterrupted);
  }
}
