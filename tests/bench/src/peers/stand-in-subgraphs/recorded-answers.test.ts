import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { drawGatewayKey } from '../../gateway-key.ts';
import { createRecordedAnswers } from './recorded-answers.ts';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function answersOf(status: number) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(status).end(`{"data":${asked}}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const answers = createRecordedAnswers(
    { health: `http://127.0.0.1:${address.port}` },
    drawGatewayKey(),
  );
  closers.push(answers.close, () => server.close());
  return { answers, asked: () => asked };
}

it('asks each question once and repeats its answer', async () => {
  const { answers, asked } = await answersOf(200);
  const [one, other, again] = [
    await answers.answer('health', '{"query":"{a}"}'),
    await answers.answer('health', '{"query":"{b}"}'),
    await answers.answer('health', '{"query":"{a}"}'),
  ].map(String);
  expect([one, other, again]).toEqual(['{"data":1}', '{"data":2}', '{"data":1}']);
  expect(asked()).toBe(2);
});

it('repeats no refusal as if it were an answer', async () => {
  const { answers } = await answersOf(503);
  await expect(answers.answer('health', '{}')).rejects.toThrow('answered 503');
});

it('knows no subgraph but those it was told of', async () => {
  const { answers } = await answersOf(200);
  await expect(answers.answer('elsewhere', '{}')).rejects.toThrow('no subgraph elsewhere');
});
