import { isIP } from 'node:net';
import { coordinatesRead, type OperationRecord, operationNameFor } from '@tavolo/evidence';
import type { OperationContext } from '../operation-context.ts';

/** As many as a record holds: one too many would be no record, and so no answer. */
const mostCalls = 200;

/** What the HTTP exchange adds to what the operation knows of itself. */
export interface Exchange {
  readonly at: Date;
  readonly path: string;
  readonly method: string;
  readonly clientIp: string | undefined;
  readonly httpStatus: number;
  readonly durationMs: number;
}

/** The evidence of one operation: who asked what for what, and how it ended; no value of it. */
export function recordOf(context: OperationContext, exchange: Exchange): OperationRecord {
  const { passage, findings, refusal, counted } = context;
  const caller = passage?.caller ?? null;
  const { httpStatus, method, clientIp } = exchange;
  const read = coordinatesOf(findings.coordinates);
  return {
    kind: 'operation',
    at: exchange.at.toISOString(),
    uri: exchange.path,
    operationName: operationNameFor(findings.operationName, findings.isTrusted),
    documentHash: findings.document?.hash ?? null,
    method: method === 'GET' || method === 'POST' ? method : 'OTHER',
    outcome: outcomeOf(context, httpStatus),
    httpStatus,
    refusal: refusal && {
      code: refusal.code,
      reason: refusal.reason ?? null,
      // What somebody wrote in place of a field may be a name: only what the graph has is kept.
      coordinate:
        refusal.coordinate !== undefined && findings.coordinates.includes(refusal.coordinate)
          ? refusal.coordinate
          : null,
    },
    clientIp: clientIp !== undefined && isIP(clientIp) > 0 ? clientIp : null,
    organisation: caller?.organisation ?? null,
    clientId: caller?.clientId ?? null,
    user: passage?.user ?? null,
    purposeId: caller?.purpose.id ?? null,
    purposeVersion: caller?.purpose.version ?? null,
    requestId: context.requestId,
    coordinates: read.coordinates,
    coordinateCount: read.coordinateCount,
    subgraphs: callsOf(context.calls),
    rows: counted?.rows ?? 0,
    persons: counted?.persons ?? 0,
    withheld: counted?.withheld ?? 0,
    cellsSuppressed: 0,
    cost: { estimated: findings.estimatedCost, counted: counted?.cost ?? null },
    durationMs: Math.max(0, Math.round(exchange.durationMs)),
  };
}

const readLists = new WeakMap<readonly string[], ReturnType<typeof coordinatesRead>>();

/** Of a list that cannot change any more, as those of compiled operations are, sorted once. */
function coordinatesOf(list: readonly string[]): ReturnType<typeof coordinatesRead> {
  const known = readLists.get(list);
  if (known) return known;
  const read = coordinatesRead(list);
  if (Object.isFrozen(list)) readLists.set(list, read);
  return read;
}

function outcomeOf(context: OperationContext, httpStatus: number): OperationRecord['outcome'] {
  if (httpStatus >= 500) return 'FAILED';
  if (context.refusal || httpStatus >= 400) return 'REFUSED';
  return context.hasErrors ? 'PARTIAL' : 'ANSWERED';
}

/** Each call; of too many for a record one entry a subgraph, with the status that was not the usual one. */
function callsOf(calls: OperationContext['calls']): OperationRecord['subgraphs'] {
  if (calls.length <= mostCalls) {
    return calls.map(({ subgraph, status, ms }) => ({ subgraph, status, ms }));
  }
  const bySubgraph = new Map<string, OperationRecord['subgraphs'][number]>();
  for (const { subgraph, status, ms } of calls) {
    const before = bySubgraph.get(subgraph);
    bySubgraph.set(subgraph, {
      subgraph,
      status: before === undefined || before.status === 'OK' ? status : before.status,
      ms: (before?.ms ?? 0) + ms,
    });
  }
  return [...bySubgraph.values()];
}
