import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readClientSchema } from '@tavolo/schema-check';
import { buildSchema } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { readExamples } from './read-examples.ts';
import { factDocuments, readFacts } from './read-facts.ts';
import { supergraphFile, trustedDocumentsFile } from './supergraph-file.ts';
import {
  createTrustedDocuments,
  documentHash,
  readTrustedDocuments,
  TrustedDocumentsError,
} from './trusted-documents.ts';

const schema = buildSchema('type Query { a: Int b: Int }');

async function fileOf(content: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trusted-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'documents.json');
  await writeFile(file, content);
  return file;
}

it('comments, line breaks and spaces make no other document; a word does', () => {
  expect(documentHash('# Why.\nquery A {\n  a\n}\n')).toBe(documentHash('query A{a}'));
  expect(documentHash('query A { a }')).not.toBe(documentHash('query A { b }'));
});

it('every example of the graph runs by its hash', async () => {
  const supergraph = await readFile(supergraphFile, 'utf8');
  const documents = await readTrustedDocuments(trustedDocumentsFile, readClientSchema(supergraph));
  const examples = [...(await readExamples()), ...factDocuments(await readFacts())];
  expect(documents.size).toBe(examples.length);
  for (const { name, text } of examples) expect(documents.get(documentHash(text))?.name).toBe(name);
});

const good = createTrustedDocuments([{ name: 'good', text: 'query A { a }' }]);
const [hash = ''] = Object.keys(good.documents);

it.each([
  ['another document under its hash', { [hash]: { name: 'good', document: '{b}' } }],
  [
    'a document that is not valid',
    createTrustedDocuments([{ name: 'x', text: '{ secret }' }]).documents,
  ],
  ['a document that is no GraphQL', { [hash]: { name: 'good', document: '{{' } }],
  ['a hash that is none', { abc: { name: 'good', document: '{a}' } }],
])('refuses the whole manifest for %s', async (_what, bad) => {
  const file = await fileOf(JSON.stringify({ documents: { ...good.documents, ...bad } }));
  await expect(readTrustedDocuments(file, schema)).rejects.toBeInstanceOf(TrustedDocumentsError);
});

it('refuses what is no manifest', async () => {
  for (const content of ['', '[]', '{"documents":[]}', '{}']) {
    const file = await fileOf(content);
    await expect(readTrustedDocuments(file, schema)).rejects.toBeInstanceOf(TrustedDocumentsError);
  }
  const file = await fileOf(JSON.stringify(good));
  expect((await readTrustedDocuments(file, schema)).get(hash)?.document).toBe('query A{a}');
});
