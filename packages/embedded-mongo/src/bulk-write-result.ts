import mongoose from 'mongoose';

/** One operation of a batch that failed; the driver's `WriteError` without the operation, which holds values. */
export interface BulkWriteFailure {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
  readonly err: { readonly index: number; readonly code: number; readonly errmsg: string };
}

/** Has the fields and the questions of the driver's `BulkWriteResult`, whose class is not exported. */
export class EmbeddedBulkWriteResult {
  readonly ok = 1;
  insertedCount = 0;
  matchedCount = 0;
  modifiedCount = 0;
  deletedCount = 0;
  upsertedCount = 0;
  readonly insertedIds: Record<number, unknown> = {};
  readonly upsertedIds: Record<number, unknown> = {};
  readonly #failures: BulkWriteFailure[] = [];

  addFailure(failure: BulkWriteFailure): void {
    this.#failures.push(failure);
  }

  isOk(): boolean {
    return true;
  }

  hasWriteErrors(): boolean {
    return this.#failures.length > 0;
  }

  getWriteErrorCount(): number {
    return this.#failures.length;
  }

  getWriteErrorAt(index: number): BulkWriteFailure | undefined {
    return this.#failures[index];
  }

  getWriteErrors(): readonly BulkWriteFailure[] {
    return this.#failures;
  }

  /** The driver's own error for a batch with failures, or null when there were none. */
  asError(): Error | null {
    const [first] = this.#failures;
    if (!first) return null;
    const fields = { message: first.errmsg, code: first.code, writeErrors: this.#failures };
    // Typed as internal to the driver, yet it is what Mongoose and its users look for.
    const BulkError = mongoose.mongo.MongoBulkWriteError as unknown as new (
      fields: object,
      result: EmbeddedBulkWriteResult,
    ) => Error;
    return new BulkError(fields, this);
  }
}
