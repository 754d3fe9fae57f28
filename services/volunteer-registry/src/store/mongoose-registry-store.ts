import path from 'node:path';
import { useEmbeddedMongo } from '@tavolo/embedded-mongo';
import { Mongoose } from 'mongoose';
import { createRegistryModels, type RegistryModels } from './mongoose-models.ts';
import { createMongooseReader } from './mongoose-registry-reader.ts';
import { createMongooseWriter } from './mongoose-registry-writer.ts';
import type { RegistryStore } from './registry-store.ts';

export interface RegistryStoreOptions {
  /** A MongoDB server; undefined = the embedded driver, one file in `dataDirectory`. */
  readonly mongodbUri: string | undefined;
  readonly dataDirectory: string;
  /** Called with the name of the collection each time one is asked a question; for tests that count. */
  readonly onQuery?: (collection: string, method: string) => void;
}

/** Opens the registry's store; schemas and questions are the same whichever driver answers. */
export async function openMongooseRegistryStore(
  options: RegistryStoreOptions,
): Promise<RegistryStore> {
  const mongoose = new Mongoose();
  const uri =
    options.mongodbUri ??
    useEmbeddedMongo(mongoose, {
      file: path.join(options.dataDirectory, 'volunteer-registry.sqlite'),
      database: 'volunteer-registry',
    });
  const { onQuery } = options;
  if (onQuery)
    mongoose.set('debug', (collection: string, method: string) => onQuery(collection, method));
  const models = createRegistryModels(mongoose);
  await mongoose.connect(uri, { serverSelectionTimeoutMS: 10_000 });
  await createIndexes(models);
  return {
    ...createMongooseReader(models, async () => {
      await mongoose.connection.db?.command({ ping: 1 });
    }),
    ...createMongooseWriter(models),
    close: () => mongoose.disconnect(),
  };
}

async function createIndexes({ records, drops, rejections }: RegistryModels): Promise<void> {
  for (const model of [...Object.values(records), drops, rejections]) await model.init();
}
