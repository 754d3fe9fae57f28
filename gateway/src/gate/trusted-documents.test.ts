import { writeFile } from 'node:fs/promises';
import { documentHash, type TrustedDocument } from '@tavolo/schemas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';

const texts = { good: '{ sites }', gone: '{ facilities { places } }' };
const hashes = { good: documentHash(texts.good), gone: documentHash(texts.gone) };
const trustedDocuments = new Map<string, TrustedDocument>([
  [hashes.good, { name: 'good', document: texts.good }],
  [hashes.gone, { name: 'places', document: texts.gone }],
]);
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ trustedDocuments });
});
afterAll(() => hub.close());

async function run(documentId: string): Promise<unknown> {
  const response = await fetch(`${hub.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await hub.token('table', { roles: ['coordinator'] })}`,
    },
    body: JSON.stringify({ documentId }),
  });
  return response.json();
}

test('a trusted document is judged by each graph: refused where it does not fit, with the reason, and there again', async () => {
  expect(await run(hashes.gone)).toMatchObject({ data: { facilities: [{ places: 12 }, {}] } });
  await writeFile(hub.supergraphFile, hub.sdl.replace(/^ {2}places: Int.*\n/mu, ''));
  await hub.gateway.reloadSupergraph();
  const refused = await run(hashes.gone);
  expect(refused).toMatchObject({
    errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED', reason: 'DOES_NOT_FIT' } }],
  });
  expect(JSON.stringify(refused)).toContain('places');
  expect(await run(hashes.good)).toMatchObject({ data: { sites: ['Parma'] } });
  expect(hub.logLines.join('')).toContain('a trusted document does not fit the graph');
  await writeFile(hub.supergraphFile, hub.sdl);
  await hub.gateway.reloadSupergraph();
  expect(await run(hashes.gone)).toMatchObject({ data: { facilities: [{ places: 12 }, {}] } });
});
