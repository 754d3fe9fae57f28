import { beforeEach, describe, expect, it } from 'vitest';
import type { RegistryStore } from '../../store/registry-store.ts';
import type { WaiverEntry } from '../model/contract-entry.ts';
import type { ReleaseEntry } from '../model/release-entry.ts';
import type { SubgraphEntry, VersionText } from '../model/subgraph-entry.ts';
import { mostKept, type SchemaWriter } from './schema-store.ts';

const subgraph = (name: string, more: Partial<SubgraphEntry> = {}): SubgraphEntry => ({
  name,
  owner: name,
  version: null,
  lastVersion: 1,
  deprecation: null,
  isArchived: false,
  ...more,
});
const version = (
  name: string,
  number: number,
  publishedAt: string | null = '2026-11-22T10:00:00.000Z',
): VersionText => ({
  subgraph: name,
  version: number,
  digest: `digest ${number}`,
  url: 'https://partner.example.org/graphql',
  note: '',
  createdAt: '2026-11-22T10:00:00.000Z',
  createdBy: name,
  publishedAt,
  files: [
    { path: `${name}.graphql`, text: `type Query { è: "'; DROP TABLE registry.subgraph; --" }` },
  ],
});
const release = (sequence: number, more: Partial<ReleaseEntry> = {}): ReleaseEntry => ({
  head: {
    sequence,
    id: 'a'.repeat(64),
    cause: 'PUBLISHED',
    issuedAt: '2026-11-22T10:00:00.000Z',
    subgraphs: [],
  },
  sdl: `supergraph ${sequence}`,
  owners: { 'Bed.free': ['centres'] },
  contracts: [],
  ...more,
});
const waiver: WaiverEntry = {
  subgraph: 'centres',
  code: 'IDENTIFIER',
  coordinate: 'Person.name',
  reason: 'Motivo',
  until: '2026-12-31T00:00:00.000Z',
  grantedBy: 'services',
  grantedAt: '2026-11-22T10:00:00.000Z',
};

/** The promises every adapter keeps of the schemas' side; `test` opens and empties the store. */
export function describeSchemaStore(
  name: string,
  test: () => { readonly store: RegistryStore; readonly other: RegistryStore },
): void {
  describe(`schema store (${name})`, () => {
    let store: RegistryStore;
    let other: RegistryStore;
    beforeEach(() => {
      ({ store, other } = test());
    });
    const write = (work: (schemas: SchemaWriter) => Promise<void>) =>
      store.change(({ schemas }) => work(schemas));

    it('gives back versions with their text, newest first, to every process', async () => {
      await write(async (schemas) => {
        await schemas.saveSubgraph(subgraph('centres', { version: 2, lastVersion: 3 }));
        for (const number of [1, 2, 3]) await schemas.saveVersion(version('centres', number));
      });
      expect(await other.schemas.subgraph('centres')).toMatchObject({ version: 2 });
      expect(await other.schemas.version('centres', 2)).toEqual(version('centres', 2));
      const page = await other.schemas.versionsPage('centres', { before: 3, first: 5 });
      expect(page.map((one) => one.version)).toEqual([2, 1]);
      expect(page[0]).not.toHaveProperty('files');
      expect(await store.schemas.version('centres', 9)).toBeNull();
      expect(await store.schemas.version('nobody', 1)).toBeNull();
    });

    it('knows the versions in the graph, and only those', async () => {
      await write(async (schemas) => {
        await schemas.saveSubgraph(subgraph('services', { version: 1 }));
        await schemas.saveSubgraph(subgraph('centres', { version: 1 }));
        await schemas.saveSubgraph(subgraph('archived', { isArchived: true }));
        for (const one of ['services', 'centres', 'archived']) {
          await schemas.saveVersion(version(one, 1));
        }
      });
      const texts = await store.schemas.textsInForce();
      expect(texts.map((one) => one.subgraph)).toEqual(['centres', 'services']);
      expect(texts[0]?.files).toEqual(version('centres', 1).files);
      const entries = await store.schemas.versionsInForce();
      expect(entries.map((one) => one.subgraph)).toEqual(['centres', 'services']);
    });

    it('keeps a bounded number of drafts, and never drops what is in the graph', async () => {
      await write(async (schemas) => {
        await schemas.saveSubgraph(subgraph('centres', { version: 1 }));
        await schemas.saveVersion(version('centres', 1));
        for (let number = 2; number < mostKept.drafts + 5; number += 1) {
          await schemas.saveVersion(version('centres', number, null));
        }
      });
      const kept = await store.schemas.versionsPage('centres', { before: null, first: 100 });
      expect(kept).toHaveLength(mostKept.drafts + 1);
      expect(kept.at(-1)).toMatchObject({ version: 1 });
      expect(kept.at(-2)).toMatchObject({ version: 5 });
    });

    it('serves the newest release, its variants and its owners, as one', async () => {
      expect([await store.schemas.releaseHead(), await store.schemas.fieldOwners()]).toEqual([
        null,
        null,
      ]);
      expect(await store.schemas.releasedSdl(null)).toBeNull();
      const contracts = [{ contract: 'public', sdl: 'a variant' }];
      await write((schemas) => schemas.saveRelease(release(1, { contracts })));
      expect(await other.schemas.release()).toEqual(release(1, { contracts }));
      expect(await other.schemas.releasedSdl('public')).toEqual({
        head: release(1).head,
        sdl: 'a variant',
      });
      await write((schemas) => schemas.saveRelease(release(2, { owners: {} })));
      expect(await other.schemas.releaseHead()).toMatchObject({ sequence: 2 });
      expect(await other.schemas.releasedSdl(null)).toMatchObject({ sdl: 'supergraph 2' });
      expect(await other.schemas.releasedSdl('public')).toBeNull();
      expect(await other.schemas.fieldOwners()).toEqual({});
    });

    it('counts releases apart from the entries of the registry', async () => {
      await write((schemas) => schemas.saveRelease(release(1)));
      expect(await other.heads()).toEqual({ version: 0, sequence: 1 });
    });

    it('keeps nothing of a change that fails', async () => {
      const failing = write(async (schemas) => {
        await schemas.saveSubgraph(subgraph('centres', { version: 1 }));
        await schemas.saveVersion(version('centres', 1));
        await schemas.saveRelease(release(1));
        throw new Error('no evidence');
      });
      await expect(failing).rejects.toThrow('no evidence');
      expect(await store.schemas.subgraphs()).toEqual([]);
      expect(await store.schemas.version('centres', 1)).toBeNull();
      expect(await store.heads()).toEqual({ version: 0, sequence: 0 });
    });

    it('has one contract of a name, and one waiver of a place', async () => {
      const contract = { name: 'public', includeTags: ['public'], excludeTags: [] };
      await write(async (schemas) => {
        await schemas.saveContract({ ...contract, includeTags: [] });
        await schemas.saveContract(contract);
        await schemas.saveWaiver({ ...waiver, reason: 'Prima' });
        await schemas.saveWaiver(waiver);
      });
      expect(await other.schemas.contracts()).toEqual([contract]);
      expect(await other.schemas.waivers()).toEqual([waiver]);
    });
  });
}
