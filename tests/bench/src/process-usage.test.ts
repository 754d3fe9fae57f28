import { expect, it } from 'vitest';
import { parseMemory, parseStat } from './process-usage.ts';

it('reads proportional and resident size, and not their like-named parts', () => {
  const rollup = [
    '55d0c0000000-7ffd3a9f2000 ---p 00000000 00:00 0                          [rollup]',
    'Rss:              104228 kB',
    'Pss:               65432 kB',
    'Pss_Anon:          50000 kB',
    'Shared_Clean:      38000 kB',
  ].join('\n');
  expect(parseMemory(rollup)).toEqual({ pssKb: 65_432, rssKb: 104_228 });
  expect(() => parseMemory('')).toThrow('no Pss');
});

it('reads parent and CPU time past a command with spaces and brackets', () => {
  const stat = '4242 (node (main) ) S) R 77 4242 4242 0 -1 4194304 9 0 0 0 250 150 3 4 20 0 11 0';
  expect(parseStat(stat)).toEqual({ parent: 77, cpuSeconds: 4 });
});
