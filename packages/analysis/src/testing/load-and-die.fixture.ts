import { openFactStore } from '../open-fact-store.ts';
import { stay, stays } from './stays-fact.ts';
import { createTransparentDisclosure } from './transparent-disclosure.ts';

// Loads rows over and over until it is killed; run by load.test.ts as a process of its own.
const [file = ''] = process.argv.slice(2);
const store = await openFactStore({
  file,
  facts: [stays],
  disclosure: createTransparentDisclosure(),
  recordKeySecret: 'an invented secret of the tests, long enough',
  now: () => new Date('2024-06-01T09:00:00Z'),
});

async function* pages(people: number) {
  for (let page = 0; page < people / 100; page += 1) {
    process.stdout.write('page\n');
    yield await Promise.resolve(
      Array.from({ length: 100 }, (_, at) => stay(`${page}-${at}`, { services: people })),
    );
  }
  process.stdout.write('swapping\n');
}

for (let load = 1; ; load += 1) {
  await store.load(stays, pages(load * 1_000), () => ({ sources: [], linkage: null }));
  process.stdout.write(`loaded ${load}\n`);
}
