import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSecrets } from './read-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tavolo-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('draws each institution its own secrets, once, and keeps them over a restart', async () => {
  const first = await readSecrets(folder);
  const all = [
    ...Object.values(first.partners).flatMap((secrets) => Object.values(secrets)),
    first.linkageKey.hex,
    first.personIndex.refSecret,
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(await readSecrets(folder)).toEqual(first);
});

it('lets nobody but the owner of the files read them', async () => {
  await readSecrets(folder);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const modes = await Promise.all(
    files
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mode & 0o777),
  );
  expect(modes).toHaveLength(14);
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

it('gives the index the digest of a token and never the token, and never the linkage key', async () => {
  const { partners, personIndex, linkageKey } = await readSecrets(folder);
  const token = partners['social-services'].personIndexToken;
  expect(personIndex.partnerTokens['social-services']).toBe(
    createHash('sha256').update(token).digest('hex'),
  );
  expect(JSON.stringify(personIndex)).not.toContain(token);
  expect(JSON.stringify(personIndex)).not.toContain(linkageKey.hex);
});
