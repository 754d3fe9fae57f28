import { describe, expect, it } from 'vitest';
import { groupSelfTime } from './group-self-time.ts';

function profileOf(frames: readonly (readonly [functionName: string, url: string])[]) {
  return {
    nodes: frames.map(([functionName, url], id) => ({
      id,
      callFrame: { functionName, url, lineNumber: 0, columnNumber: 0 },
    })),
    samples: frames.map((_, id) => id),
    timeDeltas: [0, ...frames.map(() => 100)],
  };
}

const groupOf = (functionName: string, url: string) => [
  ...groupSelfTime(profileOf([[functionName, url]])).keys(),
];

describe('where the time goes', () => {
  it.each([
    ['run', 'file:///hub/gateway/src/executor/run-plan.ts', 'gateway/src/executor'],
    ['run', 'file:///hub/gateway/src/executor/answer/write.ts', 'gateway/src/executor'],
    ['run', 'file:///hub/gateway/src/graphql-route.ts', 'gateway/src/graphql-route.ts'],
    ['sign', 'file:///hub/packages/evidence/src/seal.ts', 'packages/evidence/src'],
    ['dispatch', 'file:///hub/node_modules/undici/lib/pool.js', 'undici'],
    ['plan', 'file:///hub/node_modules/@apollo/gateway/dist/x.js', '@apollo/gateway'],
    ['x', 'file:///hub/node_modules/a/node_modules/@b/c/x.js', '@b/c'],
    ['parserOnHeadersComplete', 'node:_http_common', 'node http'],
    ['onStreamRead', 'node:internal/stream_base_commons', 'node sockets and streams'],
    ['processTicks', 'node:internal/process/task_queues', 'node, other'],
    ['parse', '', 'JSON.parse'],
    ['(garbage collector)', '', 'garbage collection'],
  ])('%s of %s is %s', (functionName, url, group) => {
    expect(groupOf(functionName, url)).toEqual([group]);
  });

  it('leaves out waiting', () => {
    expect(groupOf('(idle)', '')).toEqual([]);
  });

  it('gives each sample the time until the next, and shows the largest first', () => {
    const profile = {
      ...profileOf([
        ['stringify', ''],
        ['parse', ''],
      ]),
      samples: [0, 1, 0, 0],
      timeDeltas: [5, 10, 30, 40],
    };
    expect([...groupSelfTime(profile)]).toEqual([
      ['JSON.stringify', 50],
      ['JSON.parse', 30],
    ]);
  });
});
