import { operationRecord } from '@tavolo/evidence';
import { expect, test } from 'vitest';
import { createOperationContext, type OperationContext } from '../operation-context.ts';
import { recordOf } from './record-of.ts';

function recordWith(calls: OperationContext['calls']) {
  const context = createOperationContext({
    signal: new AbortController().signal,
    remainingMs: () => 1,
  });
  context.calls.push(...calls);
  return recordOf(context, {
    at: new Date('2026-11-22T10:00:00Z'),
    path: '/graphql',
    method: 'POST',
    clientIp: '127.0.0.1',
    httpStatus: 200,
    durationMs: 1,
  });
}

test('a question that made more calls than a record holds is recorded all the same, with every subgraph', () => {
  const call = (subgraph: string, status: 'OK' | 'DENIED') => ({ subgraph, status, ms: 1 });
  const many = Array.from({ length: 300 }, () => call('reception-centres', 'OK'));
  const record = recordWith([...many, call('reception-centres', 'DENIED'), call('health', 'OK')]);
  expect(operationRecord.safeParse(record).success).toBe(true);
  expect(record.subgraphs).toEqual([
    { subgraph: 'reception-centres', status: 'DENIED', ms: 301 },
    { subgraph: 'health', status: 'OK', ms: 1 },
  ]);
});

test('up to that each call is recorded', () => {
  const record = recordWith([
    { subgraph: 'health', status: 'OK', ms: 1 },
    { subgraph: 'health', status: 'OK', ms: 2 },
  ]);
  expect(record.subgraphs.map(({ ms }) => ms)).toEqual([1, 2]);
});
