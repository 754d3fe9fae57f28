import { connect } from 'node:net';
import { readHl7Acknowledgement } from './hl7-acknowledgement.ts';
import { createMllpFrameReader, frameMllp } from './mllp-frames.ts';

export interface MllpSenderOptions {
  readonly host: string;
  readonly port: number;
  /** Messages sent ahead of their acknowledgement; 1, the default, is what most hospital engines do. */
  readonly window?: number;
  /** Milliseconds to wait for one acknowledgement before the connection is given up; default 30 s. */
  readonly acknowledgementTimeoutMs?: number;
}

export interface MllpSender {
  /** Resolves with the acknowledgement's bytes; rejects when the connection ends before it came. */
  send(message: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (acknowledgement: Buffer) => void;
  readonly reject: (cause: Error) => void;
}

/** Opens one MLLP connection as a sending system would; it doesn't reconnect, the caller knows what to repeat. */
export async function connectMllpSender(options: MllpSenderOptions): Promise<MllpSender> {
  const window = options.window ?? 1;
  const socket = connect({ host: options.host, port: options.port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const reader = createMllpFrameReader({ maxMessageBytes: 64 * 1024 });
  const unanswered: Waiting[] = [];
  const queued: (Waiting & { readonly message: Buffer })[] = [];
  let ended: Error | undefined;

  const sendQueued = () => {
    while (unanswered.length < window) {
      const next = queued.shift();
      if (next === undefined) return;
      unanswered.push(next);
      socket.write(frameMllp(next.message));
    }
  };
  const giveUp = (cause: Error) => {
    ended ??= cause;
    for (const { reject } of [...unanswered.splice(0), ...queued.splice(0)]) reject(ended);
    socket.destroy();
  };

  socket.setTimeout(options.acknowledgementTimeoutMs ?? 30_000, () => {
    if (unanswered.length > 0) giveUp(new Error('MLLP acknowledgement timed out'));
  });
  socket.on('error', giveUp);
  socket.on('close', () => giveUp(new Error('MLLP connection closed before the acknowledgement')));
  socket.on('data', (chunk) => {
    for (const block of reader.push(chunk)) {
      if (block.kind === 'oversized') giveUp(new Error('MLLP acknowledgement too long'));
      else unanswered.shift()?.resolve(block.bytes);
    }
    sendQueued();
  });

  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended);
          return;
        }
        queued.push({ message, resolve, reject });
        sendQueued();
      }),
    close: () =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve();
          return;
        }
        socket.once('close', () => resolve());
        socket.end();
      }),
  };
}

/**
 * Sends a file of MLLP blocks, as `window` allows, and counts the answers by their code; an acknowledgement
 * that is none counts as `''`.
 */
export async function sendMllpFile(
  file: Buffer,
  options: MllpSenderOptions,
): Promise<Map<string, number>> {
  const blocks = createMllpFrameReader({ maxMessageBytes: file.length }).push(file);
  const sender = await connectMllpSender(options);
  try {
    const answers = await Promise.all(
      blocks.map(async (block) =>
        readHl7Acknowledgement(
          await sender.send(block.kind === 'message' ? block.bytes : block.head),
        ),
      ),
    );
    const counts = new Map<string, number>();
    for (const { code } of answers) counts.set(code ?? '', (counts.get(code ?? '') ?? 0) + 1);
    return counts;
  } finally {
    await sender.close();
  }
}
