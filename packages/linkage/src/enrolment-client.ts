import { createDeadline } from '@tavolo/deadline';
import { Agent, request } from 'undici';
import type { z } from 'zod';
import {
  type EnrolmentFigures,
  type EnrolmentReceipt,
  type EnrolmentSubject,
  enrolmentFigures,
  enrolmentReceipt,
  type LinkageKeyMark,
  type ManifestPage,
  manifestPage,
} from './enrolment-wire.ts';

/** The index said no, or something that is not the index answered; carries no part of the answer. */
export class EnrolmentRefusedError extends Error {
  override readonly name = 'EnrolmentRefusedError';
  readonly status: number;

  constructor(status: number, reason: string) {
    super(`The person index answered ${status}: ${reason}`);
    this.status = status;
  }
}

export interface EnrolmentClient {
  figures(): Promise<EnrolmentFigures>;
  manifest(subject: EnrolmentSubject, after: string | null): Promise<ManifestPage>;
  /** `records` are texts of JSON, written once by whoever measured them. */
  put(subject: EnrolmentSubject, records: readonly string[]): Promise<EnrolmentReceipt>;
  remove(subject: EnrolmentSubject, sectorKeys: readonly string[]): Promise<EnrolmentReceipt>;
  close(): Promise<void>;
}

export interface EnrolmentClientOptions {
  readonly indexUrl: string;
  readonly token: string;
  /** Goes with every batch, so that a key mistyped at one institution is refused and not believed. */
  readonly keyMark: LinkageKeyMark;
  /** For the whole of one call. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const LONGEST_ANSWER_BYTES = 2_097_152;

/** Speaks the enrolment API of the person index; follows no redirect, so the token stays where it was sent. */
export function createEnrolmentClient(options: EnrolmentClientOptions): EnrolmentClient {
  const base = enrolmentBase(options.indexUrl);
  const agent = new Agent({ connections: 2, connect: { timeout: options.timeoutMs } });

  async function call<S extends z.ZodType>(
    answer: S,
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    body: string | null,
  ): Promise<z.infer<S>> {
    const deadline = createDeadline(options.timeoutMs, options.signal);
    try {
      const response = await request(new URL(path, base), {
        dispatcher: agent,
        method,
        headers: {
          authorization: `Bearer ${options.token}`,
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        body,
        signal: deadline.signal,
      });
      if (response.statusCode !== 200) {
        await response.body.dump();
        throw new EnrolmentRefusedError(response.statusCode, 'refused');
      }
      const parsed = answer.safeParse(parseJson(await readBounded(response.body)));
      if (!parsed.success)
        throw new EnrolmentRefusedError(200, 'not an answer of the enrolment API');
      return parsed.data;
    } finally {
      deadline.release();
    }
  }

  return {
    figures: () => call(enrolmentFigures, 'GET', 'figures', null),
    manifest: (subject, after) =>
      call(manifestPage, 'GET', after === null ? subject : `${subject}?after=${after}`, null),
    put: (subject, records) =>
      call(
        enrolmentReceipt,
        'PUT',
        subject,
        `{"key":${JSON.stringify(options.keyMark)},"records":[${records.join(',')}]}`,
      ),
    remove: (subject, sectorKeys) =>
      call(enrolmentReceipt, 'DELETE', subject, JSON.stringify({ sectorKeys })),
    close: () => agent.destroy(),
  };
}

function enrolmentBase(indexUrl: string): URL {
  const url = new URL(indexUrl);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new Error('The person index must be reached over https, or over http on this machine');
  }
  return new URL('/enrolment/', url);
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LONGEST_ANSWER_BYTES) throw new EnrolmentRefusedError(200, 'answer too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
