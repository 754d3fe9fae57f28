import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith, run, testKeys } from './run-in-folder.fixture.ts';

const part = fileURLToPath(new URL('../', import.meta.url));
const fixture = (name: string) => join(part, 'fixtures', name);
const ofSocialServices = [
  ...[fixture('invented-social-services.csv'), '--issuer', 'social-services'],
  ...['--columns', fixture('social-services-columns.json')],
  ...['--delimiter', ';', '--encoding', 'latin1'],
];

let outcomes: Awaited<ReturnType<typeof run>>[];
let encoded: string;

beforeAll(async () => {
  const out = join(folderWith({}), 'reception-centres.encoded');
  const check = ['link', 'check', ...ofSocialServices, '--against', out];
  outcomes = [
    await run(['link', 'encode', fixture('invented-reception-centres.csv'), '--out', out]),
    await run(check),
    await run([...check, '--json']),
    await run(['link', 'encode', ...ofSocialServices, '--out', `${out}.ours`], testKeys),
  ];
  encoded = readFileSync(out, 'utf8') + readFileSync(`${out}.ours`, 'utf8');
});

/** What must not be found in any output: every cell of three characters or more, but words that are ours too. */
function clearValues(): string[] {
  const cells = ['invented-social-services.csv', 'invented-reception-centres.csv'].flatMap((name) =>
    readFileSync(fixture(name), 'latin1')
      .split(/[;,\r\n]+/)
      .slice(16),
  );
  const words = cells.flatMap((cell) => [cell, ...cell.split(' ')]);
  const columns =
    /^(local_id|name|birth_date|sex|citizenship|cui|vestanet|codice_fiscale|household_code)$/;
  return [...new Set(words)].filter((word) => word.length > 4 && !columns.test(word));
}

describe('the walk-through of the README, with the invented exports', () => {
  it('gives the figures that the README shows, whatever the keys', () => {
    const readme = readFileSync(join(part, 'README.md'), 'utf8');
    const [, checked, asJson] = outcomes;
    expect(checked?.printed.length).toBeGreaterThan(1000);
    expect(readme).toContain(checked?.printed);
    const { against } = JSON.parse(asJson?.printed ?? '') as { against: object };
    const shown = /```json\n([^`]+)```/.exec(readme)?.[1] ?? '';
    expect(JSON.parse(shown)).toEqual(JSON.parse(asJson?.printed ?? ''));
    expect(against).toMatchObject({ linked: { people: 33 }, toReview: { people: 1 }, alone: 22 });
  });

  it('ends with 0 where all was read, and with 1 where rows were refused', () => {
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 1, 1, 1]);
  });

  it('lets no value of the exports into a report, a message or an encoded file', () => {
    const values = clearValues();
    expect(values.length).toBeGreaterThan(400);
    const texts = [...outcomes.flatMap(({ printed, said }) => [printed, said]), encoded].join('\n');
    expect(values.filter((value) => texts.includes(value))).toEqual([]);
  });
});
