import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createStream } from './stream.ts';

/** A reader that takes something only when it is told to. */
function slowReader() {
  const taken: string[] = [];
  let take: (() => void) | null = null;
  const to = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      taken.push(/^event: (\w+)\nid: (\d+)/u.exec(chunk.toString())?.slice(1).join(' ') ?? '?');
      take = () => done();
    },
  });
  return { to, taken, take: () => take?.() };
}

it('gives a reader that is behind the newest state only', async () => {
  const { to, taken, take } = slowReader();
  const { listen } = createStream(to, () => 0);
  const drained = new Promise((resolve) => {
    to.once('drain', resolve);
  });
  listen({ kind: 'state', version: 1, jws: 'a' });
  listen({ kind: 'state', version: 2, jws: 'b' });
  listen({ kind: 'still', version: 2, jws: 'c' });
  listen({ kind: 'state', version: 3, jws: 'd' });
  listen({ kind: 'still', version: 3, jws: 'e' });
  take();
  await drained;
  expect(taken).toEqual(['state 1', 'state 3']);
});

it('a newer state does not take the place of a supergraph, nor a supergraph that of a state', async () => {
  const { to, taken, take } = slowReader();
  const { listen } = createStream(to, () => 0);
  listen({ kind: 'state', version: 1, jws: 'a' });
  listen({ kind: 'supergraph', version: 4, jws: 'b' });
  listen({ kind: 'state', version: 2, jws: 'c' });
  listen({ kind: 'supergraph', version: 5, jws: 'd' });
  for (let times = 0; times < 2; times += 1) {
    const drained = new Promise((resolve) => {
      to.once('drain', resolve);
    });
    take();
    await drained;
  }
  expect(taken).toEqual(['state 1', 'state 2', 'supergraph 5']);
});

it('drops a reader that takes nothing for five seconds, and not before', () => {
  const { to } = slowReader();
  let ms = 0;
  const stream = createStream(to, () => ms);
  ms = 60_000;
  stream.check();
  stream.listen({ kind: 'state', version: 1, jws: 'a' });
  ms += 5_000;
  stream.check();
  expect(to.destroyed).toBe(false);
  ms += 1;
  stream.check();
  expect(to.destroyed).toBe(true);
});
