import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/**
 * Loads `schema.sql` and `data.sql` of a folder as the institution's administrator would: what was there is
 * dropped, all in one transaction, so that readers see the old database or the new one.
 */
export async function loadSocialServices(databaseUrl: string, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Said aloud, because the embedded database has one session, which a reader may have set to read only.
    await client.query('begin transaction read write');
    for (const file of ['schema.sql', 'data.sql']) {
      for await (const statement of readStatements(join(folder, file)))
        await client.query(statement);
    }
    await client.query('analyze');
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** A statement of the dump ends where a line ends with `;`; no value spans lines. */
async function* readStatements(path: string): AsyncIterable<string> {
  const input = createReadStream(path, 'utf8');
  let lines: string[] = [];
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    lines.push(line);
    if (!line.endsWith(';')) continue;
    yield lines.join('\n');
    lines = [];
  }
  if (lines.some((line) => line.trim() !== '')) throw new Error('the dump ends inside a statement');
}
