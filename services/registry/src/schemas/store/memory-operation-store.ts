import type { FieldUse, RecordedOperation } from '@tavolo/registry-api';
import { firstDay, lastDay } from './operation-days.ts';
import { type OperationStore, operationLimits } from './operation-store.ts';

type Use = Pick<RecordedOperation, 'day' | 'consumer' | 'purposeId' | 'hash' | 'count'>;

/** What was asked, in memory, for tests. */
export function createMemoryOperationStore(): OperationStore {
  const operations = new Map<string, RecordedOperation>();
  const uses = new Map<string, Use>();
  const reports = new Map<string, number>();
  return {
    async record({ id, operations: reported }, now) {
      if (reports.has(id)) return { recorded: 0, dropped: 0 };
      reports.set(id, now.getTime());
      let recorded = 0;
      for (const operation of reported) {
        const { day, consumer, purposeId, hash, count } = operation;
        if (day < firstDay(now) || day > lastDay(now)) continue;
        const key = [day, consumer, hash, purposeId].join(' ');
        const before = uses.get(key);
        const hashes = new Set(
          [...uses.values()].flatMap((use) =>
            use.day === day && use.consumer === consumer ? [use.hash] : [],
          ),
        );
        if (!hashes.has(hash) && hashes.size >= operationLimits.aConsumerADay) continue;
        const known = operations.get(hash);
        operations.set(hash, { ...operation, name: known?.name ?? operation.name });
        uses.set(key, { day, consumer, purposeId, hash, count: count + (before?.count ?? 0) });
        recorded += 1;
      }
      return { recorded, dropped: reported.length - recorded };
    },
    async popular(first) {
      const counts = new Map<string, number>();
      for (const { hash, count } of uses.values()) {
        counts.set(hash, count + (counts.get(hash) ?? 0));
      }
      return [...counts]
        .map(([hash, count]) => ({ hash, count, document: operations.get(hash)?.document ?? '' }))
        .sort((a, b) => b.count - a.count || (a.hash < b.hash ? -1 : 1))
        .slice(0, first);
    },
    async usage(coordinates) {
      const found = new Map<string, FieldUse[]>();
      for (const coordinate of coordinates) {
        const byConsumer = new Map<string, FieldUse>();
        for (const { hash, consumer, count, day } of uses.values()) {
          const operation = operations.get(hash);
          if (operation?.coordinates.includes(coordinate) !== true) continue;
          const before = byConsumer.get(consumer);
          const names = operation.name === null ? [] : [operation.name];
          byConsumer.set(consumer, {
            consumer,
            count: count + (before?.count ?? 0),
            lastUsedOn: before !== undefined && before.lastUsedOn > day ? before.lastUsedOn : day,
            operations: [...new Set([...(before?.operations ?? []), ...names])].sort().slice(0, 20),
          });
        }
        const sorted = [...byConsumer.values()].sort(
          (a, b) => b.count - a.count || (a.consumer < b.consumer ? -1 : 1),
        );
        if (sorted.length > 0) found.set(coordinate, sorted);
      }
      return found;
    },
    async prune(now) {
      for (const [key, { day }] of uses) if (day < firstDay(now)) uses.delete(key);
      const used = new Set([...uses.values()].map(({ hash }) => hash));
      for (const hash of operations.keys()) if (!used.has(hash)) operations.delete(hash);
      const oldest = now.getTime() - operationLimits.reportDays * 86_400_000;
      for (const [id, at] of reports) if (at < oldest) reports.delete(id);
    },
  };
}
