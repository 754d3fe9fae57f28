import type { Logger } from '@tavolo/process-kit';
import type { Exchange } from './exchange.ts';

/** One line an operation. Never the query, its variables or its answer: only what cannot speak of a person. */
export function logOperation(logger: Logger, exchange: Exchange, httpStatus: number): void {
  if (!logger.isLevelEnabled('info')) return;
  const { requestId, findings, passage, refusal, calls, counted, hasErrors } = exchange.operation;
  const caller = passage?.caller;
  logger.info(
    {
      requestId,
      operation: findings.isTrusted ? findings.operationName : null,
      documentHash: findings.document?.hash.slice(0, 16),
      organisation: caller?.organisation,
      purposeId: caller?.purpose.id,
      ms: Math.round(exchange.durationMs),
      status: refusal || httpStatus >= 400 ? 'refused' : hasErrors ? 'partial' : 'answered',
      code: refusal?.code,
      httpStatus,
      cost: counted?.cost,
      calls,
    },
    'operation',
  );
}
