import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ask, tablesQuestion } from '@tavolo/harness';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { beforeAll, expect, inject, it } from 'vitest';
import { everyQuestion } from './every-question.ts';
import { logIn } from './log-in.ts';
import { readIdentifiers } from './read-identifiers.ts';
import { createWordFinder } from './word-finder.ts';

const { folder } = inject('sharedHub');
let identifiers: readonly string[];
let found: (text: string) => readonly string[];
const answers: string[] = [];
beforeAll(async () => {
  identifiers = await readIdentifiers(folder);
  found = createWordFinder(identifiers);
});

it('there are identifiers to look for, and they are found where they are', async () => {
  expect(identifiers.length).toBeGreaterThan(1_000);
  const register = await readFile(
    join(folder, 'demo', 'province', 'social-services', 'data.sql'),
    'utf8',
  );
  expect(found(register).length).toBeGreaterThan(300);
});

it('no answer and no error carries an identifier of anybody, whatever field is asked', async () => {
  for (const account of ['case-worker-province', 'analyst', 'partner-it']) {
    const asker = await logIn(account);
    const introspection = await ask<IntrospectionQuery>(asker, getIntrospectionQuery());
    const schema = buildClientSchema(introspection.data);
    for (const question of everyQuestion(schema)) {
      const answer = await ask(asker, question);
      answers.push(answer.text);
    }
  }
  const worker = await logIn('case-worker-province');
  for (const district of ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO']) {
    answers.push(...(await tablesQuestion(worker, district)).map(({ text }) => text));
  }
  // Wrong questions, with identifiers in them: what is sent must not come back either.
  for (const identifier of identifiers.slice(0, 20)) {
    const wrong = await ask(
      worker,
      'query ($day: Date) { immediateReceptions(from: $day) { nodes { id } } }',
      {
        day: identifier,
      },
    );
    answers.push(wrong.text);
  }
  expect(answers.length).toBeGreaterThan(20);
  expect(found(answers.join('\n'))).toEqual([]);
});

it('no log, no evidence and no file outside an institution’s own store carries an identifier', async () => {
  const leaks: string[] = [];
  const places: string[] = [];
  for (const path of await filesIn(folder)) {
    const place = relative(folder, path);
    if (isOwnStore(place)) continue;
    places.push(place);
    const leaked = found(await readFile(path, 'utf8'));
    if (leaked.length > 0) leaks.push(`${place}: ${leaked.length} identifiers`);
  }
  expect(leaks).toEqual([]);
  for (const searched of searchedAtLeast) {
    expect(places.filter((place) => place.startsWith(join(...searched)))).not.toEqual([]);
  }
});

/** Who asked what, who may, and who logged in; the registry's entries are in the index's database. */
const searchedAtLeast = [
  ['logs', 'gateway.log'],
  ['gateway', 'evidence'],
  ['registry', 'evidence'],
  ['development-issuer'],
  ['person-index', 'postgres'],
];

it('no log carries a token or a context: neither may be used again by whoever reads it', async () => {
  for (const path of await filesIn(join(folder, 'logs'))) {
    expect((await readFile(path, 'utf8')).match(/eyJ[\w-]{10}/gu) ?? [], path).toEqual([]);
  }
});

async function filesIn(place: string): Promise<readonly string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The demo's drawing board, and what an institution holds about its own people. */
function isOwnStore(place: string): boolean {
  const [top] = place.split(sep);
  return [
    'demo',
    'social-services',
    'health-authority',
    'reception-centres',
    'volunteer-registry',
  ].includes(top ?? '');
}
