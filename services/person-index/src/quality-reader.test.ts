import { describe, expect, it } from 'vitest';
import { createQualityReader } from './quality-reader.ts';
import type { LinkageQuality } from './store/person-index-store.ts';

const share = { estimate: 1, low: 1, high: 1 };
const quality: LinkageQuality = {
  precision: share,
  recall: share,
  links: 1,
  reviewQueue: 0,
  reviewed: 0,
};

describe('quality reader', () => {
  it('reads once for all who ask within some seconds, and anew afterwards', async () => {
    let [clock, reads] = [0, 0];
    const read = createQualityReader(
      {
        quality: () => {
          reads += 1;
          return Promise.resolve(quality);
        },
      },
      () => clock,
    );
    await Promise.all([read(), read()]);
    clock = 4_999;
    await read();
    expect(reads).toBe(1);
    clock = 5_000;
    await read();
    expect(reads).toBe(2);
  });

  it('does not remember a failure', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve(quality)];
    const read = createQualityReader(
      { quality: () => answers.shift() ?? Promise.resolve(quality) },
      () => 0,
    );
    await expect(read()).rejects.toThrow('away');
    expect(await read()).toEqual(quality);
  });
});
