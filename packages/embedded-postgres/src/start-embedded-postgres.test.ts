import { once } from 'node:events';
import { connect } from 'node:net';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts';

describe('embedded postgres', () => {
  let postgres: EmbeddedPostgres;
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({
      host: '127.0.0.1',
      port: 0,
      idleInTransactionMs: 150,
    });
  });
  afterAll(() => postgres.close());

  async function open(options = ''): Promise<Client> {
    const client = new Client({ connectionString: postgres.url, options });
    await client.connect();
    return client;
  }

  it('answers every one of many clients its own question', async () => {
    const pools = [1, 2].map(() => new Pool({ connectionString: postgres.url, max: 4 }));
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const text = index % 2 === 0 ? 'SELECT $1::int AS a' : "SELECT 'b' AS b, $1::int AS a";
        const { rows } = (await pools[index % 2]?.query<{ a: number }>(text, [index])) ?? {};
        return rows?.[0]?.a;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 200 }, (_, index) => index));
    await Promise.all(pools.map((pool) => pool.end()));
  });

  it('keeps the transactions of two pools from interleaving', async () => {
    const pools = [1, 2].map(() => new Pool({ connectionString: postgres.url, max: 3 }));
    const client = await open();
    await client.query('CREATE TABLE counter AS SELECT 0 AS value');
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const one = await pools[index % 2]?.connect();
        await one?.query('BEGIN');
        const { rows } = (await one?.query<{ value: number }>('SELECT value FROM counter')) ?? {};
        await one?.query('UPDATE counter SET value = $1', [(rows?.[0]?.value ?? 0) + 1]);
        await one?.query('COMMIT');
        one?.release();
      }),
    );
    expect((await client.query('SELECT value FROM counter')).rows).toEqual([{ value: 60 }]);
    await client.end();
    await Promise.all(pools.map((pool) => pool.end()));
  });

  it('keeps settings with the client that made them, by options, SET and RESET', async () => {
    const reader = await open('-c default_transaction_read_only=on -c statement_timeout=5s');
    const writer = await open();
    await writer.query('CREATE TABLE written (x int)');
    await expect(reader.query('INSERT INTO written VALUES (1)')).rejects.toMatchObject({
      code: '25006',
    });
    await writer.query("SET timezone = 'Europe/Rome'");
    await writer.query('INSERT INTO written VALUES (1)');
    const show = async (client: Client, name: string) =>
      (await client.query<Record<string, string>>(`SHOW ${name}`)).rows[0];
    expect(await show(reader, 'timezone')).not.toEqual({ TimeZone: 'Europe/Rome' });
    expect(await show(writer, 'timezone')).toEqual({ TimeZone: 'Europe/Rome' });
    expect(await show(reader, 'statement_timeout')).toEqual({ statement_timeout: '5s' });
    expect(await show(writer, 'statement_timeout')).toEqual({ statement_timeout: '0' });
    await reader.query('SET default_transaction_read_only = off');
    await reader.query('INSERT INTO written VALUES (2)');
    await Promise.all([reader.end(), writer.end()]);
    const next = await open();
    expect(await show(next, 'default_transaction_read_only')).toEqual({
      default_transaction_read_only: 'off',
    });
    await next.end();
  });

  it('refuses a connection whose options are no settings, and says so', async () => {
    await expect(open('-c no_such_setting=1')).rejects.toMatchObject({ code: '22023' });
  });

  it('goes on after an error in a statement', async () => {
    const client = await open();
    await expect(client.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    await expect(client.query('SELEC')).rejects.toMatchObject({ code: '42601' });
    expect((await client.query('SELECT $1::int AS x', [7])).rows).toEqual([{ x: 7 }]);
    await client.end();
  });

  it('undoes the transaction of a client that vanishes and lets the others go on', async () => {
    const lost = await open();
    const other = await open();
    lost.on('error', () => undefined);
    await other.query('CREATE TABLE kept (x int)');
    await lost.query('BEGIN');
    await lost.query('INSERT INTO kept VALUES (1)');
    const waiting = other.query('SELECT count(*)::int AS n FROM kept');
    // The connection under the client, cut as a kill would cut it.
    (
      lost as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
    await other.end();
  });

  it('ends a client that keeps everybody waiting in a transaction', async () => {
    const idle = await open();
    const other = await open();
    const ended = once(idle, 'error');
    // A second one follows when the connection itself is gone.
    idle.on('error', () => undefined);
    await idle.query('BEGIN');
    expect((await other.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }]);
    expect(await ended).toMatchObject([{ code: '25P03' }]);
    await other.end();
  });

  it('drops who does not speak the protocol and keeps serving', async () => {
    const stranger = connect(postgres.port, '127.0.0.1');
    stranger.write('GET / HTTP/1.1\r\n\r\n');
    stranger.resume();
    await once(stranger, 'close');
    const client = await open();
    expect((await client.query('SELECT 1 AS x')).rows).toEqual([{ x: 1 }]);
    await client.end();
  });
});
