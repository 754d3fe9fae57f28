import type { HeaderValue } from '@tavolo/access-token';
import type { Evidence } from '../evidence/evidence.ts';
import type { AnswerContents } from '../executor/executor.ts';
import type { AnswerCount } from '../operation/count-answer.ts';
import type { ReadDocument } from '../operation/read-documents.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import type { IdentifiedCaller } from './identify-caller.ts';
import type { Refusal } from './refusal.ts';

/** The head of an HTTP request: all that is known before its body is read. */
export interface RequestHead {
  readonly authorization: HeaderValue;
  readonly dpop: HeaderValue;
  readonly method: string;
  /** As the client wrote it, without the query string: what a DPoP proof is about. */
  readonly url: string;
  readonly requestId: string;
}

/** What an operation asks, as the client sent it. */
export interface Question {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Who may ask, from the head of the request to its answer. */
export interface Passage {
  readonly caller: IdentifiedCaller | null;
  /** A pseudonym of the person or program, stable for one hub. */
  readonly user: string | null;
  /** When the registry last confirmed the state this went by; `null` without a registry. */
  readonly registry: { readonly verifiedAt: Date; readonly isStale: boolean } | null;
  /** Why an institution's subgraph may not be asked now, or `undefined`. */
  suspended(subgraph: string): string | undefined;
  /**
   * Equal where a subgraph hears the same of the caller, but for who the person is and which question it is: everything
   * that its decision on what is `PUBLIC` may depend on; `undefined` where nobody signs.
   */
  cacheScope(subgraph: string): string | undefined;
  /** The signed context of one call to a subgraph; `undefined` where nobody signs. */
  contextFor(subgraph: string, body: string): string | undefined;
}

/** An operation that may be run. */
export interface Admission {
  /** The text to run: of the trusted document when the client named one. */
  readonly query: string;
  readonly document: ReadDocument | null;
  readonly operationName: string | null;
  readonly isTrusted: boolean;
  readonly coordinates: readonly string[];
  readonly estimatedCost: number | null;
  /** The answer itself, when the operation asks for the schema only. */
  readonly schemaAnswer: object | undefined;
  readonly headers: Readonly<Record<string, string>>;
  count(answer: AnswerContents): AnswerCount | null;
  /** Counts what it really cost in place of what was expected. */
  settle(actualCost: number): Promise<void> | undefined;
}

/** What was found of a question, also of a refused one: for the log and the evidence. */
export interface Findings {
  document: ReadDocument | null;
  operationName: string | null;
  isTrusted: boolean;
  coordinates: readonly string[];
  estimatedCost: number | null;
}

/** What the health page says of the gate. */
export interface GateHealth {
  readonly isOpen: boolean;
  /** The state of the registry it goes by; `null` when there is none that may be used. */
  readonly registry: { readonly asOf: string; readonly stale: boolean } | null;
  readonly evidence: 'kept' | 'failing' | 'none';
}

/**
 * The one door of the graph, in one order: authenticate, purpose, limits, authorise; only then is an
 * operation planned. There is one implementation for production, and it has no switch.
 */
export interface Gate {
  /** False only of stand-ins, which may serve graphs that ask for no protection and no others. */
  readonly enforces: boolean;
  /** Where every operation is written down; stand-ins have none. */
  readonly evidence: Evidence | undefined;
  /** How the gate itself is; `isOpen` = it can let somebody pass. */
  health(): GateHealth;
  /** Works out what a supergraph version needs before its first question, beside those being answered. */
  prepare(supergraph: Supergraph): Promise<void>;
  /** The texts of the trusted documents that this version holds. */
  documents(supergraph: Supergraph): readonly string[];
  /** The subgraphs that the registry knows as a partner's own. */
  subgraphsOf(partner: string): readonly string[];
  /** The first two steps, on the head alone. */
  identify(head: RequestHead): Promise<Passage | Refusal>;
  /** The other two; `findings` is filled as far as it comes. */
  admit(
    passage: Passage,
    question: Question,
    supergraph: Supergraph,
    findings: Findings,
  ): Promise<Admission | Refusal>;
  close(): Promise<void>;
}
