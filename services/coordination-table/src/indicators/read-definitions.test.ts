import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFacts } from '@tavolo/schemas';
import { afterEach, describe, expect, it } from 'vitest';
import { readDefinitions } from './read-definitions.ts';

describe('the registry of indicators', () => {
  let folder: string | undefined;
  afterEach(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  async function withFiles(files: Readonly<Record<string, string>>): Promise<URL> {
    folder = await mkdtemp(join(tmpdir(), 'tavolo-indicators-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return pathToFileURL(`${folder}/`);
  }

  it('has the five quality indicators and the founding figures, each of a fact that exists', async () => {
    const definitions = readDefinitions(await readFacts());
    const founding = [
      'I1-meetings',
      'I1-participation',
      'I2-protocols',
      'I3-shared-criteria',
      'I4-territorial-reports',
      'I5-municipalities',
      'continuity-to-sai',
      'domiciles-outside-rotation',
      'first-intervention-hours',
      'first-intervention-within-12-hours',
      'immediate-receptions',
      'immediate-receptions-in-year',
      'shorter-stay',
    ];
    // The table adds its own as files, and no code.
    expect(definitions.map(({ id }) => id)).toEqual(expect.arrayContaining(founding));
  });

  it('refuses the start with every problem of every file, naming file, indicator and field', async () => {
    const files = await withFiles({
      'broken.json': '{',
      'empty.json': '{}',
      'other-name.json': JSON.stringify({
        id: 'lost-fact',
        version: 1,
        validFrom: '2011-01-01',
        title: { it: 'a', en: 'a' },
        definition: { it: 'a', en: 'a' },
        sourceText: 'a',
        owner: 'a',
        unit: 'EVENTS',
        direction: 'NEUTRAL',
        target: null,
        period: 'YEAR',
        formula: { kind: 'FIGURE', fact: 'gone', figure: { kind: 'EVENTS' }, areaDimension: null },
      }),
    });
    const refused = (): unknown => readDefinitions([], files);
    expect(refused).toThrow(/broken\.json/u);
    expect(refused).toThrow(/empty\.json/u);
    expect(refused).toThrow(/other-name\.json: its id is lost-fact/u);
    expect(refused).toThrow(/lost-fact: formula\.fact: there is no fact gone/u);
  });
});
