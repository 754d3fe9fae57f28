import { randomUUID } from 'node:crypto';
import type { Deadline } from '@tavolo/deadline';
import type { GraphQLError } from 'graphql';
import type { Admission, Findings, Passage } from './gate/gate.ts';
import type { AnswerCount } from './operation/count-answer.ts';
import { SourceReport, type SourceStatusName } from './sources.ts';
import { endOfSignal, type OperationEnd } from './transport/operation-end.ts';

/** One call to a subgraph, as the log tells it. */
interface SubgraphCall {
  readonly subgraph: string;
  readonly ms: number;
  readonly status: SourceStatusName;
  /** No call: so many entities of it had been kept. */
  readonly cached?: number;
}

/** Why an operation was not run, as log and evidence tell it. */
export interface RefusedBecause {
  readonly code: string;
  readonly reason?: string;
  readonly coordinate?: string;
}

/** What one operation carries from the HTTP request to every subgraph call, and brings back. */
export interface OperationContext {
  readonly requestId: string;
  /** Planned ahead of its askers: no subgraph is asked. */
  readonly isRehearsal: true | undefined;
  /** Aborts when the client leaves, the operation's time is over, or the gateway stops waiting. */
  readonly signal: AbortSignal;
  /** The same for its calls, without the cost of a signal. */
  readonly end: OperationEnd;
  /** Milliseconds left before the operation's deadline; never negative. */
  remainingMs(): number;
  readonly sources: SourceReport;
  readonly calls: SubgraphCall[];
  /** Errors of subgraphs, already safe to show, with the path they have in the client's answer. */
  readonly errors: GraphQLError[];
  readonly findings: Findings;
  /** `null` until the gate let the caller in. */
  passage: Passage | null;
  /** `null` until the gate let the operation pass. */
  admission: Admission | null;
  refusal: RefusedBecause | null;
  counted: AnswerCount | null;
  hasErrors: boolean;
  /** One of so many strangers that they are counted together: no record of its own. */
  isCountedOnly: boolean;
}

/** An operation of which nothing is known yet but its time. */
export function createOperationContext(time: OperationTime): OperationContext {
  return new Operation(time, undefined);
}

/** An operation that is planned ahead of its askers: no subgraph is asked. */
export function createRehearsal(): OperationContext {
  return new Operation({ signal: new AbortController().signal, remainingMs: () => 0 }, true);
}

type OperationTime = Pick<Deadline, 'signal' | 'remainingMs'> | (Deadline & OperationEnd);

class Operation implements OperationContext {
  readonly requestId = randomUUID();
  readonly isRehearsal: true | undefined;
  readonly sources = new SourceReport();
  readonly calls: SubgraphCall[] = [];
  readonly errors: GraphQLError[] = [];
  readonly findings: Findings = {
    document: null,
    operationName: null,
    isTrusted: false,
    coordinates: [],
    estimatedCost: null,
  };
  passage: Passage | null = null;
  admission: Admission | null = null;
  refusal: RefusedBecause | null = null;
  counted: AnswerCount | null = null;
  hasErrors = false;
  isCountedOnly = false;
  readonly #time: OperationTime;

  constructor(time: OperationTime, isRehearsal: true | undefined) {
    this.#time = time;
    this.isRehearsal = isRehearsal;
  }

  get signal(): AbortSignal {
    return this.#time.signal;
  }

  get end(): OperationEnd {
    return 'follow' in this.#time ? this.#time : endOfSignal(this.#time.signal);
  }

  remainingMs(): number {
    return this.#time.remainingMs();
  }
}
