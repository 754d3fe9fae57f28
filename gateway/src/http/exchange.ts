import { createOperationContext, type OperationContext } from '../operation-context.ts';
import type { AnswerForm } from './answer-form.ts';
import type { OperationDeadline } from './operation-deadlines.ts';

/** One HTTP request for an operation, from its first byte to its answer's last. */
export class Exchange {
  readonly operation: OperationContext;
  readonly deadline: OperationDeadline;
  /** When it came. */
  readonly at: Date;
  /** On the clock of `performance.now()`. */
  readonly startedAt = performance.now();
  /** How its answers are sent, refusals too. */
  readonly form: AnswerForm;

  constructor(deadline: OperationDeadline, at: Date, form: AnswerForm) {
    this.deadline = deadline;
    this.at = at;
    this.form = form;
    this.operation = createOperationContext(deadline);
  }

  get durationMs(): number {
    return performance.now() - this.startedAt;
  }
}
