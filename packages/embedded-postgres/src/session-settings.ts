import type { PGlite } from '@electric-sql/pglite';

/**
 * Keeps each client's settings its own (`SET`, `options=-c …`) although all share one backend. What
 * `set_config()` changes inside a larger query is not seen. Call only while holding the turn.
 */
export interface SessionSettings {
  /** Makes the backend's settings those of `session`. */
  apply(session: symbol, own: ReadonlyMap<string, string>): Promise<void>;
  /** What the session in turn has set. */
  read(): Promise<ReadonlyMap<string, string>>;
}

/** `db` as it comes from PGlite: what it sets for itself stays set for every session. */
export async function createSessionSettings(db: PGlite): Promise<SessionSettings> {
  const base = await readSettings(db);
  let current: symbol | null = null;
  let isPlain = true;
  return {
    async apply(session, own) {
      if (session === current) return;
      current = null;
      if (!isPlain) await db.exec('RESET ALL');
      if (!isPlain || own.size > 0) await writeSettings(db, new Map([...base, ...own]));
      isPlain = own.size === 0;
      current = session;
    },
    async read() {
      const own = await readSettings(db);
      isPlain =
        own.size === base.size && [...own].every(([name, value]) => base.get(name) === value);
      return own;
    },
  };
}

async function readSettings(db: PGlite): Promise<Map<string, string>> {
  const { rows } = await db.query<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE source = 'session'",
  );
  return new Map(rows.map(({ name, setting }) => [name, setting]));
}

async function writeSettings(db: PGlite, settings: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, value] of settings) {
    await db.query('SELECT set_config($1, $2, false)', [name, value]);
  }
}
