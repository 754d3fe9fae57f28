import { expect, it } from 'vitest';
import { parseOperations } from './operation-log.ts';
import { splitTableQuestion } from './table-question-split.ts';

const calls = [
  { subgraph: 'reception-centres', ms: 10 },
  { subgraph: 'reception-centres', ms: 5 },
  { subgraph: 'person-index', ms: 20 },
  { subgraph: 'volunteer-registry', ms: 7 },
  { subgraph: 'social-services', ms: 30 },
  { subgraph: 'health-authority', ms: 4 },
];

it('counts calls made side by side once, along the longest road', () => {
  expect(splitTableQuestion({ operation: 'TablesQuestion', ms: 100, calls })).toEqual({
    subgraphsMs: 10 + 20 + 30 + 4,
    gatewayMs: 36,
  });
});

it('never gives the gateway less than nothing when milliseconds are rounded', () => {
  expect(splitTableQuestion({ operation: null, ms: 60, calls }).gatewayMs).toBe(0);
});

it('reads operations out of a log, past other lines and one that is cut off', () => {
  const line = JSON.stringify({ level: 30, operation: 'TablesQuestion', ms: 9, calls });
  const log = `{"msg":"listening"}\n${line}\nwarning\n${line.slice(0, 20)}`;
  expect(parseOperations(log)).toEqual([{ operation: 'TablesQuestion', ms: 9, calls }]);
});
