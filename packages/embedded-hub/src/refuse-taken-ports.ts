import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartProblem } from '@tavolo/process-kit';

/** Who will listen on which port of 127.0.0.1. */
export type PortPlan = Readonly<Record<string, number>>;

/** Throws StartProblem when somebody listens on a port of the plan already: most likely another hub. 0 is any free port. */
export async function refuseTakenPorts(plan: PortPlan): Promise<void> {
  const fixed = Object.entries(plan).filter(([, port]) => port !== 0);
  const taken = await Promise.all(fixed.map(([, port]) => isTaken(port)));
  const places = fixed.filter((_, at) => taken[at]).map(([name, port]) => `${port} (${name})`);
  if (places.length === 0) return;
  throw new StartProblem(
    `Another hub, or another program, is running on this machine and listens on port ${places.join(', ')}: ` +
      'end it (Ctrl-C in its terminal), then start again.',
  );
}

async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    // Whatever else hinders is told by whoever is to listen there.
    return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  }
  server.close();
  await once(server, 'close');
  return false;
}
