import { afterEach, describe, expect, it } from 'vitest';
import { digestFiles } from '../digest-files.ts';
import { type Composer, type ComposerOptions, createComposer } from './composer.ts';
import type { CompositionJob, DigestedSource } from './composition-job.ts';

const opened: Composer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((composer) => composer.close()));
});

function open(more: Partial<ComposerOptions> = {}): Composer {
  const composer = createComposer({ logError: () => undefined, ...more });
  opened.push(composer);
  return composer;
}

function source(name: string, text: string): DigestedSource {
  const files = [{ path: `${name}.graphql`, text }];
  return { name, owner: name, url: 'http://127.0.0.1/graphql', files, digest: digestFiles(files) };
}

const job = (more: Partial<CompositionJob> = {}): CompositionJob => ({
  submitted: [],
  others: [],
  partners: [],
  waivers: [],
  contracts: [],
  before: null,
  ...more,
});

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;
const centres = source(
  'centres',
  `${federation} type Query { free: [Bed!] } type Bed @key(fields: "code") { code: ID! free: Int }`,
);
const services = source(
  'services',
  `${federation} type Query { cases: Int } type Bed @key(fields: "code") { code: ID! cases: Int }`,
);

describe('the composer with its own worker', () => {
  it('composes in a thread of its own, and says whose each field is', async () => {
    const composer = open();
    const { graph } = await composer.compose(job({ others: [centres, services] }));
    expect(graph?.sdl).toContain('join__Graph');
    expect(graph?.id).toMatch(/^[0-9a-f]{64}$/u);
    expect(graph?.owners).toMatchObject({
      'Bed.free': ['centres'],
      'Bed.cases': ['services'],
      'Bed.code': ['centres', 'services'],
    });
  });

  it('does not compose twice what is the same', async () => {
    const composer = open();
    const first = await composer.compose(job({ others: [centres] }));
    expect(await composer.compose(job({ others: [centres] }))).toBe(first);
    expect(await composer.compose(job({ others: [services] }))).not.toBe(first);
  });

  it('says what goes, whose questions could fail by it, and what a variant shows', async () => {
    const composer = open();
    const tagged = source(
      'tagged',
      `${federation.replace('"@key"', '"@key", "@tag"')} type Query { beds: Int @tag(name: "public") cases: Int }`,
    );
    const before = await composer.compose(job({ others: [tagged, centres] }));
    const { graph, changes } = await composer.compose(
      job({
        others: [tagged],
        contracts: [{ name: 'public', includeTags: ['public'], excludeTags: [] }],
        before: { id: before.graph?.id ?? '', sdl: before.graph?.sdl ?? '' },
      }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'TYPE_REMOVED', coordinate: 'Bed', isBreaking: true }),
    );
    expect(graph?.contracts).toMatchObject([{ contract: 'public' }]);
    expect(graph?.contracts[0]?.sdl).toMatch(/cases.*@inaccessible/u);
    const { findings } = await composer.compose(
      job({
        others: [tagged],
        contracts: [{ name: 'other', includeTags: ['other'], excludeTags: [] }],
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'CONTRACT_LEAVES_NOTHING', severity: 'ERROR' }),
    );
  });

  it('says what does not compose instead of composing it', async () => {
    const { graph, findings } = await open().compose(
      job({ others: [centres, source('broken', 'type Query {')] }),
    );
    expect(graph).toBeNull();
    expect(findings).toMatchObject([{ severity: 'ERROR', place: { subgraph: 'broken' } }]);
  });
});

describe('a composer that meets hostile schemas', () => {
  const workerFile = new URL('hostile-worker.fixture.mjs', import.meta.url);
  const about = (what: string) => job({ partners: [what] });
  /** The thread that answered. */
  const threadOf = async (composer: Composer, what: string) =>
    (await composer.compose(about(what))).graph?.id;

  it.each([
    ['hang', 'COMPOSITION_TIMEOUT', 3_000],
    ['memory', 'SCHEMA_TOO_LARGE', 30_000],
    ['crash', 'COMPOSITION_FAILED', 30_000],
  ])(
    'what makes it %s is refused with %s, and the next has another worker',
    async (what, code, timeoutMs) => {
      const composer = open({ workerFile, timeoutMs, memoryMb: 32 });
      const before = await threadOf(composer, 'well');
      await expect(composer.compose(about(what))).rejects.toMatchObject({ code });
      const after = await threadOf(composer, 'well afterwards');
      expect(after).not.toBe(before);
      expect(await threadOf(composer, 'well again')).toBe(after);
    },
  );

  it('keeps a worker that only could not read something', async () => {
    const composer = open({ workerFile });
    const thread = await threadOf(composer, 'well');
    await expect(composer.compose(about('fail'))).rejects.toMatchObject({
      code: 'COMPOSITION_FAILED',
    });
    expect(await threadOf(composer, 'well again')).toBe(thread);
  });

  it('lets sixteen wait and tells the others to come again', async () => {
    const composer = open({ workerFile });
    const answers = await Promise.allSettled(
      Array.from({ length: 18 }, (_, at) => composer.compose(about(`job ${at}`))),
    );
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([
      { reason: { code: 'COMPOSITION_BUSY' } },
      { reason: { code: 'COMPOSITION_BUSY' } },
    ]);
  });

  it('ends what is under way when it is closed', async () => {
    const composer = open({ workerFile });
    const hanging = composer.compose(about('hang'));
    const ended = expect(hanging).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await composer.close();
    await ended;
  });
});
