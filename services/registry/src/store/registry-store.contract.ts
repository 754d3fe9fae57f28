import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConsumerEntry } from '../model/consumer.ts';
import type { PartnerEntry } from '../model/partner.ts';
import type { ApprovedVersion, PurposeEntry } from '../model/purpose.ts';
import { consumer, partner, purpose } from '../registry.fixture.ts';
import { describeOperationStore } from '../schemas/store/operation-store.contract.ts';
import { describeSchemaStore } from '../schemas/store/schema-store.contract.ts';
import { ClientInUseError, type RegistryEntry, type RegistryStore } from './registry-store.ts';

export interface StoreUnderTest {
  readonly store: RegistryStore;
  /** Another process's view of the same registry. */
  readonly other: RegistryStore;
  empty(): Promise<void>;
  close(): Promise<void>;
}

const partnerEntry = (id: string): PartnerEntry => ({
  id,
  revision: 1,
  content: partner(id),
  suspensions: [],
});
const consumerEntry = (
  id: string,
  clientId = id,
  organisation: string | null = null,
): ConsumerEntry => ({
  id,
  revision: 1,
  content: {
    ...consumer(clientId),
    clients: consumer(clientId).clients.map((client) => ({ ...client, organisation })),
  },
  suspensions: [],
});
const purposeEntry = (id: string, consumerId: string): PurposeEntry => ({
  id,
  consumerId,
  revision: 1,
  lastVersion: 1,
  pending: null,
  inForce: null,
  isArchived: false,
  suspensions: [],
});
const inForce: ApprovedVersion = {
  version: 1,
  content: purpose(),
  owners: ['centres'],
  grants: { centres: [] },
  approvedAt: '2026-11-22T10:00:00Z',
};

