import { describe, expect, it } from 'vitest';
import type { JsonAnswer, JsonPoster } from './json-poster.ts';
import { postPatiently, waitForAllowance } from './rate-allowance.ts';

/** Answers in this order; what it waits for is nothing, so that no test sleeps. */
function posterOf(...answers: readonly JsonAnswer[]): JsonPoster & { readonly left: number } {
  const rest = [...answers];
  return {
    post: async () => rest.shift() ?? { status: 500, headers: {}, text: 'no answer left' },
    close: () => undefined,
    get left() {
      return rest.length;
    },
  };
}

const refused: JsonAnswer = { status: 429, headers: { 'retry-after': '0' }, text: '{"errors":[]}' };
const answered: JsonAnswer = { status: 200, headers: {}, text: '{"data":1}' };

describe('a question of a long run', () => {
  it('is asked again when the minute’s cost was used up', async () => {
    expect(await postPatiently(posterOf(refused, answered), '{}')).toBe('{"data":1}');
  });

  it('is given up when every minute is used up', async () => {
    await expect(postPatiently(posterOf(refused, refused, refused), '{}')).rejects.toThrow('429');
  });

  it('fails with any other refusal', async () => {
    const poster = posterOf({ status: 403, headers: {}, text: '{"errors":[]}' }, answered);
    await expect(postPatiently(poster, '{}')).rejects.toThrow('403');
    expect(poster.left).toBe(1);
  });
});

describe('the allowance of a minute', () => {
  const told = (remaining: string, reset?: string): JsonAnswer => ({
    ...answered,
    headers: {
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': remaining,
      ...(reset === undefined ? {} : { 'x-ratelimit-reset': reset }),
    },
  });

  it('is enough without knowing when the next begins', async () => {
    await expect(waitForAllowance(posterOf(told('500')), '{}', 0.5)).resolves.toBeUndefined();
  });

  it('is waited for when too little is left', async () => {
    await expect(waitForAllowance(posterOf(told('499')), '{}', 0.5)).rejects.toThrow('how long');
    await expect(waitForAllowance(posterOf(told('499', '0')), '{}', 0.5)).resolves.toBeUndefined();
  });
});
