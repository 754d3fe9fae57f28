import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinkageKey } from '@tavolo/linkage';
import { describe, expect, it } from 'vitest';
import { folderWith, run, testKeys } from '../run-in-folder.fixture.ts';
import { publishedKeys } from './published-keys.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Every document of the repository: the root's, and those of each part of it. */
function documents(): string[] {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(node_modules|\.)/.test(entry.name))
    .flatMap(({ name }) => [
      join(root, name),
      ...readdirSync(join(root, name), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
        .map((entry) => join(root, name, entry.name)),
    ]);
  return [root, ...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
}

function isStrong(hex: string): boolean {
  try {
    return createLinkageKey('any', hex).bytes.length > 0;
  } catch {
    return false;
  }
}

describe('a linkage key that others know', () => {
  it('is refused by both commands in any spelling, and they say what to do', async () => {
    const folder = folderWith({ 'people.csv': 'local_id\nU1\n' });
    const [people, out] = [join(folder, 'people.csv'), join(folder, 'out')];
    for (const hex of publishedKeys) {
      const env = { ...testKeys, TAVOLO_LINKAGE_KEY: hex.toUpperCase() };
      for (const command of [
        ['link', 'encode', people, '--out', out],
        ['link', 'check', people],
      ]) {
        const outcome = await run(command, env);
        expect(outcome).toMatchObject({ exitCode: 2, printed: '' });
        expect(outcome.said).toContain('openssl rand -hex 32');
        expect(outcome.said).not.toContain(hex.slice(0, 8));
      }
    }
  });

  it('is every key that a document of this repository shows', () => {
    const shown = documents().flatMap(
      (path) => readFileSync(path, 'utf8').match(/\b[0-9a-f]{64}\b/gi) ?? [],
    );
    expect(shown.length).toBeGreaterThan(0);
    const unknown = shown.filter((hex) => isStrong(hex) && !publishedKeys.has(hex.toLowerCase()));
    expect(unknown).toEqual([]);
  });
});
