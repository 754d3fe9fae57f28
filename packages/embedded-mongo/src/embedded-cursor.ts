import { Readable } from 'node:stream';
import mongoose from 'mongoose';
import type { MongoDocument } from './bson-document.ts';
import { refuseOtherMethods } from './refuse-unsupported.ts';

/** A lazily started list of documents with the methods of the driver's cursors. */
export class EmbeddedCursor implements AsyncIterable<unknown> {
  readonly #start: () => Iterator<unknown>;
  #iterator: Iterator<unknown> | undefined;
  #peeked: IteratorResult<unknown> | undefined;
  #transform: (document: unknown) => unknown = (document) => document;
  closed = false;

  constructor(
    start: () => Iterator<unknown>,
    driverClasses: readonly { prototype: object; name: string }[] = [],
  ) {
    this.#start = start;
    for (const driverClass of driverClasses) refuseOtherMethods(this, driverClass);
  }

  async next(): Promise<unknown> {
    const result = this.#peeked ?? this.#advance();
    this.#peeked = undefined;
    return result.done === true ? null : this.#transform(result.value);
  }

  async tryNext(): Promise<unknown> {
    return this.next();
  }

  async hasNext(): Promise<boolean> {
    this.#peeked ??= this.#advance();
    return this.#peeked.done !== true;
  }

  async toArray(): Promise<unknown[]> {
    const rows: unknown[] = [];
    for await (const row of this) rows.push(row);
    return rows;
  }

  async forEach(use: (document: unknown) => boolean | undefined): Promise<void> {
    for await (const row of this) if (use(row) === false) return;
  }

  map(transform: (document: unknown) => unknown): this {
    const inner = this.#transform;
    this.#transform = (document) => transform(inner(document));
    return this;
  }

  stream(): Readable {
    return Readable.from(this);
  }

  rewind(): void {
    this.#iterator = undefined;
    this.#peeked = undefined;
    this.closed = false;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.#iterator?.return?.();
  }

  /** Reading is local and in small batches already: the size asked for changes nothing. */
  batchSize(): this {
    return this;
  }

  /** There is one copy of the data and nobody to wait for. */
  addCursorFlag(): this {
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator {
    try {
      while (await this.hasNext()) yield await this.next();
    } finally {
      await this.close();
    }
  }

  #advance(): IteratorResult<unknown> {
    if (this.closed) return { done: true, value: undefined };
    this.#iterator ??= this.#start();
    return this.#iterator.next();
  }
}

/** What a find may still be told after it was made and before it is read. */
export interface FindShape {
  sort?: unknown;
  skip?: number;
  limit?: number;
  projection?: MongoDocument;
}

export class EmbeddedFindCursor extends EmbeddedCursor {
  readonly #shape: FindShape;

  constructor(shape: FindShape, start: (shape: FindShape) => Iterator<unknown>) {
    super(() => start(shape));
    this.#shape = shape;
    refuseOtherMethods(this, mongoose.mongo.FindCursor);
    refuseOtherMethods(this, mongoose.mongo.AbstractCursor);
  }

  sort(sort: unknown, direction?: unknown): this {
    this.#shape.sort =
      typeof sort === 'string' && direction !== undefined ? [[sort, direction]] : sort;
    return this;
  }

  skip(skip: number): this {
    this.#shape.skip = skip;
    return this;
  }

  limit(limit: number): this {
    this.#shape.limit = limit;
    return this;
  }

  project(projection: MongoDocument): this {
    this.#shape.projection = projection;
    return this;
  }

  /** An index hint may not change the answer, so it may be ignored. */
  hint(): this {
    return this;
  }
}
