import { readdir, readFile } from 'node:fs/promises';

/** Linux counts CPU time of processes in these, whatever the kernel's own tick is. */
const ticksPerSecond = 100;

export interface ProcessMemory {
  /** Proportional set size: memory shared with others is divided among them, so a sum counts it once. */
  readonly pssKb: number;
  /** Resident set size. */
  readonly rssKb: number;
}

/** Reads `/proc/<pid>/smaps_rollup`; Linux only. */
export function parseMemory(smapsRollup: string): ProcessMemory {
  return { pssKb: readKb(smapsRollup, 'Pss'), rssKb: readKb(smapsRollup, 'Rss') };
}

/** Parent and CPU seconds, all threads, from `/proc/<pid>/stat`; the command in it may hold any character. */
export function parseStat(stat: string): { readonly parent: number; readonly cpuSeconds: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Counted from the state, which is the third field: 4 is the parent, 14 user time, 15 system time.
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { parent: Number(fields[1]), cpuSeconds: ticks / ticksPerSecond };
}

/** CPU seconds of a process since it began. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  return parseStat(await readFile(`/proc/${pid}/stat`, 'utf8')).cpuSeconds;
}

export async function memoryOf(pid: number): Promise<ProcessMemory> {
  return parseMemory(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'));
}

/** Memory of a process and of all it started, such as the compiler that `tsx` keeps beside each. */
export async function memoryOfTree(root: number): Promise<ProcessMemory> {
  const parents = await readParents();
  const tree = [root];
  // The list grows while it is walked.
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  const each = await Promise.all(tree.map(memoryOf));
  return {
    pssKb: each.reduce((sum, { pssKb }) => sum + pssKb, 0),
    rssKb: each.reduce((sum, { rssKb }) => sum + rssKb, 0),
  };
}

async function readParents(): Promise<Map<number, number>> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const parents = new Map<number, number>();
  await Promise.all(
    pids.map(async (pid) => {
      // A process may end between the listing and the reading.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
      if (stat !== undefined) parents.set(pid, parseStat(stat).parent);
    }),
  );
  return parents;
}

function readKb(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${name} in smaps_rollup`);
  return Number(found);
}
