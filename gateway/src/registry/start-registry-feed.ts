import { setTimeout as delay } from 'node:timers/promises';
import { openRegistryMessage, type RegistryMessage } from '@tavolo/access-model';
import { createDeadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import type { JWK } from 'jose';
import { Agent, type Dispatcher } from 'undici';
import { createKeptState } from './kept-state.ts';
import { createRegistryIndex, type RegistryIndex } from './registry-index.ts';

export interface RegistryFeedOptions {
  /** The registry's address, without a path. */
  readonly url: string;
  /** What the registry knows this gateway by. */
  readonly token: string;
  /** The key every message must be signed with. */
  readonly publicKey: JWK;
  /** Keeps the last verified message, so that a gateway can start while the registry is down. */
  readonly stateFile: string;
  /** How long the last verified state may be used once the registry is not heard. */
  readonly graceMs: number;
  /** Hears which supergraph the registry says is in force. */
  readonly onSupergraph?: (sequence: number) => void;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What the gate knows of the registry. */
export interface RegistryFeed {
  /** The state in force, or `undefined` when there is none that may still be used. */
  current(): RegistryView | undefined;
  close(): Promise<void>;
}

export interface RegistryView {
  readonly index: RegistryIndex;
  /** When the registry last said that this state holds. */
  readonly verifiedAt: Date;
  /** Whether it has not said so for longer than it usually takes. */
  readonly isStale: boolean;
}

/** Longest silence of a living registry: it speaks every two seconds. */
const silenceMs = 6_000;
const longestRetryMs = 2_000;
const maxMessageBytes = 32 * 1024 * 1024;
/** A message issued later than this from now is not believed: it would stretch the grace time. */
const clockToleranceMs = 60_000;

/**
 * Follows the registry's stream: a change is in force as soon as its message has been verified. Takes no
 * state older than the one it has, and none that the registry did not sign.
 */
export async function startRegistryFeed(options: RegistryFeedOptions): Promise<RegistryFeed> {
  const { now, logger, graceMs } = options;
  const closing = new AbortController();
  const agent = new Agent({ connections: 1, headersTimeout: 0, bodyTimeout: 0 });
  let view: { readonly index: RegistryIndex; readonly verifiedAt: Date } | undefined;
  let stateJws: string | undefined;
  const kept = createKeptState(options.stateFile, now, (error) =>
    logger.error({ err: error }, 'registry state not kept'),
  );

  async function take(jws: string): Promise<void> {
    const message = await openRegistryMessage(jws, options.publicKey);
    const issuedAt = new Date(message.issuedAt);
    if (issuedAt.getTime() > now().getTime() + clockToleranceMs) {
      throw new Error('the registry speaks from the future: compare the clocks');
    }
    if (message.kind === 'supergraph') {
      options.onSupergraph?.(message.sequence);
      return;
    }
    if (apply(message, issuedAt)) {
      stateJws = jws;
      logger.info({ registryVersion: view?.index.version }, 'registry state taken');
    }
    if (stateJws !== undefined && view?.verifiedAt.getTime() === issuedAt.getTime()) {
      kept.write(stateJws, jws);
    }
  }

  /** Whether the message brought a newer state. */
  function apply(
    message: Exclude<RegistryMessage, { kind: 'supergraph' }>,
    issuedAt: Date,
  ): boolean {
    if (view && issuedAt < view.verifiedAt) return false;
    if (message.kind === 'still') {
      if (view?.index.version === message.version)
        view = { index: view.index, verifiedAt: issuedAt };
      return false;
    }
    if (view && message.state.version < view.index.version) {
      logger.error(
        { have: view.index.version, got: message.state.version },
        'an older registry state was refused',
      );
      return false;
    }
    const isNew = view?.index.version !== message.state.version;
    view = {
      index: view && !isNew ? view.index : createRegistryIndex(message.state, view?.index),
      verifiedAt: issuedAt,
    };
    return isNew;
  }

  async function listen(): Promise<void> {
    const call = createDeadline(silenceMs, closing.signal);
    const response = await agent
      .request({
        origin: options.url,
        path: '/state/stream',
        method: 'GET',
        headers: { authorization: `Bearer ${options.token}` },
        signal: call.signal,
      })
      .finally(() => call.release());
    if (response.statusCode !== 200) {
      // Not destroyed unread: that is an error event nobody listens to, which would end the process.
      await response.body.dump();
      throw new Error(`the registry answered ${response.statusCode}`);
    }
    await readLines(response.body, take, closing.signal);
  }

  async function follow(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const before = view?.verifiedAt;
      await listen().catch((error: unknown) => {
        if (!closing.signal.aborted)
          logger.warn(
            { failures, err: error },
            'the registry is not heard; its last state goes on',
          );
      });
      if (view?.verifiedAt !== before) failures = 0;
      const waitMs = Math.min(longestRetryMs, 100 * 2 ** Math.min(failures, 10));
      await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  for (const jws of await kept.read()) {
    await take(jws).catch((error: unknown) =>
      logger.error({ err: error }, 'the kept registry state is not usable'),
    );
  }
  const following = follow();
  return {
    current() {
      if (!view) return undefined;
      const silence = now().getTime() - view.verifiedAt.getTime();
      return silence > graceMs ? undefined : { ...view, isStale: silence > silenceMs };
    },
    async close() {
      closing.abort();
      await following;
      await kept.settled();
      await agent.destroy();
    },
  };
}

/** One signed message a line; whatever a stream puts around it (`data:`, empty lines, comments) is left out. */
async function readLines(
  body: Dispatcher.ResponseData['body'],
  take: (jws: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let rest = '';
  let heard = createDeadline(silenceMs, signal);
  const silence = () => body.destroy(new Error('the registry is silent'));
  heard.signal.addEventListener('abort', silence, { once: true });
  try {
    for await (const chunk of body) {
      heard.release();
      heard = createDeadline(silenceMs, signal);
      heard.signal.addEventListener('abort', silence, { once: true });
      rest += String(chunk);
      if (rest.length > maxMessageBytes) throw new Error('a message of the registry is too large');
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const jws = line.replace(/^data:\s*/u, '').trim();
        if (/^[\w-]+\.[\w-]+\.[\w-]+$/u.test(jws)) await take(jws);
      }
    }
  } finally {
    heard.release();
  }
}
