import { WebSocket } from 'undici';
import { z } from 'zod';
import { type CpuProfile, cpuProfile } from './group-self-time.ts';

/** A process's own profiler, through the inspector it was started with. */
export interface ProcessInspector {
  /** What the process did while `work` was under way. */
  profile(work: () => Promise<void>): Promise<CpuProfile>;
  close(): void;
}

const samplingMicroseconds = 200;
const targets = z.array(z.looseObject({ webSocketDebuggerUrl: z.string() })).min(1);
const reply = z.looseObject({
  id: z.int().optional(),
  result: z.unknown(),
  error: z.looseObject({ message: z.string() }).optional(),
});

/** `port` as given to `--inspect`; the process listens already. */
export async function inspectProcess(port: number): Promise<ProcessInspector> {
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = targets.parse(await listed.json());
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  const waiting = new Map<number, PromiseWithResolvers>();
  let sent = 0;
  socket.addEventListener('message', ({ data }) => {
    const said = reply.parse(JSON.parse(String(data)));
    const asked = said.id === undefined ? undefined : waiting.get(said.id);
    if (said.error) asked?.reject(new Error(said.error.message));
    else asked?.resolve(said.result);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('the inspector is not reachable')));
  });
  const send = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      sent += 1;
      waiting.set(sent, { resolve, reject });
      socket.send(JSON.stringify({ id: sent, method, params }));
    });
  return {
    async profile(work) {
      await send('Profiler.enable');
      await send('Profiler.setSamplingInterval', { interval: samplingMicroseconds });
      await send('Profiler.start');
      await work();
      const { profile } = z.looseObject({ profile: cpuProfile }).parse(await send('Profiler.stop'));
      return profile;
    },
    close: () => socket.close(),
  };
}

interface PromiseWithResolvers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}
