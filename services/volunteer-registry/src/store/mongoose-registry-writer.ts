import { createHash } from 'node:crypto';
import type { KeptRecord, RegistryModels } from './mongoose-models.ts';
import { isNewer, toMembership } from './mongoose-registry-reader.ts';
import type { RegisterKind } from './registry-records.ts';
import type { Drop, RegisterRecord, RegistryWriter } from './registry-store.ts';

const batchSize = 500;

/** Upserts under derived ids only: a batch cut short by a crash is completed by the next run, never doubled. */
export function createMongooseWriter({
  records,
  drops,
  rejections,
}: RegistryModels): RegistryWriter {
  return {
    async hasDrop(sha256) {
      return (await drops.exists({ _id: sha256 })) !== null;
    },
    async newestDrop(slice) {
      const found = await drops.find({ slice }).lean<Drop[]>();
      return found.reduce<Drop | null>(
        (newest, drop) => (newest === null || isNewer(drop, newest) ? drop : newest),
        null,
      );
    },
    async putRecords(kind, drop, incoming) {
      const model = records[kind];
      for (const batch of batchesOf(incoming)) {
        const ids = batch.map(({ id }) => id);
        const known = await model
          .find({ _id: { $in: ids } })
          .select({ digest: 1, withdrawnAt: 1, content: 1 })
          .lean<KeptRecord[]>();
        const byId = new Map(known.map((kept) => [kept._id, kept]));
        const operations = batch.flatMap(
          (record) => changeOf(record, byId.get(record.id), drop) ?? [],
        );
        // The union of the six models' operation types cannot be expressed; each is an update by id.
        if (operations.length > 0) await model.bulkWrite(operations as never);
      }
    },
    async withdrawOthers(kind, drop, keptIds) {
      const model = records[kind];
      const inSlice = await model
        .find({ slice: drop.slice, withdrawnAt: null })
        .select({ _id: 1 })
        .lean<{ _id: string }[]>();
      const gone = inSlice.map(({ _id }) => _id).filter((id) => !keptIds.has(id));
      for (const ids of batchesOf(gone)) {
        await model.updateMany({ _id: { $in: ids } }, { $set: { withdrawnAt: drop.modifiedAt } });
      }
    },
    async allMemberships() {
      const kept = await records.memberships
        .find({})
        .select({ content: 1, volunteerRef: 1, withdrawnAt: 1 })
        .lean<KeptRecord<'memberships'>[]>();
      return kept.map(toMembership);
    },
    async setVolunteerRefs(refs) {
      for (const batch of batchesOf([...refs])) {
        await records.memberships.bulkWrite(
          batch.map(([_id, volunteerRef]) => ({
            updateOne: { filter: { _id }, update: { $set: { volunteerRef } } },
          })),
        );
      }
    },
    async putRejections(incoming) {
      for (const batch of batchesOf(incoming)) {
        await rejections.bulkWrite(
          batch.map(({ id, ...rejection }) => ({
            updateOne: { filter: { _id: id }, update: { $setOnInsert: rejection }, upsert: true },
          })),
        );
      }
    },
    async putDrop(drop) {
      await drops.updateOne({ _id: drop.sha256 }, { $set: drop }, { upsert: true });
    },
  };
}

function changeOf<Kind extends RegisterKind>(
  { id, content }: RegisterRecord<Kind>,
  known: KeptRecord | undefined,
  drop: Drop,
): object | null {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  if (known === undefined) {
    const kept = { slice: drop.slice, content, digest, withdrawnAt: null, history: [] };
    return { updateOne: { filter: { _id: id }, update: { $setOnInsert: kept }, upsert: true } };
  }
  if (known.digest !== digest) {
    const before = { until: drop.modifiedAt, drop: drop.sha256, content: known.content };
    return {
      updateOne: {
        filter: { _id: id, digest: known.digest },
        update: { $set: { content, digest, withdrawnAt: null }, $push: { history: before } },
      },
    };
  }
  if (known.withdrawnAt === null) return null;
  return { updateOne: { filter: { _id: id }, update: { $set: { withdrawnAt: null } } } };
}

function* batchesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += batchSize)
    yield items.slice(from, from + batchSize);
}