/** The promises every adapter of the registry's store keeps. */
export function describeRegistryStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`registry store (${name})`, () => {
    let test: StoreUnderTest;
    let store: RegistryStore;
    beforeAll(async () => {
      test = await open();
    });
    beforeEach(async () => {
      await test.empty();
      ({ store } = test);
    });
    afterAll(() => test.close());

    const save = (...entries: RegistryEntry[]) =>
      store.change(async (writer) => {
        for (const entry of entries) await writer.save(entry);
      });

    it('gives back what was saved, to every process', async () => {
      await save(
        { kind: 'partner', entry: partnerEntry('centres') },
        { kind: 'consumer', entry: consumerEntry('asker') },
        { kind: 'purpose', entry: { ...purposeEntry('beds', 'asker'), inForce } },
      );
      expect(await test.other.partner('centres')).toEqual(partnerEntry('centres'));
      expect(await test.other.consumer('asker')).toEqual(consumerEntry('asker'));
      expect((await test.other.purpose('beds'))?.inForce).toEqual(inForce);
      expect(await store.purpose('none')).toBeNull();
    });

    it('counts one version for each change that saved something', async () => {
      expect(await store.version()).toBe(0);
      await save(
        { kind: 'partner', entry: partnerEntry('a1') },
        { kind: 'partner', entry: partnerEntry('b2') },
      );
      await save();
      const announced = await store.change(async (writer) => {
        await writer.save({ kind: 'partner', entry: partnerEntry('c3') });
        return writer.versionAfter;
      });
      expect([announced, await test.other.version()]).toEqual([2, 2]);
    });

    it('keeps nothing of a change that fails', async () => {
      const failing = store.change(async (writer) => {
        await writer.save({ kind: 'partner', entry: partnerEntry('centres') });
        throw new Error('no evidence');
      });
      await expect(failing).rejects.toThrow('no evidence');
      expect([await store.partners(), await store.version()]).toEqual([[], 0]);
      await save({ kind: 'partner', entry: partnerEntry('centres') });
      expect(await store.version()).toBe(1);
    });

    it('makes changes one after the other, over all processes', async () => {
      await save({ kind: 'partner', entry: partnerEntry('centres') });
      const raise = (through: RegistryStore) =>
        through.change(async (writer) => {
          const entry = await writer.partner('centres');
          if (entry === null) throw new Error('lost');
          await writer.save({
            kind: 'partner',
            entry: { ...entry, revision: entry.revision + 1 },
          });
        });
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => raise(at % 2 === 0 ? store : test.other)),
      );
      expect((await store.partner('centres'))?.revision).toBe(21);
      expect(await store.version()).toBe(21);
    });

    it('finds the one consumer of a client, and refuses a second', async () => {
      await save({ kind: 'consumer', entry: consumerEntry('asker', 'shared') });
      const { issuer = '' } = consumer('x').clients[0] ?? {};
      const shared = { issuer, clientId: 'shared', organisation: null };
      expect((await store.consumerOfClient(shared))?.id).toBe('asker');
      expect(
        await store.consumerOfClient({ ...shared, issuer: 'https://elsewhere.example.org' }),
      ).toBeNull();
      await expect(
        save({ kind: 'consumer', entry: consumerEntry('thief', 'shared') }),
      ).rejects.toBeInstanceOf(ClientInUseError);
      await save({ kind: 'consumer', entry: consumerEntry('asker', 'renamed') });
      expect(await store.consumerOfClient(shared)).toBeNull();
    });

    it('tells apart the organisations whose people log in with one client', async () => {
      await save(
        { kind: 'consumer', entry: consumerEntry('north', 'portal', 'north') },
        { kind: 'consumer', entry: consumerEntry('south', 'portal', 'south') },
      );
      const { issuer = '' } = consumer('x').clients[0] ?? {};
      const of = async (organisation: string | null) =>
        (await store.consumerOfClient({ issuer, clientId: 'portal', organisation }))?.id;
      expect([await of('north'), await of('south')]).toEqual(['north', 'south']);
      expect([await of(null), await of('west')]).toEqual([undefined, undefined]);
    });

    it('pages in the order of the ids, of one consumer or of all', async () => {
      await save(
        { kind: 'consumer', entry: consumerEntry('asker') },
        { kind: 'consumer', entry: consumerEntry('other') },
        { kind: 'purpose', entry: purposeEntry('a-z', 'asker') },
        { kind: 'purpose', entry: purposeEntry('a1', 'other') },
        { kind: 'purpose', entry: purposeEntry('aa', 'asker') },
      );
      const ids = async (after: string, consumerId: string | null) =>
        (await store.purposesPage({ after, first: 2 }, consumerId)).map(({ id }) => id);
      expect(await ids('', null)).toEqual(['a-z', 'a1']);
      expect(await ids('a1', null)).toEqual(['aa']);
      expect(await ids('', 'asker')).toEqual(['a-z', 'aa']);
      expect(await store.consumersPage({ after: 'asker', first: 5 })).toHaveLength(1);
      expect(await store.count('purpose')).toBe(3);
    });

    it('knows whose data a consumer reads by what is in force, not by what it asks for', async () => {
      await save(
        { kind: 'consumer', entry: consumerEntry('asker') },
        { kind: 'purpose', entry: { ...purposeEntry('beds', 'asker'), inForce } },
        {
          kind: 'purpose',
          entry: {
            ...purposeEntry('old', 'asker'),
            inForce: { ...inForce, owners: ['services'] },
            isArchived: true,
          },
        },
        { kind: 'purpose', entry: purposeEntry('draft', 'asker') },
      );
      expect(await store.partnersReadBy('asker')).toEqual(['centres']);
      expect(await store.partnersReadBy('nobody')).toEqual([]);
    });

    it('reads everything at one moment', async () => {
      await save(
        { kind: 'consumer', entry: consumerEntry('asker') },
        { kind: 'purpose', entry: purposeEntry('beds', 'asker') },
      );
      const contents = await store.contents();
      expect(contents).toMatchObject({
        version: 1,
        partners: [],
        consumers: [{ id: 'asker' }],
        purposes: [{ id: 'beds' }],
      });
    });

    it('keeps text as it was written, whatever is in it', async () => {
      const name = `"'; DROP TABLE registry.partner; -- è 𝄞 \\u0000 {}`;
      const entry = { ...partnerEntry('centres'), content: { ...partner('centres'), name } };
      await save({ kind: 'partner', entry });
      expect((await store.partner('centres'))?.content.name).toBe(name);
    });

    describeSchemaStore(name, () => test);
    describeOperationStore(name, () => test);
  });
}
