import { createBrotliDecompress, createGunzip } from 'node:zlib';

/** Who gets the bytes of a compressed answer. */
export interface InflateListener {
  onData(chunk: Buffer): void;
  onEnd(): void;
  onError(): void;
  /** More may come again. */
  onDrain(): void;
}

/** Compressed bytes go in, bytes come out to the listener; `close` stops it at once. */
export interface Inflate {
  /** Whether more may come now; otherwise `onDrain` is called when it may. */
  write(chunk: Buffer): boolean;
  end(): void;
  close(): void;
}

/** Inflates as the bytes come: whoever listens can stop an answer that is small only on the wire. */
export function inflateAnswer(encoding: 'gzip' | 'br', listener: InflateListener): Inflate {
  const stream = encoding === 'gzip' ? createGunzip() : createBrotliDecompress();
  stream.on('data', (chunk: Buffer) => listener.onData(chunk));
  stream.on('end', () => listener.onEnd());
  stream.on('error', () => listener.onError());
  stream.on('drain', () => listener.onDrain());
  return {
    write: (chunk) => stream.write(chunk),
    end: () => stream.end(),
    close: () => stream.destroy(),
  };
}
