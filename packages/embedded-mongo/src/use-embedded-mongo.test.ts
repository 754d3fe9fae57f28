import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { find, Query } from 'mingo';
import { Mongoose } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { describeMongoDriver } from './mongo-driver.contract.ts';
import { useEmbeddedMongo } from './use-embedded-mongo.ts';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'embedded-mongo-')), 'data.sqlite');

async function open(file: string) {
  const mongoose = new Mongoose();
  await mongoose.connect(useEmbeddedMongo(mongoose, { file }));
  return {
    mongoose,
    collection: mongoose.connection.collection('things'),
    close: () => mongoose.disconnect(),
  };
}

describeMongoDriver('the embedded driver', () => open(newFile()));

// The same promises against a server: TEST_MONGODB_URI=mongodb://… npx vitest run --project unit packages/embedded-mongo
// biome-ignore lint/style/noProcessEnv: whether a server is there is a fact of the machine the tests run on
const serverUri = process.env['TEST_MONGODB_URI'];
if (serverUri !== undefined) {
  describeMongoDriver('the official driver', async () => {
    const mongoose = new Mongoose();
    await mongoose.connect(serverUri, { dbName: `tavolo-contract-${process.pid}` });
    return {
      mongoose,
      async close() {
        await mongoose.connection.dropDatabase();
        await mongoose.disconnect();
      },
    };
  });
}

describe('what the embedded driver keeps', () => {
  it('is there after a restart, models and indexes included', async () => {
    const file = newFile();
    const first = await open(file);
    const model = first.mongoose.model(
      'Thing',
      new first.mongoose.Schema({ n: Number }).index({ n: 1 }, { unique: true }),
    );
    await model.init();
    await model.create([{ n: 1 }, { n: 2 }]);
    await first.close();
    const second = await open(file);
    expect(await second.collection.countDocuments({ n: 2 })).toBe(1);
    await expect(second.collection.insertOne({ n: 2 })).rejects.toMatchObject({ code: 11_000 });
    await second.close();
  });

  it('is there when the process is killed right after the acknowledgement, and batches are whole', async () => {
    const file = newFile();
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        fileURLToPath(new URL('./write-until-killed.fixture.ts', import.meta.url)),
        file,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let acknowledged = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      acknowledged = Number(chunk.toString().trim().split('\n').at(-1));
      if (acknowledged >= 30) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    const { collection, close } = await open(file);
    const kept = await collection.countDocuments({});
    expect(acknowledged).toBeGreaterThanOrEqual(30);
    expect(kept).toBeGreaterThanOrEqual(acknowledged * 10);
    expect(kept % 10).toBe(0);
    await close();
  });
});

describe('what the embedded driver refuses', () => {
  it('names the operation instead of answering wrongly', async () => {
    const { mongoose, collection, close } = await open(newFile());
    await expect(mongoose.startSession()).rejects.toThrow('MongoClient.startSession()');
    expect(() => collection.watch()).toThrow('Collection.watch()');
    expect(() => collection.find({ $text: { $search: 'x' } })).toThrow('find with $text');
    expect(() => collection.find({}, { collation: { locale: 'it' } })).toThrow(
      'find with option collation',
    );
    expect(() => collection.aggregate([{ $out: 'x' }])).toThrow('aggregate with $out');
    await expect(collection.updateOne({}, [{ $set: { a: 1 } }])).rejects.toThrow(
      'aggregation pipeline',
    );
    await expect(collection.createIndex({ at: 1 }, { expireAfterSeconds: 1 }, {})).rejects.toThrow(
      'expireAfterSeconds',
    );
    await expect(
      collection.insertOne({ price: mongoose.mongo.Decimal128.fromString('1.0') }),
    ).rejects.toThrow('Decimal128');
    await expect(collection.find({ a: { $bogus: 1 } }).toArray()).rejects.toThrow('$bogus');
    await close();
  });

  it('keeps the duplicated value out of the message and of what a logger prints', async () => {
    const { collection, close } = await open(newFile());
    await collection.createIndex({ code: 1 }, { unique: true }, {});
    await collection.insertOne({ code: 'CANARY' });
    const error: unknown = await collection
      .insertOne({ code: 'CANARY' })
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 11_000 });
    expect(String(error) + JSON.stringify(error)).not.toContain('CANARY');
    await close();
  });
});

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'a', 'b', 'a\u0001', 'a\u0000'),
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: 0, max: 3 }).map((time) => new Date(time)),
);
const content = fc.record(
  { p: fc.oneof(value, fc.array(value, { maxLength: 3 })), q: value, r: fc.record({ s: value }) },
  { requiredKeys: [] },
);
const condition = fc.oneof(
  value,
  fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $gt: value }),
  fc.record({ $lte: value }),
  fc.record({ $ne: value }),
);
const filter = fc.record(
  {
    p: condition,
    q: condition,
    'r.s': condition,
    _id: fc.record({ $gt: fc.constantFrom('0', '2', '5') }),
  },
  { requiredKeys: [] },
);

describe('random questions over random documents', () => {
  it('have the answer mingo gives over a plain array, with and without indexes', async () => {
    const { collection, close } = await open(newFile());
    await collection.createIndexes([{ key: { p: 1 } }, { key: { 'r.s': 1, q: 1 } }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { minLength: 1, maxLength: 8 }),
        filter,
        async (contents, asked) => {
          const documents = contents.map((fields, index) => ({ _id: String(index), ...fields }));
          await collection.deleteMany({});
          await collection.insertMany(documents as never[]);
          const expected = find<{ _id: string }>(documents, asked)
            .all()
            .map(({ _id }) => _id);
          const found = await collection
            .find(asked as never)
            .sort({ _id: 1 })
            .toArray();
          expect(found.map(({ _id }) => String(_id))).toEqual(expected);
          expect(await collection.countDocuments(asked as never)).toBe(expected.length);
          const matches = new Query(asked);
          await collection.updateMany(asked as never, { $set: { hit: true } });
          const hit = await collection.find({ hit: true }).sort({ _id: 1 }).toArray();
          expect(hit.map(({ _id }) => String(_id))).toEqual(
            documents.filter((one) => matches.test(one)).map(({ _id }) => _id),
          );
        },
      ),
      { numRuns: 60 },
    );
    await close();
  });
});
