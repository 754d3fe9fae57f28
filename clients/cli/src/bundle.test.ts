import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../scripts/create-bundle.ts';
import {
  passedReport,
  projectJson,
  refusedReport,
  type StubRegistry,
  startStubRegistry,
} from './registry.fixture.ts';
import { folderWith } from './run-in-folder.fixture.ts';

const minute = 60_000;
let registry: StubRegistry;
/** Holds the bundle and nothing else: no package, no repository above it. */
const alone = mkdtempSync(join(tmpdir(), 'tavolo-bundle-'));
const file = join(alone, 'tavolo.mjs');

beforeAll(async () => {
  registry = await startStubRegistry();
  await bundle(file);
}, 5 * minute);
afterAll(async () => registry.close());

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundle with Node alone, in another folder. */
function tavolo(args: readonly string[], cwd = tmpdir(), env: Record<string, string> = {}) {
  return new Promise<Ended>((resolve) => {
    const child = execFile(process.execPath, [file, ...args], { cwd, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe('the command line as one file', { timeout: 2 * minute }, () => {
  it('is one file', () => {
    expect(readdirSync(alone)).toEqual(['tavolo.mjs']);
  });

  it('runs without packages: help, explanations, the hub’s documents', async () => {
    const help = await tavolo(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('subgraph');
    const explained = await tavolo(['explain', 'BORDER_NOT_NULLABLE', '--lang', 'it']);
    expect(explained.stdout).toContain('annullabile');
    expect((await tavolo(['run', '--list'])).stdout).toMatch(/^plan-meeting +Plans a meeting/mu);
    const described = await tavolo(['run', 'plan-meeting', '--describe']);
    expect(described.stdout).toContain('clientKey: ID!');
  });

  it('checks a schema, and ends with what the registry says', async () => {
    const cwd = folderWith({
      'tavolo.json': projectJson,
      'schema.graphql': 'type Query { a: ID }',
    });
    const env = { XDG_CONFIG_HOME: registry.configHome, TAVOLO_REGISTRY: registry.url };
    registry.answers.set('POST /checks', { json: passedReport });
    expect(await tavolo(['subgraph', 'check'], cwd, env)).toMatchObject({ code: 0, stderr: '' });
    registry.answers.set('POST /checks', { json: refusedReport });
    const refused = await tavolo(['subgraph', 'check', '--json'], cwd, env);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toEqual(refusedReport);
    const nobody = { ...env, TAVOLO_REGISTRY: 'http://127.0.0.1:1' };
    expect(await tavolo(['subgraph', 'check'], cwd, nobody)).toMatchObject({ code: 3 });
    expect(await tavolo(['subgraph', 'check', '--lang', 'fr'], cwd, env)).toMatchObject({
      code: 2,
    });
  });

  it('checks a file of people and an evidence log, which have parts that are loaded late', async () => {
    const cwd = folderWith({ 'people.csv': 'local_id,cui\nU1,0TVL0000001\n' });
    const checked = await tavolo(['link', 'check', 'people.csv', '--json'], cwd);
    expect(JSON.parse(checked.stdout)).toMatchObject({ people: 1 });
    const verified = await tavolo(['audit', 'verify', cwd, '--json'], cwd);
    expect(verified.stderr).not.toContain('unexpected failure');
  });
});
