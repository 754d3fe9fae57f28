import type { FieldUse } from '@tavolo/registry-api';
import { type Kysely, sql } from 'kysely';
import type { RegistryDatabase } from '../../store/registry-database.ts';
import { firstDay, lastDay } from './operation-days.ts';
import { type OperationStore, operationLimits } from './operation-store.ts';

/** What was asked, in PostgreSQL. */
export function createPostgresOperationStore(
  open: () => Promise<Kysely<RegistryDatabase>>,
): OperationStore {
  return {
    async record({ id, operations: reported }, now) {
      const db = await open();
      return db.transaction().execute(async (transaction) => {
        const { numAffectedRows = 0n } = await sql`
          INSERT INTO registry.operation_report VALUES (${id}, ${now.toISOString()})
          ON CONFLICT DO NOTHING`.execute(transaction);
        if (numAffectedRows === 0n) return { recorded: 0, dropped: 0 };
        // In one order over all processes, so that two reports never wait for each other.
        const sorted = reported.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
        const rows = JSON.stringify(sorted);
        await sql`
          INSERT INTO registry.operation (hash, document, name, coordinates)
          SELECT DISTINCT ON (hash) hash, document, name, coordinates
          FROM jsonb_to_recordset(${rows}::jsonb)
            AS one (hash text, document text, name text, coordinates text[])
          ORDER BY hash, name
          ON CONFLICT (hash) DO UPDATE SET name = coalesce(operation.name, excluded.name)
        `.execute(transaction);
        const { rows: kept } = await sql<{ hash: string; consumer: string; day: string }>`
          WITH one AS (
            SELECT day, consumer, hash, "purposeId" AS purpose_id, sum(count)::bigint AS count
            FROM jsonb_to_recordset(${rows}::jsonb)
              AS one (day date, consumer text, hash text, "purposeId" text, count bigint)
            WHERE day BETWEEN ${firstDay(now)}::date AND ${lastDay(now)}::date
            GROUP BY 1, 2, 3, 4
          ), known AS (
            SELECT day, consumer, count(DISTINCT hash) AS hashes FROM registry.operation_use
            WHERE (day, consumer) IN (SELECT day, consumer FROM one) GROUP BY 1, 2
          ), ranked AS (
            SELECT one.*, EXISTS (
              SELECT FROM registry.operation_use AS use WHERE use.day = one.day
                AND use.consumer = one.consumer AND use.hash = one.hash
            ) AS is_known,
            dense_rank() OVER (PARTITION BY day, consumer ORDER BY hash) AS place
            FROM one
          )
          INSERT INTO registry.operation_use AS use (day, consumer, hash, purpose_id, count)
          SELECT day, consumer, hash, purpose_id, count FROM ranked LEFT JOIN known USING (day, consumer)
          WHERE is_known OR place + coalesce(hashes, 0) <= ${operationLimits.aConsumerADay}
          ORDER BY day, consumer, hash, purpose_id
          ON CONFLICT (day, consumer, hash, purpose_id)
            DO UPDATE SET count = use.count + excluded.count
          RETURNING hash, consumer, day::text AS day`.execute(transaction);
        const keptKeys = new Set(kept.map((row) => `${row.day} ${row.consumer} ${row.hash}`));
        const recorded = reported.filter(({ day, consumer, hash }) =>
          keptKeys.has(`${day} ${consumer} ${hash}`),
        ).length;
        return { recorded, dropped: reported.length - recorded };
      });
    },
    async popular(first) {
      const { rows } = await sql<{ hash: string; document: string; count: string }>`
        SELECT hash, document, sum(count) AS count
        FROM registry.operation_use JOIN registry.operation USING (hash)
        GROUP BY hash, document ORDER BY sum(count) DESC, hash LIMIT ${first}`.execute(
        await open(),
      );
      return rows.map(({ hash, document, count }) => ({ hash, document, count: Number(count) }));
    },
    async usage(coordinates) {
      const found = new Map<string, FieldUse[]>();
      if (coordinates.length === 0) return found;
      const { rows } = await sql<{
        coordinate: string;
        consumer: string;
        count: string;
        last: string;
        names: readonly string[];
      }>`
        SELECT asked.coordinate, use.consumer, sum(use.count) AS count, max(use.day)::text AS last,
          coalesce(array_agg(DISTINCT name) FILTER (WHERE name IS NOT NULL), '{}') AS names
        FROM unnest(${[...coordinates]}::text[]) AS asked (coordinate)
        JOIN registry.operation ON coordinates @> ARRAY[asked.coordinate]
        JOIN registry.operation_use AS use USING (hash)
        GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2`.execute(await open());
      for (const { coordinate, consumer, count, last, names } of rows) {
        const uses = found.get(coordinate) ?? [];
        uses.push({
          consumer,
          count: Number(count),
          lastUsedOn: last,
          operations: [...names].sort().slice(0, 20),
        });
        found.set(coordinate, uses);
      }
      return found;
    },
    async prune(now) {
      const db = await open();
      const oldestReport = new Date(now.getTime() - operationLimits.reportDays * 86_400_000);
      await sql`DELETE FROM registry.operation_use WHERE day < ${firstDay(now)}::date`.execute(db);
      await sql`
        DELETE FROM registry.operation WHERE NOT EXISTS (
          SELECT FROM registry.operation_use AS use WHERE use.hash = operation.hash)`.execute(db);
      await sql`
        DELETE FROM registry.operation_report
        WHERE received_at < ${oldestReport.toISOString()}`.execute(db);
    },
  };
}
