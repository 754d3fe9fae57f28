import type { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { createAnswerReader } from './answer-reader.ts';
import type { SessionSettings } from './session-settings.ts';
import type { Turns } from './turns.ts';
import {
  fatal,
  greeting,
  ProtocolError,
  readOptions,
  takeMessage,
  takeOpening,
} from './wire-messages.ts';

export interface SessionOptions {
  readonly db: PGlite;
  readonly turns: Turns;
  readonly settings: SessionSettings;
  readonly serverVersion: string;
  /** A client that keeps the others waiting this long inside a transaction is ended. */
  readonly idleInTransactionMs: number;
}

/** After these the backend answers and the client waits: query, sync, flush, function call, end of copy. */
const ENDS_A_REQUEST: ReadonlySet<string> = new Set(['Q', 'S', 'H', 'F', 'c', 'f']);

/**
 * Serves one client. PGlite has one backend, so a client holds it from the first message of a request until
 * the backend is idle again: to the end of the request, or of its transaction. Nobody sees half of either.
 */
export function serveSession(
  socket: Socket,
  options: SessionOptions,
): { end(): void; closed: Promise<void> } {
  const { db, turns, settings } = options;
  const answer = createAnswerReader();
  let buffer: Buffer = Buffer.alloc(0);
  let phase: 'greeting' | 'opening' | 'open' = 'greeting';
  let request: Buffer[] = [];
  let endTurn: (() => void) | null = null;
  let idleTimer: NodeJS.Timeout | undefined;
  let own: ReadonlyMap<string, string> = new Map();
  let work = Promise.resolve();
  const id = Symbol('session');

  async function open(parameters: ReadonlyMap<string, string>): Promise<void> {
    own = readOptions(parameters.get('options') ?? '');
    const end = await turns.take();
    try {
      await settings.apply(id, own);
    } catch {
      socket.end(fatal('22023', 'invalid value in the "options" of the connection'));
      return;
    } finally {
      end();
    }
    phase = 'open';
    socket.write(greeting(options.serverVersion));
  }

  async function run(messages: readonly Buffer[]): Promise<void> {
    if (socket.destroyed) return;
    if (endTurn === null) {
      endTurn = await turns.take();
      answer.reset();
      await settings.apply(id, own);
    }
    for (const message of messages) {
      await db.execProtocolRawStream(message, {
        onRawData: (data) => {
          answer.read(data);
          // The bytes belong to the backend's memory and are gone at its next call.
          if (!socket.destroyed) socket.write(Buffer.from(data));
        },
      });
    }
    if (answer.status === 'I') await giveBack();
    else idleTimer = setTimeout(endIdle, options.idleInTransactionMs);
  }

  async function giveBack(): Promise<void> {
    if (answer.hasChangedSettings) own = await settings.read();
    endTurn?.();
    endTurn = null;
  }

  function endIdle(): void {
    socket.end(fatal('25P03', 'ended: other sessions were waiting for this transaction'));
  }

  async function leave(): Promise<void> {
    clearTimeout(idleTimer);
    if (endTurn === null) return;
    // `Sync` leaves a request that was cut off in the middle; `ROLLBACK` its transaction.
    await db.execProtocolRawStream(Buffer.from([0x53, 0, 0, 0, 4]), { onRawData: () => undefined });
    await db.exec('ROLLBACK');
    endTurn();
    endTurn = null;
  }

  function take(): void {
    for (;;) {
      if (phase === 'opening') return;
      if (phase === 'greeting') {
        const taken = takeOpening(buffer);
        if (taken === null) return;
        buffer = taken.rest;
        if (taken.opening.kind === 'encryption') socket.write('N');
        else if (taken.opening.kind === 'startup') {
          const { parameters } = taken.opening;
          phase = 'opening';
          schedule(() => open(parameters).then(take));
          return;
        } else {
          socket.destroy();
          return;
        }
        continue;
      }
      const taken = takeMessage(buffer);
      if (taken === null) return;
      buffer = taken.rest;
      if (taken.type === 'X') {
        socket.end();
        return;
      }
      request.push(taken.message);
      if (ENDS_A_REQUEST.has(taken.type)) {
        const whole = request;
        request = [];
        clearTimeout(idleTimer);
        schedule(() => run(whole));
      }
    }
  }

  function schedule(step: () => Promise<void>): void {
    work = work.then(step).catch(fail);
  }

  function fail(cause: unknown): void {
    const state = cause instanceof ProtocolError ? '08P01' : 'XX000';
    if (!socket.destroyed) socket.end(fatal(state, 'the embedded database ended this session'));
  }

  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    try {
      take();
    } catch (cause) {
      fail(cause);
    }
  });
  // A client that vanishes is ordinary; `close` follows.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      schedule(leave);
      void work.then(resolve);
    });
  });
  return { end: () => socket.destroy(), closed };
}
