import { randomUUID } from 'node:crypto';
import type { RecordedOperation } from '@tavolo/registry-api';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RegistryStore } from '../../store/registry-store.ts';
import { type OperationStore, operationLimits } from './operation-store.ts';

const now = new Date('2026-11-22T10:00:00Z');
const hashOf = (at: number) => at.toString(16).padStart(64, '0');
const operation = (more: Partial<RecordedOperation> = {}): RecordedOperation => ({
  hash: hashOf(1),
  document: '{beds{free}}',
  name: null,
  coordinates: ['Query.beds', 'Bed.free'],
  consumer: 'asker',
  purposeId: 'free-beds',
  day: '2026-11-22',
  count: 1,
  ...more,
});

/** The promises every adapter keeps of what was asked. */
export function describeOperationStore(
  name: string,
  test: () => { readonly store: RegistryStore; readonly other: RegistryStore },
): void {
  describe(`operation store (${name})`, () => {
    let store: OperationStore;
    let other: OperationStore;
    beforeEach(() => {
      store = test().store.operations;
      other = test().other.operations;
    });
    const record = (...operations: RecordedOperation[]) =>
      store.record({ id: randomUUID(), operations }, now);

    it('counts the same report once, whoever takes it', async () => {
      const report = { id: randomUUID(), operations: [operation({ count: 3 })] };
      expect(await store.record(report, now)).toEqual({ recorded: 1, dropped: 0 });
      expect(await other.record(report, now)).toEqual({ recorded: 0, dropped: 0 });
      expect(await other.popular(10)).toEqual([
        { hash: hashOf(1), document: '{beds{free}}', count: 3 },
      ]);
    });

    it('adds up days, purposes and gateways, most asked first', async () => {
      await record(operation(), operation({ hash: hashOf(2), document: '{cases}', count: 5 }));
      await record(
        operation({ count: 2 }),
        operation({ purposeId: 'other', count: 2 }),
        operation({ day: '2026-11-20', count: 2 }),
      );
      const popular = await other.popular(10);
      expect(popular.map(({ count }) => count)).toEqual([7, 5]);
      expect(await other.popular(1)).toHaveLength(1);
    });

    it('says who asks for a field, how often, when last and under which names', async () => {
      await record(
        operation({ name: 'FreeBeds', count: 2, day: '2026-11-20' }),
        operation({ hash: hashOf(2), count: 1 }),
        operation({ consumer: 'other-asker', count: 9 }),
        operation({ hash: hashOf(3), coordinates: ['Query.beds'], consumer: 'third' }),
      );
      const usage = await other.usage(['Bed.free', 'Bed.colour']);
      expect(usage.get('Bed.free')).toEqual([
        { consumer: 'other-asker', count: 9, lastUsedOn: '2026-11-22', operations: ['FreeBeds'] },
        { consumer: 'asker', count: 3, lastUsedOn: '2026-11-22', operations: ['FreeBeds'] },
      ]);
      expect(usage.has('Bed.colour')).toBe(false);
      expect((await other.usage([])).size).toBe(0);
    });

    it('takes no more different questions of one consumer on one day than it can keep', async () => {
      const many = (from: number, count: number, more: Partial<RecordedOperation> = {}) =>
        Array.from({ length: count }, (_, at) => operation({ hash: hashOf(from + at), ...more }));
      const full = operationLimits.aConsumerADay;
      expect(await record(...many(0, full - 1))).toEqual({ recorded: full - 1, dropped: 0 });
      expect(await record(...many(full, 3))).toEqual({ recorded: 1, dropped: 2 });
      expect(await record(operation({ hash: hashOf(0) }))).toMatchObject({ recorded: 1 });
      expect(await record(...many(full + 9, 1, { consumer: 'other-asker' }))).toMatchObject({
        recorded: 1,
      });
    });

    it('takes nothing of days that are over or not come, and forgets what gets too old', async () => {
      expect(
        await record(
          operation({ day: '2026-08-01' }),
          operation({ day: '2026-11-24' }),
          operation({ day: '2026-08-24' }),
          operation({ day: '2026-11-23', hash: hashOf(2) }),
        ),
      ).toEqual({ recorded: 2, dropped: 2 });
      await store.prune(now);
      expect(await store.popular(10)).toHaveLength(2);
      await store.prune(new Date('2026-11-23T10:00:00Z'));
      expect((await store.popular(10)).map(({ hash }) => hash)).toEqual([hashOf(2)]);
    });
  });
}
