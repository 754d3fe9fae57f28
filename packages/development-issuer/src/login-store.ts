import { join } from 'node:path';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { readIfThere, writePrivateFile } from './private-file.ts';

const maxEntries = 1_000;
const longestSeconds = 7 * 86_400;

const storedEntries = z.array(
  z.tuple([
    z.string(),
    z.object({ payload: z.record(z.string(), z.unknown()), expiresAtMs: z.number() }),
  ]),
);
type Entry = z.infer<typeof storedEntries>[number][1];

export interface LoginStore {
  /** What `oidc-provider` wants for one of its models. */
  adapterFor(model: string): Adapter;
  /** Resolves when all is on the disk. */
  flush(): Promise<void>;
}

/** Codes, grants and refresh tokens: in memory, and in one small file that follows within a moment. */
export async function openLoginStore(dataFolder: string): Promise<LoginStore> {
  const path = join(dataFolder, 'logins.json');
  const text = await readIfThere(path);
  const entries = new Map<string, Entry>(
    text === null ? [] : storedEntries.parse(JSON.parse(text)),
  );
  let isWaiting = false;
  let written: Promise<void> = Promise.resolve();

  const forgetOld = () => {
    for (const [key, { expiresAtMs }] of entries) {
      if (expiresAtMs <= Date.now()) entries.delete(key);
    }
    for (const key of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(key);
    }
  };
  /** One writing at a time; what changes meanwhile goes into the next. */
  const save = () => {
    if (isWaiting) return;
    isWaiting = true;
    written = written
      .catch(() => undefined)
      .then(async () => {
        isWaiting = false;
        forgetOld();
        await writePrivateFile(path, JSON.stringify([...entries]));
      });
    // A full disk costs the logins of before a restart, not the running ones; `flush` says it.
    written.catch(() => undefined);
  };
  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    return entry === undefined || entry.expiresAtMs <= Date.now() ? undefined : entry.payload;
  };
  const findWhere = (model: string, name: string, value: string): AdapterPayload | undefined => {
    const found = [...entries.entries()].find(
      ([key, { payload }]) => key.startsWith(`${model}:`) && payload[name] === value,
    );
    return found && find(found[0]);
  };

  return {
    adapterFor: (model) => ({
      async upsert(id, payload, expiresIn) {
        const expiresAtMs = Date.now() + (expiresIn ?? longestSeconds) * 1000;
        entries.delete(`${model}:${id}`);
        // A copy: the provider goes on changing its own.
        entries.set(`${model}:${id}`, { payload: structuredClone({ ...payload }), expiresAtMs });
        save();
      },
      find: async (id) => find(`${model}:${id}`),
      findByUid: async (uid) => findWhere(model, 'uid', uid),
      findByUserCode: async (code) => findWhere(model, 'userCode', code),
      async consume(id) {
        const payload = find(`${model}:${id}`);
        if (payload !== undefined) payload['consumed'] = Math.floor(Date.now() / 1000);
        save();
      },
      async destroy(id) {
        entries.delete(`${model}:${id}`);
        save();
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of entries) {
          if (payload['grantId'] === grantId) entries.delete(key);
        }
        save();
      },
    }),
    flush: () => written,
  };
}
