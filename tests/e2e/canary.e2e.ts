import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ask, startHubFrom, type TestHub, tablesQuestion } from '@tavolo/harness';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { everyQuestion } from './every-question.ts';
import { readIdentifiers } from './read-identifiers.ts';
import { createWordFinder } from './word-finder.ts';

let hub: TestHub;
let identifiers: readonly string[];
let found: (text: string) => readonly string[];
const answers: string[] = [];
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
  identifiers = await readIdentifiers(hub.folder);
  found = createWordFinder(identifiers);
});
afterAll(() => hub.close());

it('there are identifiers to look for, and they are found where they are', async () => {
  expect(identifiers.length).toBeGreaterThan(1_000);
  const register = await readFile(
    join(hub.folder, 'demo', 'province', 'social-services', 'data.sql'),
    'utf8',
  );
  expect(found(register).length).toBeGreaterThan(300);
});

it('no answer and no error carries an identifier of anybody, whatever field is asked', async () => {
  for (const account of ['case-worker-province', 'analyst', 'partner-it']) {
    const asker = await hub.as(account);
    const introspection = await ask<IntrospectionQuery>(asker, getIntrospectionQuery());
    const schema = buildClientSchema(introspection.data);
    for (const question of everyQuestion(schema)) {
      const answer = await ask(asker, question);
      answers.push(answer.text);
    }
  }
  for (const district of ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO']) {
    answers.push(...(await tablesQuestion(hub, district)).map(({ text }) => text));
  }
  // Wrong questions, with identifiers in them: what is sent must not come back either.
  for (const identifier of identifiers.slice(0, 20)) {
    const wrong = await ask(
      hub,
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

it('no log and no file outside an institution’s own store carries an identifier', async () => {
  const files = await readdir(hub.folder, { recursive: true, withFileTypes: true });
  const leaks: string[] = [];
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const place = relative(hub.folder, path);
    if (isOwnStore(place)) continue;
    const text = await readFile(path, 'utf8');
    const leaked = found(text);
    if (leaked.length > 0) leaks.push(`${place}: ${leaked.length} identifiers`);
  }
  expect(leaks).toEqual([]);
});

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
