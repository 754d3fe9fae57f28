import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns } from '../input/columns.ts';
import { folderWith, run } from '../run-in-folder.fixture.ts';

/** In every value, so that any value that is printed is seen. */
const canary = 'QZXWVK';

const hostile = fc
  .tuple(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '"',
        '""',
        ',',
        '\n',
        '\r\n',
        '\0',
        '\u2028',
        '=cmd()',
        '__proto__',
        '\ufeff',
      ),
    ),
    fc.string({ unit: 'grapheme' }),
  )
  .map(([before, after]) => `${before}${canary}${after}`);
const cell = fc.oneof(hostile, fc.constantFrom('', '1990-04-01', 'F', 'MA', '0TVL0000001', 'U1'));
const csvCell = fc.oneof(
  cell,
  cell.map((text) => `"${text.replaceAll('"', '""')}"`),
);
const json = fc.oneof(
  fc.dictionary(
    fc.constantFrom(...columns, '__proto__', 'constructor'),
    fc.oneof(cell, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(cell)),
  ),
  fc.array(cell),
  cell,
);

/** Both commands read it, end in order, and neither prints, says nor writes any of it. */
async function expectSilence(name: string, content: string | Uint8Array): Promise<void> {
  const folder = folderWith({ [name]: content });
  const input = join(folder, name);
  const out = join(folder, 'out.ndjson');
  writeFileSync(out, '');
  const outcomes = [
    await run(['link', 'check', input, '--json']),
    await run(['link', 'check', input, '--against', input]),
    await run(['link', 'encode', input, '--out', out]),
  ];
  for (const { exitCode, printed, said } of outcomes) {
    expect([0, 1]).toContain(exitCode);
    expect(said).not.toContain('unexpected');
    expect(printed + said).not.toContain(canary);
  }
  expect(readFileSync(out, 'utf8')).not.toContain(canary);
}

describe('no input, however hostile, ends a command or is printed by it', () => {
  it('as rows of a CSV', async () => {
    const rows = fc.array(fc.array(csvCell, { minLength: 1, maxLength: 8 }), { maxLength: 12 });
    const header = fc.shuffledSubarray([...columns], { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(header, rows, async (names, lines) => {
        const text = [['local_id', ...names.filter((name) => name !== 'local_id')], ...lines];
        await expectSilence('people.csv', text.map((cells) => cells.join(',')).join('\n'));
      }),
      { numRuns: 60 },
    );
  });

  it('as a CSV without a header', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile), (lines) => expectSilence('people.csv', lines.join('\n'))),
      { numRuns: 30 },
    );
  });

  it('as lines of NDJSON', async () => {
    const lines = fc.array(
      fc.oneof(
        json.map((value) => JSON.stringify(value)),
        hostile,
      ),
    );
    await fc.assert(
      fc.asyncProperty(lines, (all) => expectSilence('people.ndjson', all.join('\n'))),
      { numRuns: 60 },
    );
  });

  it('as lines after the first of an encoded file', async () => {
    const folder = folderWith({ 'people.csv': 'local_id\nU1\n' });
    const [people, encoded] = [join(folder, 'people.csv'), join(folder, 'encoded')];
    await run(['link', 'encode', people, '--out', encoded]);
    const [keyLine = '', record = '{}'] = readFileSync(encoded, 'utf8').split('\n');
    const spoilt = fc
      .tuple(fc.nat({ max: record.length }), hostile)
      .map(([place, text]) => record.slice(0, place) + text + record.slice(place));
    const lines = fc.array(fc.oneof(spoilt, hostile, fc.constant(record)), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), async (all, isKeySpoilt) => {
        const first = isKeySpoilt ? keyLine.replace('test', canary) : keyLine;
        writeFileSync(encoded, [first, ...all].join('\n'));
        const { exitCode, printed, said } = await run([
          ...['link', 'check', people, '--against', encoded],
        ]);
        expect([0, 1]).toContain(exitCode);
        expect(said).not.toContain('unexpected');
        expect(printed + said).not.toContain(canary);
      }),
      { numRuns: 40 },
    );
  });

  it('as bytes that are no text', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('people.csv', 'people.ndjson'), (all, name) =>
        expectSilence(name, all),
      ),
      { numRuns: 40 },
    );
  });

  it('as one line of a megabyte, after which NDJSON is read on', async () => {
    const long = canary.repeat(200_000);
    const quoted = `local_id\nU1\n"${long}`;
    await expectSilence('people.csv', quoted);
    const lines = `{"local_id":"U1","name":"${long}"}\n{"local_id":"U2"}\n`;
    await expectSilence('people.ndjson', lines);
    const folder = folderWith({ 'people.ndjson': lines });
    const { printed } = await run(['link', 'check', join(folder, 'people.ndjson'), '--json']);
    expect(JSON.parse(printed)).toMatchObject({
      people: 1,
      refused: { 'line too long': { count: 1, rows: [1] } },
    });
  });
});
