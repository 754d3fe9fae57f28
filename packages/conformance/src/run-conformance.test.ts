import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ContextSigningKey } from '@tavolo/caller-context';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type BadSubgraph,
  plantedCanaries,
  type SubgraphFault,
  startBadSubgraph,
  subgraphFaults,
} from './bad-subgraph.fixture.ts';
import {
  type ConformanceReport,
  conformancePromises,
  conformanceReport,
  runConformance,
} from './index.ts';

const key: ContextSigningKey = {
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: 'conformance',
};
const now = () => new Date();
const common = { issuer: 'trial-gateway', now } as const;

let running: BadSubgraph | undefined;
afterEach(() => running?.close());

async function tryWith(...faults: readonly SubgraphFault[]): Promise<ConformanceReport> {
  const keys = [{ x: key.x ?? '', kid: key.kid }];
  running = await startBadSubgraph({ ...common, name: 'trial', keys, faults });
  return runConformance({
    ...common,
    url: running.url,
    subgraph: 'trial',
    contextKey: key,
    samples: {
      Person: [{ trialKey: 'person-1' }, { trialKey: 'person-2' }, { trialKey: 'person-3' }],
    },
    canaries: plantedCanaries,
    publishedSdl: running.publishedSdl,
    newId: randomUUID,
    limits: { deadlineGraceMs: 1_000, manyKeys: 200, manyKeysFloorMs: 1_000 },
  });
}

const brokenIn = ({ results }: ConformanceReport) =>
  results.filter(({ outcome }) => outcome === 'BROKEN').map(({ code }) => code);
const allFaults = Object.keys(subgraphFaults) as SubgraphFault[]; // the keys are its own

describe('a subgraph that keeps the contract', { timeout: 60_000 }, () => {
  it('conforms, with every promise tried', async () => {
    const report = await tryWith();
    expect(report.results.filter(({ outcome }) => outcome !== 'KEPT')).toEqual([]);
    expect(report.verdict).toBe('CONFORMS');
    expect(report.results.map(({ code }) => code)).toEqual(
      conformancePromises.map(({ code }) => code),
    );
    expect(conformanceReport.parse(report)).toEqual(report);
  });
});

describe('a subgraph with one fault', { timeout: 60_000 }, () => {
  it.each(allFaults)('%s: exactly that promise is broken', async (fault) => {
    const report = await tryWith(fault);
    expect(brokenIn(report)).toEqual([subgraphFaults[fault]]);
    expect(report.verdict).toBe('DOES_NOT_CONFORM');
    const found = report.results.find(({ outcome }) => outcome === 'BROKEN');
    expect(found?.sent).toBeTruthy();
    expect(found?.came).toBeTruthy();
    expect(found?.change?.it).toBeTruthy();
    expect(JSON.stringify(report)).not.toContain(plantedCanaries[0]);
  });

  it('there is a fault for every promise', () => {
    const broken = new Set<string>(Object.values(subgraphFaults));
    expect(conformancePromises.filter(({ code }) => !broken.has(code))).toEqual([]);
  });
});

describe('a subgraph with every fault', { timeout: 60_000 }, () => {
  it('has each of them named', async () => {
    // These two leave nothing to be tried.
    const hiding: readonly SubgraphFault[] = ['answers-nobody', 'broken-sdl'];
    const faults = allFaults.filter((fault) => !hiding.includes(fault));
    const report = await tryWith(...faults);
    const expected = new Set<string>(faults.map((fault) => subgraphFaults[fault]));
    expect(new Set(brokenIn(report))).toEqual(expected);
  });
});
