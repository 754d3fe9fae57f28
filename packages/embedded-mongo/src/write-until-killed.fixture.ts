import { Mongoose } from 'mongoose';
import { useEmbeddedMongo } from './use-embedded-mongo.ts';

// Run as a process of its own: writes batches of ten and prints how many were acknowledged, until it is killed.
const mongoose = new Mongoose();
await mongoose.connect(useEmbeddedMongo(mongoose, { file: process.argv[2] ?? '' }));
const collection = mongoose.connection.collection('things');
for (let batch = 1; ; batch += 1) {
  await collection.insertMany(Array.from({ length: 10 }, (_, place) => ({ batch, place })));
  process.stdout.write(`${batch}\n`);
}
