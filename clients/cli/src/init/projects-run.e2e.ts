import { randomUUID } from 'node:crypto';
import { runConformance } from '@tavolo/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindParts, type ProjectKind } from './project-kinds.ts';
import { makeTrialProject, type TrialProject } from './run-project.fixture.ts';

const kinds = (Object.keys(kindParts) as ProjectKind[]).filter((kind) => kind !== 'other'); // its keys are the kinds

describe.each(kinds)('a project that begins as %s', (kind) => {
  let project: TrialProject;
  beforeAll(async () => {
    project = await makeTrialProject(kind);
  });
  afterAll(() => project.remove());

  it('is right in every type, and passes its own tests', async () => {
    await project.node('node_modules/typescript/bin/tsc', '--noEmit', '--preserveSymlinks');
    const out = await project.node('node_modules/vitest/vitest.mjs', 'run', '--no-color');
    expect(out).toMatch(/Tests\s+\d+ passed/u);
    expect(out).not.toMatch(/failed|skipped/u);
  }, 240_000);

  it('starts with invented data, keeps every promise of the contract, and ends when it is told to', async () => {
    const running = await project.start();
    const report = await runConformance({
      url: running.url,
      subgraph: 'employment-centre',
      contextKey: running.key,
      issuer: 'tavolo-gateway',
      canaries: ['INVENTED-0001', 'PERSON-001', 'Inventati', 'nota inventata'],
      now: () => new Date(),
      newId: randomUUID,
    });
    expect(report.results.filter(({ outcome }) => outcome === 'BROKEN')).toEqual([]);
    expect(report.verdict).toBe('CONFORMS');
    const tried = report.results.filter(({ outcome }) => outcome === 'KEPT');
    expect(tried.length).toBeGreaterThan(report.results.length / 2);
    expect(await running.stop()).toBe(0);
  }, 240_000);
});
