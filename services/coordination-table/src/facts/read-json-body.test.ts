import { LoadProblem } from '@tavolo/analysis';
import { describe, expect, it } from 'vitest';
import { readJsonBody } from './read-json-body.ts';

/** Twenty bytes whenever it is asked, for ever. */
function endless() {
  let chunks = 0;
  const state = { isCancelled: false, chunks: () => chunks };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks += 1;
      controller.enqueue(Buffer.from('"Mario Rossi, 1999",'));
    },
    cancel() {
      state.isCancelled = true;
    },
  });
  return { state, response: new Response(body) };
}

describe('the body of an answer', () => {
  it('is read to its limit and not a byte further, and says no word of it', async () => {
    const text = JSON.stringify({ data: 'x'.repeat(50) });
    expect(await readJsonBody(new Response(text), text.length, 'gateway')).toEqual(
      JSON.parse(text),
    );
    await expect(readJsonBody(new Response(text), text.length - 1, 'gateway')).rejects.toThrow(
      new LoadProblem('gateway: an answer of more than 60 bytes'),
    );
  });

  it('that never ends is let go', async () => {
    const { state, response } = endless();
    const error = await readJsonBody(response, 1_000, 'gateway').catch((cause: unknown) => cause);
    expect(String(error)).not.toContain('Rossi');
    expect(error).toBeInstanceOf(LoadProblem);
    expect(state.isCancelled).toBe(true);
    expect(state.chunks()).toBeLessThan(60);
  });

  it.each(['', '{"data":{', '<html>Mario Rossi</html>'])(
    'that is no JSON (%j) is nothing',
    async (text) => {
      expect(await readJsonBody(new Response(text), 1_000, 'gateway')).toBeUndefined();
    },
  );
});
