import type { OperationReport } from '@tavolo/registry-api';
import { operationReport } from '@tavolo/registry-api';
import { buildSchema, parse } from 'graphql';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import {
  createOperationUsage,
  defaultUsageLimits,
  type OperationUsage,
} from './operation-usage.ts';
import { startUsageReports } from './report-usage.ts';

const schema = buildSchema('type Query { a(of: Int): Int b: Int }');
const logger = pino({ level: 'silent' });
let day = '2026-11-22';
const now = () => new Date(`${day}T10:00:00Z`);

function ask(usage: OperationUsage, text: string, consumer = 'comune-di-prova') {
  usage.record({
    document: parse(text),
    operationName: null,
    schema,
    isTrusted: false,
    coordinates: ['Query.a'],
    consumer,
    purposeId: 'analysis',
  });
}

function reports(send: (report: OperationReport) => Promise<boolean>, usage: OperationUsage) {
  let ids = 0;
  return startUsageReports({
    usage,
    send,
    everyMs: 1_000_000,
    newId: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
    logger,
  });
}

describe('what is asked is told to the registry', () => {
  test('as counts of one form, consumer, purpose and day, each count once', async () => {
    const usage = createOperationUsage(now);
    const sent: OperationReport[] = [];
    const reporter = reports(async (report) => sent.push(report) > 0, usage);
    ask(usage, '{ a(of: 1) }');
    ask(usage, '{ x: a(of: 2) }');
    ask(usage, '{ a(of: 2) }', 'others');
    day = '2026-11-23';
    ask(usage, '{ a(of: 3) }');
    day = '2026-11-22';
    await reporter.flush();
    ask(usage, '{ a(of: 3) }');
    await reporter.close();
    expect(sent.map(({ operations }) => operations.map(({ count }) => count))).toEqual([
      [2, 1, 1],
      [1],
    ]);
    for (const report of sent) expect(operationReport.parse(report)).toEqual(report);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });

  test('under one id until it is taken, so that none is lost and none counts twice', async () => {
    const usage = createOperationUsage(now);
    const tried: OperationReport[] = [];
    let isAway = true;
    const reporter = reports(async (report) => {
      tried.push(report);
      if (isAway) throw new Error('away');
      return true;
    }, usage);
    ask(usage, '{ a }');
    await reporter.flush();
    ask(usage, '{ b }');
    await reporter.flush();
    isAway = false;
    await reporter.close();
    expect(tried.map(({ id }) => id.slice(-1))).toEqual(['1', '1', '1', '2']);
    expect(tried[2]).toEqual(tried[0]);
    expect(tried.slice(2).map(({ operations }) => operations.length)).toEqual([1, 1]);
  });

  test('no longer when the registry will never take it: the next report is another one', async () => {
    const usage = createOperationUsage(now);
    const tried: string[] = [];
    const reporter = reports(async ({ id }) => {
      tried.push(id.slice(-1));
      return false;
    }, usage);
    ask(usage, '{ a }');
    await reporter.flush();
    await reporter.flush();
    await reporter.close();
    expect(tried).toEqual(['1']);
  });

  test('in reports no larger than the registry reads, of no more than there is room for', async () => {
    const usage = createOperationUsage(now, { ...defaultUsageLimits, maxEntries: 700 });
    const sizes: number[] = [];
    const reporter = reports(async ({ operations }) => sizes.push(operations.length) > 0, usage);
    for (let index = 0; index < 1_000; index += 1) ask(usage, '{ a }', `consumer-${index}`);
    expect(usage.size).toBe(700);
    await reporter.close();
    expect(sizes).toEqual([500, 200]);
    expect(usage.takeDropped()).toBe(0);
  });
});
