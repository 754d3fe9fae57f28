import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Dispatcher } from 'undici';

/** Told what happens on one stream, for what it says of the whole connection. */
export interface StreamWatch {
  onOpen(): void;
  onHeard(): void;
  onAbort(): void;
  onClose(): void;
}

/** Runs one exchange on a stream of its own, and tells the handler of it as undici would. */
export function startHttp2Exchange(
  session: ClientHttp2Session,
  options: Dispatcher.DispatchOptions,
  handler: Dispatcher.DispatchHandler,
  watch: StreamWatch,
): void {
  const controller = new Http2Controller();
  handler.onRequestStart?.(controller, {});
  if (controller.reason) {
    handler.onResponseError?.(controller, controller.reason);
    return;
  }
  let stream: ClientHttp2Stream;
  try {
    stream = session.request(headersOf(options), { endStream: false });
  } catch (error) {
    // Closed since it was chosen.
    handler.onResponseError?.(controller, asError(error));
    return;
  }
  watch.onOpen();
  let isAnswered = false;
  let isWhole = false;
  let problem: Error | undefined;
  let isOver = false;

  function fail(error: Error): void {
    if (isOver) return;
    isOver = true;
    handler.onResponseError?.(controller, error);
  }

  controller.run(stream, (reason) => {
    watch.onAbort();
    stream.close(constants.NGHTTP2_CANCEL);
    fail(reason);
  });
  stream.on('response', (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
    watch.onHeard();
    isAnswered = true;
    if (!isOver) handler.onResponseStart?.(controller, headers[':status'] ?? 0, headers);
  });
  stream.on('data', (chunk: Buffer) => {
    watch.onHeard();
    if (!isOver) handler.onResponseData?.(controller, chunk);
  });
  stream.on('end', () => {
    isWhole = true;
  });
  stream.on('error', (error: Error) => {
    problem = error;
  });
  stream.on('close', () => {
    watch.onClose();
    // A stream that the other side resets can end like one that was sent to its end.
    if (isAnswered && isWhole && !problem && stream.rstCode === constants.NGHTTP2_NO_ERROR) {
      if (isOver) return;
      isOver = true;
      handler.onResponseEnd?.(controller, {});
    } else {
      fail(problem ?? new Error('the stream was closed before its end'));
    }
  });
  stream.end(options.body);
}

class Http2Controller implements Dispatcher.DispatchController {
  #reason: Error | null = null;
  #stream: ClientHttp2Stream | undefined;
  #stop: ((reason: Error) => void) | undefined;

  get aborted(): boolean {
    return this.#reason !== null;
  }
  get reason(): Error | null {
    return this.#reason;
  }
  get paused(): boolean {
    return this.#stream?.isPaused() ?? false;
  }

  run(stream: ClientHttp2Stream, stop: (reason: Error) => void): void {
    this.#stream = stream;
    this.#stop = stop;
  }

  abort(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#stop?.(reason);
  }
  pause(): void {
    this.#stream?.pause();
  }
  resume(): void {
    this.#stream?.resume();
  }
}

/** Names and values in turn become what HTTP/2 sends. */
function headersOf({ method, path, headers }: Dispatcher.DispatchOptions): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = { ':method': method, ':path': path };
  const list: readonly unknown[] = Array.isArray(headers) ? headers : [];
  for (let at = 0; at + 1 < list.length; at += 2) sent[String(list[at])] = String(list[at + 1]);
  return sent;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
