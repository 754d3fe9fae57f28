import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import { events, inventedPages } from './invented-events.ts';

// A process of its own, so that its peak is of this load alone: measure-load.ts FILE PEOPLE EVENTS-A-PERSON
const [file = '', people = '0', perPerson = '0'] = process.argv.slice(2);
const secret = 'an invented secret of the benchmark, long enough';
const store = await openFactStore({
  file,
  facts: [events],
  disclosure: createDisclosure({}, secret),
  recordKeySecret: secret,
  now: () => new Date('2026-01-01T00:00:00Z'),
});
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
const startedAt = performance.now();
await store.load(events, inventedPages(Number(people), Number(perPerson)), () => ({
  sources: [],
  linkage: null,
}));
const seconds = (performance.now() - startedAt) / 1_000;
delays.disable();
await store.close();
process.stdout.write(
  JSON.stringify({
    seconds,
    peakMb: process.resourceUsage().maxRSS / 1_024,
    loopP99Ms: delays.percentile(99) / 1e6,
    loopMaxMs: delays.max / 1e6,
  }),
);
