import { readFileSync } from 'node:fs';
import type { SubgraphSource } from '@tavolo/schema-check';
import { checkSubgraphs } from '@tavolo/schema-check/compose';
import { readSubgraphSdl, subgraphNames } from '@tavolo/schemas';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectKinds } from './project-kinds.ts';
import { projectNames } from './project-names.ts';
import { trialFiles } from './trial-plan.fixture.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const packages = z.record(z.string(), z.string());

describe.each(projectKinds)('a project that begins as %s', (kind) => {
  it('has no placeholder left, nothing of ours to install, and no dot file under another name', async () => {
    for (const [path, text] of await trialFiles(kind)) {
      expect([path, /__[A-Z][A-Z_]*__/u.exec(text)?.[0]]).toEqual([path, undefined]);
      expect([path, /['"]@tavolo\//u.test(text)]).toEqual([path, false]);
      expect(path).not.toMatch(/(^|\/)dot\.|\.append$/u);
    }
  });

  it('has a schema, what the command line reads, and says what comes next', async () => {
    const files = await trialFiles(kind);
    expect(JSON.parse(files.get('tavolo.json') ?? '')).toEqual({
      subgraph: 'employment-centre',
      schema: ['schema.graphql'],
      url: 'http://127.0.0.1:4110/graphql',
      registry: 'http://127.0.0.1:4020',
      gateway: 'http://127.0.0.1:4000',
    });
    const page = files.get(kind === 'other' ? 'OTHER-LANGUAGES.md' : 'README.md') ?? '';
    for (const step of [
      'login',
      'link enrol',
      'subgraph check',
      'conformance',
      'subgraph publish',
    ]) {
      expect(page).toContain(`tavolo ${step === 'conformance' ? 'subgraph conformance' : step}`);
    }
  });

  it('installs the versions this repository is tested with', async () => {
    const manifest = (await trialFiles(kind)).get('package.json');
    expect(manifest === undefined).toBe(kind === 'other');
    if (manifest === undefined) return;
    const shape = z.object({
      dependencies: packages,
      devDependencies: packages,
      overrides: packages,
    });
    const { dependencies, devDependencies, overrides } = shape.parse(JSON.parse(manifest));
    const lock = z
      .object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) })
      .parse(JSON.parse(read('package-lock.json')));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([name, version]).toEqual([name, lock.packages[`node_modules/${name}`]?.version]);
    }
    expect({ overrides }).toEqual(
      z.object({ overrides: packages }).parse(JSON.parse(read('package.json'))),
    );
  });
});

describe('the schema of a project', () => {
  it('passes every rule of the house, and that of a second institution beside it', async () => {
    const partners = ['employment-centre', 'school-office'];
    const submitted = await Promise.all(
      partners.map(async (name): Promise<SubgraphSource> => {
        const text = (await trialFiles('other', name)).get('schema.graphql') ?? '';
        const url = 'http://127.0.0.1:4110/graphql';
        return { name, owner: name, url, files: [{ path: 'schema.graphql', text }] };
      }),
    );
    const others = subgraphNames.map((name): SubgraphSource => {
      const files = [{ path: `${name}.graphql`, text: readSubgraphSdl(name) }];
      // What the person index adds for each new partner.
      const keys = partners.map((partner) => projectNames(partner).key);
      const part = keys.map(
        (key) => `extend type Person @key(fields: "${key}") {
          "Sector key of an institution (chiave di settore)."
          ${key}: ID @inaccessible
        }`,
      );
      if (name === 'person-index') files.push({ path: 'partners.graphql', text: part.join('\n') });
      return { name, owner: name, url: 'http://127.0.0.1:4100/graphql', files };
    });
    const { findings, supergraphSdl } = checkSubgraphs({
      submitted,
      others,
      partners: [...subgraphNames, ...partners],
      waivers: [],
    });
    expect(findings.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    expect(supergraphSdl).toContain('employmentCentreEnrolments');
    expect(supergraphSdl).toContain('schoolOfficeEnrolments');
  }, 120_000);

  it('takes no type that is in the graph', () => {
    const types = [...read('schemas/supergraph.graphql').matchAll(/^(?:type|enum) (\w+)/gmu)];
    const ours = /Enrolment(Kind|Status|Connection)?$/u;
    expect(types.map(([, name = '']) => name).filter((name) => ours.test(name))).toEqual([]);
  });
});

it('the page for other languages holds the whole of "Verifying who asks"', async () => {
  const page = (await trialFiles('other')).get('OTHER-LANGUAGES.md') ?? '';
  let isCode = false;
  for (const line of read('packages/subgraph-kit/VERIFYING-THE-CALLER.md').split('\n')) {
    if (line.startsWith('```')) isCode = !isCode;
    // Its headings are one level further down there.
    expect(page).toContain(!isCode && line.startsWith('#') ? `#${line}` : line);
  }
});
