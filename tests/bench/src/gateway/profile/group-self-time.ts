import { z } from 'zod';

/** What is read of a V8 CPU profile. */
export const cpuProfile = z.looseObject({
  nodes: z.array(
    z.looseObject({
      id: z.int(),
      callFrame: z.looseObject({
        functionName: z.string(),
        url: z.string(),
        /** Counted from 0. */
        lineNumber: z.int(),
        columnNumber: z.int(),
      }),
    }),
  ),
  samples: z.array(z.int()),
  /** Microseconds before each sample. */
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = Readonly<z.infer<typeof cpuProfile>>;

/** Microseconds of each group's own work, the largest first; waiting is left out. */
export function groupSelfTime({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const groupOfNode = new Map(
    nodes.map(({ id, callFrame }) => [id, groupOf(callFrame.functionName, callFrame.url)]),
  );
  const sums = new Map<string, number>();
  samples.forEach((node, index) => {
    const group = groupOfNode.get(node);
    if (group === undefined) return;
    // A sample stands for the time until the next one.
    sums.set(group, (sums.get(group) ?? 0) + (timeDeltas[index + 1] ?? 0));
  });
  return new Map([...sums].sort(([, one], [, other]) => other - one));
}

const engineGroups: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collection',
  '(program)': 'native code without a name',
  parse: 'JSON.parse',
  stringify: 'JSON.stringify',
  writev: 'sockets (native)',
  writeUtf8String: 'sockets (native)',
  writeLatin1String: 'sockets (native)',
  writeBuffer: 'sockets (native)',
  readStart: 'sockets (native)',
  consume: 'HTTP parser (native)',
  execute: 'HTTP parser (native)',
};
const httpModules = /^node:(?:_http|http|internal\/http)/u;
const streamModules = /^node:(?:net|stream|_stream|internal\/(?:streams|stream_base|net))/u;

/** Where a function belongs; `undefined` = no work. */
function groupOf(functionName: string, url: string): string | undefined {
  if (functionName === '(idle)' || functionName === '(root)') return undefined;
  if (url === '') return engineGroups[functionName] ?? 'other built-in functions';
  if (httpModules.test(url)) return 'node http';
  if (streamModules.test(url)) return 'node sockets and streams';
  if (url.startsWith('node:')) return 'node, other';
  const dependency = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  const own = /\/((?:gateway\/src|packages\/[^/]+\/src|tests\/[^/]+\/src))\/(.*)$/u.exec(url);
  if (!own) return url.startsWith('wasm:') ? 'HTTP parser (wasm)' : 'other';
  const [, root = '', rest = ''] = own;
  const [folder = '', ...below] = rest.split('/');
  // A folder is a part with a name; what lies beside the folders is shown file by file.
  return root === 'gateway/src' || below.length > 0
    ? `${root}/${folder.replace(/\?.*$/u, '')}`
    : root;
}
