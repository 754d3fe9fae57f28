import type { IncomingHttpHeaders } from 'node:http';
import { AddressRefused } from '@tavolo/routing-address';
import type { Dispatcher } from 'undici';
import { SubgraphFailure } from '../subgraph-failure.ts';
import { acceptHead, type ContentEncoding } from './answer-head.ts';
import type { CallDeadline } from './call-deadlines.ts';
import { type Inflate, inflateAnswer } from './inflate-answer.ts';
import { parseAnswer } from './parse-answer.ts';

/** One question as it goes over the wire. */
export interface Post {
  readonly path: string;
  readonly body: string;
  /** Names and values in turn, besides those that every question has. */
  readonly headers: readonly string[];
  /** Encodings the answer may have; `identity` is one of them. */
  readonly encodings: readonly ContentEncoding[];
  /** Of the JSON itself: a compressed answer is not inflated any further than to this. */
  readonly maxAnswerBytes: number;
}

/**
 * One HTTP exchange. Follows no redirect, reads no more than allowed, accepts only JSON; whatever else comes
 * back becomes a {@link SubgraphFailure} that holds nothing of it. `released` is called once the socket is given up,
 * which can be later than the end of the call.
 */
export function postOnce(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  post: Post,
  call: CallDeadline,
  released: () => void,
): Promise<object> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(post, resolve, reject, released);
    call.onEnd((end) => exchange.fail(new SubgraphFailure(end)));
    dispatcher.dispatch(
      {
        method: 'POST',
        path: post.path,
        body: post.body,
        headers: [
          'content-type',
          'application/json',
          'accept',
          'application/graphql-response+json, application/json;q=0.9',
          'accept-encoding',
          post.encodings.join(', '),
          ...post.headers,
        ],
      },
      exchange,
    );
  });
}

/** Hears from the client what becomes of one exchange, and settles it exactly once. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #post: Post;
  readonly #resolve: (answer: object) => void;
  readonly #reject: (failure: SubgraphFailure) => void;
  readonly #released: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  #inflate: Inflate | undefined;
  #bytesOnWire = 0;
  #status = 0;
  #isSettled = false;

  constructor(
    post: Post,
    resolve: (answer: object) => void,
    reject: (failure: SubgraphFailure) => void,
    released: () => void,
  ) {
    this.#post = post;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#released = released;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A client may send again what a broken socket took with it; whether that is right, only the caller knows.
    if (this.#controller) this.fail(connectionFailed(undefined));
    this.#controller = controller;
    if (this.#isSettled) controller.abort(givenUp());
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (this.#isSettled || statusCode < 200) return;
    this.#status = statusCode;
    const { encodings, maxAnswerBytes } = this.#post;
    try {
      const encoding = acceptHead(statusCode, headers, encodings, maxAnswerBytes);
      if (encoding === 'identity') return;
      this.#inflate = inflateAnswer(encoding, {
        onData: (chunk) => this.#collect(chunk),
        onEnd: () => this.#finish(),
        onError: () => this.fail(new SubgraphFailure('INVALID_ANSWER')),
        onDrain: () => controller.resume(),
      });
    } catch (error) {
      this.#failWith(error);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return;
    const inflate = this.#inflate;
    if (!inflate) {
      this.#collect(chunk);
      return;
    }
    this.#bytesOnWire += chunk.length;
    // Compressed bytes need not become any others.
    if (this.#bytesOnWire > this.#post.maxAnswerBytes) this.fail(new SubgraphFailure('TOO_LARGE'));
    else if (!inflate.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#released();
    if (this.#inflate) this.#inflate.end();
    else this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#released();
    // All errors but the connector's own are the socket's: refused, reset, closed in the middle, name not found.
    this.fail(
      error instanceof AddressRefused
        ? new SubgraphFailure('ADDRESS_REFUSED')
        : connectionFailed(error),
    );
  }

  /** A refused answer is not read to its end: its socket goes with it. */
  fail(failure: SubgraphFailure): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#chunks = [];
    this.#inflate?.close();
    this.#reject(failure);
    this.#controller?.abort(givenUp());
  }

  #collect(chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#size += chunk.length;
    if (this.#size > this.#post.maxAnswerBytes) this.fail(new SubgraphFailure('TOO_LARGE'));
    else this.#chunks.push(chunk);
  }

  #finish(): void {
    if (this.#isSettled) return;
    try {
      const answer = parseAnswer(this.#takeBytes());
      // GraphQL over HTTP gives errors 4xx and 5xx statuses; anything else under them is not an answer.
      if (this.#status >= 400 && !('errors' in answer)) throw new SubgraphFailure('BAD_STATUS');
      this.#isSettled = true;
      this.#resolve(answer);
    } catch (error) {
      this.#failWith(error);
    }
  }

  #failWith(error: unknown): void {
    this.fail(error instanceof SubgraphFailure ? error : new SubgraphFailure('INVALID_ANSWER'));
  }

  /** Most answers come in one piece, which is read where it is. */
  #takeBytes(): Buffer {
    const [only] = this.#chunks;
    const bytes =
      only !== undefined && this.#chunks.length === 1
        ? only
        : Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [];
    return bytes;
  }
}

function givenUp(): Error {
  return new Error('the exchange is given up');
}

function connectionFailed(cause: unknown): SubgraphFailure {
  return new SubgraphFailure('CONNECTION_FAILED', { retriable: true, cause });
}
