import { createDeadline } from '@tavolo/deadline';
import { type OperationReport, popularOperations } from '@tavolo/registry-api';

/** The registry's side of recorded operations. */
export interface RegistryOperations {
  /** Resolves once it counts; `false` when the registry will never take it. */
  report(report: OperationReport): Promise<boolean>;
  /** Hashes of the operations asked most, most asked first. */
  popular(first: number): Promise<readonly string[]>;
}

/** Neither a start nor a stop waits longer for what it can do without. */
const reportMs = 5_000;
const popularMs = 2_000;
/** What is wrong with the report itself; anything else may be well the next time. */
const final = new Set([400, 409, 413, 415, 422]);

export function createRegistryOperations(registry: {
  readonly url: string;
  readonly token: string;
}): RegistryOperations {
  async function ask<Result>(
    path: string,
    timeMs: number,
    /** Sent by POST, as JSON; without one it is a question. */
    body: string | undefined,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const call = createDeadline(timeMs);
    try {
      const response = await fetch(new URL(path, registry.url), {
        ...(body === undefined ? {} : { method: 'POST', body }),
        headers: {
          authorization: `Bearer ${registry.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        redirect: 'error',
        signal: call.signal,
      });
      try {
        return await read(response);
      } finally {
        if (response.body && !response.bodyUsed) await response.body.cancel();
      }
    } finally {
      call.release();
    }
  }

  return {
    report: (report) =>
      ask('/operations', reportMs, JSON.stringify(report), async ({ ok, status }) => {
        if (!ok && !final.has(status)) throw new Error(`the registry answered ${status}`);
        return ok;
      }),
    popular: (first) =>
      ask(`/operations?first=${first}`, popularMs, undefined, async (response) => {
        if (!response.ok) throw new Error(`the registry answered ${response.status}`);
        const { operations } = popularOperations.parse(await response.json());
        return operations.slice(0, first).map(({ hash }) => hash);
      }),
  };
}
