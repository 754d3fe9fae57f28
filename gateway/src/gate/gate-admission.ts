import type { AnswerContents } from '../executor/executor.ts';
import type { Reservation } from '../limits/rate-limits.ts';
import type { AnswerCount } from '../operation/count-answer.ts';
import type { ReadDocument } from '../operation/read-documents.ts';
import type { Admission, Findings } from './gate.ts';
import type { SchemaAnswer } from './schema-answers.ts';

/** What an admission is made of. */
interface Admitted {
  readonly query: string;
  readonly document: ReadDocument;
  readonly findings: Findings;
  readonly estimatedCost: number;
  readonly schemaAnswer: SchemaAnswer | undefined;
  readonly reservation: Reservation;
  readonly count: (answer: AnswerContents) => AnswerCount;
}

/** An operation that was let pass, with what was reserved for it. */
export class GateAdmission implements Admission {
  readonly query: string;
  readonly document: ReadDocument;
  readonly operationName: string | null;
  readonly isTrusted: boolean;
  readonly coordinates: readonly string[];
  readonly estimatedCost: number;
  readonly schemaAnswer: object | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly #reservation: Reservation;
  readonly #count: (answer: AnswerContents) => AnswerCount;
  readonly #isNewSchemaAnswer: boolean;

  constructor(admitted: Admitted) {
    const { findings, reservation, schemaAnswer } = admitted;
    this.query = admitted.query;
    this.document = admitted.document;
    this.operationName = findings.operationName;
    this.isTrusted = findings.isTrusted;
    this.coordinates = findings.coordinates;
    this.estimatedCost = admitted.estimatedCost;
    this.schemaAnswer = schemaAnswer?.answer;
    this.headers = reservation.headers;
    this.#reservation = reservation;
    this.#count = admitted.count;
    this.#isNewSchemaAnswer = schemaAnswer?.isNew === true;
  }

  count(answer: AnswerContents): AnswerCount {
    return this.#count(answer);
  }

  /** Nobody counts an answer about the schema: worked out anew it costs what was expected. */
  settle(actualCost: number): Promise<void> | undefined {
    return this.#reservation.settle(this.#isNewSchemaAnswer ? this.estimatedCost : actualCost);
  }
}
