import { createServer } from 'node:http';

/** Every subgraph at `/<name>`: answers each question with what `answer` says, verifying nobody. */
export async function startStandIn(
  answer: (name: string, body: string) => object,
): Promise<{ urlOf(name: string): string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const name = (request.url ?? '').split('/')[1] ?? '';
      const text = JSON.stringify(answer(name, Buffer.concat(chunks).toString('utf8')));
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  return {
    urlOf: (name) => `http://127.0.0.1:${address.port}/${name}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
