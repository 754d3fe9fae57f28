import type { Mongoose } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** A connected Mongoose instance over an empty database, and how to let go of it. */
export interface ConnectedMongoose {
  readonly mongoose: Mongoose;
  close(): Promise<void>;
}

/** What services may rely on, whichever driver answers. Written against the driver's own collection. */
export function describeMongoDriver(name: string, connect: () => Promise<ConnectedMongoose>): void {
  describe(`${name} behaves like MongoDB`, () => {
    let connected: ConnectedMongoose;
    const collection = () => connected.mongoose.connection.collection('things');

    beforeAll(async () => {
      connected = await connect();
    });
    afterAll(() => connected.close());
    beforeEach(async () => {
      await collection().deleteMany({});
      await collection().insertMany([
        { _id: 'a' as never, n: 1, tags: ['x', 'y'], at: new Date(5), deep: { k: 'p' } },
        { _id: 'b' as never, n: 2, tags: ['y'], deep: { k: 'q' } },
        { _id: 'c' as never, n: 3, tags: [], deep: [{ k: 'p' }, { k: 'r' }] },
      ]);
    });
    const ids = async (filter: object, options: object = {}) =>
      (await collection().find(filter, options).toArray()).map(({ _id }) => String(_id));

    it('finds by equality, lists, ranges, arrays, paths and types', async () => {
      expect(await ids({ n: { $in: [1, 3] } })).toEqual(['a', 'c']);
      expect(await ids({ tags: 'y', n: { $gt: 1 } })).toEqual(['b']);
      expect(await ids({ 'deep.k': 'p' })).toEqual(['a', 'c']);
      expect(await ids({ at: new Date(5) })).toEqual(['a']);
      expect(await ids({ at: null })).toEqual(['b', 'c']);
      expect(await ids({ n: { $gt: 'x' } })).toEqual([]);
    });

    it('sorts, skips, limits and projects', async () => {
      expect(await ids({}, { sort: { n: -1 }, skip: 1, limit: 1 })).toEqual(['b']);
      expect(await ids({ _id: { $gt: 'a' } }, { sort: { _id: 1 }, limit: 1 })).toEqual(['b']);
      const [first] = await collection()
        .find({}, { projection: { n: 1 }, sort: { _id: 1 } })
        .toArray();
      expect(first).toEqual({ _id: 'a', n: 1 });
    });

    it('iterates a cursor', async () => {
      const seen: unknown[] = [];
      for await (const { n } of collection().find({}).sort({ n: 1 }).batchSize(1)) seen.push(n);
      expect(seen).toEqual([1, 2, 3]);
    });

    it('updates with operators, counts real changes only and upserts the fields of the filter', async () => {
      const same = await collection().updateMany({}, { $set: { n: 1 } });
      expect([same.matchedCount, same.modifiedCount]).toEqual([3, 2]);
      await collection().updateOne(
        { _id: 'a' as never },
        { $inc: { n: 4 }, $push: { tags: 'z' } as never, $unset: { at: 1 } },
      );
      expect(await collection().findOne({ _id: 'a' as never })).toEqual({
        _id: 'a',
        n: 5,
        tags: ['x', 'y', 'z'],
        deep: { k: 'p' },
      });
      const made = await collection().updateOne(
        { _id: 'd' as never, kind: 'new' },
        { $set: { n: 9 }, $setOnInsert: { born: true } },
        { upsert: true },
      );
      expect([made.upsertedCount, made.upsertedId]).toEqual([1, 'd']);
      expect(await collection().findOne({ _id: 'd' as never })).toEqual({
        _id: 'd',
        kind: 'new',
        n: 9,
        born: true,
      });
    });

    it('refuses updates that make no sense, leaving the document alone', async () => {
      for (const update of [
        { $inc: { 'deep.k': 1 } },
        { $push: { n: 1 } as never },
        { $set: { 'n.x': 1 } },
      ]) {
        await expect(collection().updateOne({ _id: 'a' as never }, update)).rejects.toThrow();
      }
      await expect(collection().updateOne({}, { n: 1 })).rejects.toThrow('atomic operators');
      expect(await ids({ n: 1 })).toEqual(['a']);
    });

    it('replaces, deletes, counts and tells distinct values', async () => {
      await collection().replaceOne({ _id: 'a' as never }, { n: 7 });
      expect(await collection().findOne({ n: 7 })).toEqual({ _id: 'a', n: 7 });
      expect(await collection().distinct('tags')).toEqual(['y']);
      expect((await collection().deleteOne({ n: { $gte: 2 } })).deletedCount).toBe(1);
      expect(await collection().countDocuments({ n: { $gte: 2 } })).toBe(2);
      expect(await collection().estimatedDocumentCount()).toBe(2);
    });

    it('answers the document before or after a findOneAnd…', async () => {
      const filter = { _id: 'a' as never };
      expect(await collection().findOneAndUpdate(filter, { $set: { n: 8 } })).toMatchObject({
        n: 1,
      });
      const after = await collection().findOneAndUpdate(
        filter,
        { $inc: { n: 1 } },
        { returnDocument: 'after' },
      );
      expect(after).toMatchObject({ n: 9 });
      expect(await collection().findOneAndDelete(filter)).toMatchObject({ n: 9 });
      expect(await collection().findOneAndDelete(filter)).toBeNull();
    });

    it('keeps an id and a unique index unique, and names the index with code 11000', async () => {
      await expect(collection().insertOne({ _id: 'a' as never })).rejects.toMatchObject({
        code: 11_000,
      });
      await collection().createIndex({ n: 1 }, { unique: true }, {});
      await expect(collection().insertOne({ n: 1 })).rejects.toMatchObject({
        code: 11_000,
        keyPattern: { n: 1 },
      });
      await expect(collection().updateOne({ n: 1 }, { $set: { n: 2 } })).rejects.toMatchObject({
        code: 11_000,
      });
      await collection().dropIndex('n_1');
      await collection().insertOne({ n: 1 });
      expect(await collection().countDocuments({ n: 1 })).toBe(2);
    });

    it('stops an ordered batch at its first error and carries on with an unordered one', async () => {
      const batch = [{ _id: 'e' as never }, { _id: 'a' as never }, { _id: 'f' as never }];
      await expect(collection().insertMany(batch)).rejects.toMatchObject({
        code: 11_000,
        insertedCount: 1,
      });
      expect(await collection().countDocuments({})).toBe(4);
      await collection().deleteOne({ _id: 'e' as never });
      await expect(collection().insertMany(batch, { ordered: false })).rejects.toMatchObject({
        insertedCount: 2,
      });
      expect(await collection().countDocuments({})).toBe(5);
    });

    it('runs a mixed batch and reports each kind', async () => {
      const result = await collection().bulkWrite([
        { insertOne: { document: { _id: 'g' as never, n: 10 } } },
        { updateOne: { filter: { _id: 'h' as never }, update: { $set: { n: 11 } }, upsert: true } },
        { deleteOne: { filter: { _id: 'a' as never } } },
      ]);
      expect(result).toMatchObject({
        insertedCount: 1,
        upsertedCount: 1,
        deletedCount: 1,
        upsertedIds: { 1: 'h' },
      });
    });

    it('answers the same with an index as without', async () => {
      await collection().createIndexes([{ key: { tags: 1 } }, { key: { 'deep.k': 1, n: 1 } }]);
      expect(await ids({ tags: { $in: ['x', 'y'] } })).toEqual(['a', 'b']);
      expect(await ids({ 'deep.k': 'p', n: { $gt: 1 } })).toEqual(['c']);
      const names = (await collection().listIndexes().toArray()).map(
        (index) => (index as { name: string }).name,
      );
      expect(names.sort()).toEqual(['_id_', 'deep.k_1_n_1', 'tags_1']);
      await collection().dropIndexes();
    });

    it('aggregates, also over another collection', async () => {
      const rows = await collection()
        .aggregate([
          { $match: { n: { $lte: 2 } } },
          { $lookup: { from: 'things', localField: '_id', foreignField: '_id', as: 'self' } },
          { $group: { _id: null, total: { $sum: '$n' }, found: { $sum: { $size: '$self' } } } },
        ])
        .toArray();
      expect(rows).toEqual([{ _id: null, total: 3, found: 2 }]);
    });

    it('keeps dates, ids, nesting and undefined as BSON does', async () => {
      const id = new connected.mongoose.Types.ObjectId();
      await collection().insertOne({
        _id: id,
        when: new Date(7),
        gone: undefined,
        list: [null, { a: 1.5 }],
      });
      expect(await collection().findOne({ _id: id })).toEqual({
        _id: id,
        when: new Date(7),
        gone: null,
        list: [null, { a: 1.5 }],
      });
    });

    it('answers ping and lists and drops collections', async () => {
      const { db } = connected.mongoose.connection;
      expect(await db?.command({ ping: 1 })).toMatchObject({ ok: 1 });
      await db?.collection('other').insertOne({ n: 1 });
      const names = async () =>
        (await db?.listCollections().toArray())?.map((one: { name: string }) => one.name).sort();
      expect(await names()).toEqual(['other', 'things']);
      await db?.collection('other').drop();
      expect(await names()).toEqual(['things']);
    });
  });
}
