import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../../create-world.ts';
import { createRandom } from '../../random.ts';
import type { SourceManifest } from '../../source-manifest.ts';
import type { World } from '../../world.ts';
import { defaultParameters } from '../../world-parameters.ts';
import { dirtyKinds } from './dirty-rows.ts';
import { literal } from './dump-file.ts';
import { writeSocialServices } from './write-social-services.ts';

describe('the dump of the social services', () => {
  const world = createWorld({ seed: 7, size: 60, today: '2026-11-22' });
  let folder = '';
  let manifest: SourceManifest;
  const write = async (name: string, dirtyShare: number) => {
    const random = createRandom(11);
    const path = join(folder, name);
    const written = await writeSocialServices(world, path, {
      dirtyShare,
      random: () => random.next(),
    });
    return { written, text: await readFile(join(path, 'data.sql'), 'utf8') };
  };
  let text = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'social-services-'));
    ({ written: manifest, text } = await write('one', 0.05));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Rows of a table over every service; a row is a line. */
  const rowsOf = (dump: string, table: string) =>
    dump
      .split(/;\n/u)
      .filter((statement) => new RegExp(`^insert into ss_\\w+\\.${table} `, 'u').test(statement))
      .flatMap((statement) => statement.split('\n').slice(1));

  it('is the same, to the byte, for the same world and seed', async () => {
    expect((await write('two', 0.05)).text).toBe(text);
  });

  it('has every case and desk contact of the world when nothing is dirty', async () => {
    const clean = await write('clean', 0);
    expect(clean.written.dirty).toEqual([]);
    expect(rowsOf(clean.text, 'fascicolo')).toHaveLength(world.socialCases.length);
    expect(rowsOf(clean.text, 'accesso_sportello')).toHaveLength(world.deskContacts.length);
  });

  it('has dirty rows of every kind beside them, each listed', () => {
    expect(new Set(manifest.dirty.map(({ kind }) => kind))).toEqual(new Set(dirtyKinds));
  });

  it('puts at most 500 rows in a statement and every row on one line', () => {
    for (const statement of text.trimEnd().split(/;\n/u)) {
      const [head = '', ...rows] = statement.split('\n');
      expect(head).toMatch(/^insert into \w+\.\w+ \([\w, ]+\) values$/u);
      expect(rows.length).toBeLessThanOrEqual(500);
    }
  });

  it('writes each service in its own conventions', () => {
    expect(text).toMatch(/insert into ss_fidenza\.fascicolo [^;]*'\d\d\/\d\d\/\d{4}'/u);
    expect(text).toMatch(/insert into ss_parma\.fascicolo [^;]*'\d{4}-\d\d-\d\d'/u);
    expect(text).toContain('SUPPORTO ALLA GENITORIALITÀ E AI MINORI');
  });

  it('writes down who said no to being shared, who was never asked and who is protected, as the world has them', async () => {
    const wishful = createWorld({
      seed: 7,
      size: 60,
      today: '2026-11-22',
      parameters: { ...defaultParameters, sharingExcluded: 0.2, restricted: 0.2 },
    });
    const path = join(folder, 'wishful');
    await writeSocialServices(wishful, path, { dirtyShare: 0, random: () => 0 });
    const dump = await readFile(join(path, 'data.sql'), 'utf8');
    const words = { ALLOWED: "'SI'", EXCLUDED: "'NO'", never: 'null' };
    const expected = wishful.people.flatMap(({ records: { 'social-services': record } }) =>
      record === undefined
        ? []
        : [`${words[record.sharing ?? 'never']}, ${String(record.isRestricted ?? false)}`],
    );
    const written = [...dump.matchAll(/^\('UT-.*, ('SI'|'NO'|null), (true|false), null\)/gmu)].map(
      ([, answer, isProtected]) => `${answer ?? ''}, ${isProtected ?? ''}`,
    );
    expect(written).toEqual(expected);
    expect(new Set(written).size).toBe(6);
    expect(withoutWishes(wishful)).toBe(withoutWishes(world));
  });

  it('never holds a truth id', () => {
    expect(text).not.toMatch(/'[PHC]\d{6}'/u);
  });

  it('escapes whatever a text holds', () => {
    expect(literal("L'Aquila")).toBe("'L''Aquila'");
    expect(literal('a\\b\nc;')).toBe(String.raw`e'a\\b\nc;'`);
    expect(literal(null)).toBe('null');
  });
});

/** The text of the world but for what people said about being shared. */
function withoutWishes(world: World): string {
  return JSON.stringify(world, (key, value: unknown) =>
    key === 'sharing' || key === 'isRestricted' ? undefined : value,
  );
}
