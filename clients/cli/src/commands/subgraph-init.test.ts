import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { run } from '../run-in-folder.fixture.ts';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'tavolo-init-'));
});
const init = (...more: readonly string[]) => run(['subgraph', 'init', ...more], {});
const good = ['--name', 'employment-centre', '--kind', 'csv'];

describe('tavolo subgraph init', () => {
  it('writes a project into a new folder and says what comes next', async () => {
    const folder = join(parent, 'centre');
    const { exitCode, printed } = await init(folder, ...good, '--title-it', "Centro per l'impiego");
    expect(exitCode).toBe(0);
    for (const step of ['npm install', 'npm start', 'npm run ask', 'npm test', 'README.md']) {
      expect(printed).toContain(step);
    }
    expect(readdirSync(folder)).toContain('.gitignore');
    expect(readFileSync(join(folder, 'schema.graphql'), 'utf8')).toContain(
      "Employment centre (iscrizione presso: Centro per l'impiego)",
    );
  });

  it('tells a program what it wrote', async () => {
    const { printed } = await init(join(parent, 'centre'), ...good, '--json');
    expect(JSON.parse(printed)).toMatchObject({ subgraph: 'employment-centre', kind: 'csv' });
  });

  it('writes over nothing', async () => {
    writeFileSync(join(parent, 'thesis.txt'), 'mine');
    const { exitCode, said } = await init(parent, ...good);
    expect([exitCode, said]).toEqual([2, expect.stringContaining('not empty')]);
    expect(readdirSync(parent)).toEqual(['thesis.txt']);
  });

  it('says what is missing instead of asking where nobody can answer', async () => {
    const folder = join(parent, 'centre');
    expect((await init(folder, '--kind', 'csv')).said).toContain('--name');
    expect((await init(folder, '--name', 'employment-centre')).said).toContain('--kind');
    expect(readdirSync(parent)).toEqual([]);
  });

  it.each([
    ['a name that is none', ['--name', '../../etc', '--kind', 'csv']],
    ['a name in the graph', ['--name', 'social-services', '--kind', 'csv']],
    ['a kind nobody knows', ['--name', 'employment-centre', '--kind', 'excel']],
    ['a title that ends the text', [...good, '--title-en', 'x" @deprecated']],
    ['a title of two lines', [...good, '--title-it', 'x\ny']],
    ['a contact that is none', [...good, '--contact', 'call me']],
    ['a port that is none', [...good, '--port', '99999']],
    ['a registry in the clear', [...good, '--registry', 'http://example.org']],
  ])('refuses %s, and writes nothing', async (_what, options) => {
    const { exitCode } = await init(join(parent, 'centre'), ...options);
    expect(exitCode).toBe(2);
    expect(readdirSync(parent)).toEqual([]);
  });
});
