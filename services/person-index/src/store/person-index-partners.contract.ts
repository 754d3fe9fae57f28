import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FOUNDING_PARTNERS } from '../partner.ts';
import { KEY, opaque, person, type StoreUnderTest } from './person-index-store.contract.ts';
import {
  type NewPartner,
  PartnerRemovedError,
  type PersonIndexStore,
} from './person-index-store.ts';

const centre: NewPartner = {
  name: 'employment-centre',
  label: { en: 'Employment centre', it: 'centro per l’impiego' },
  tokenSha256: 'a'.repeat(64),
};

/** Institutions come and go while the index runs. */
export function describePersonIndexPartners(
  name: string,
  open: () => Promise<StoreUnderTest>,
): void {
  describe(`further partners of the person index (${name})`, () => {
    let test: StoreUnderTest;
    let store: PersonIndexStore;
    beforeAll(async () => {
      test = await open();
      store = test.store;
    });
    beforeEach(() => test.empty());
    afterAll(() => test.close());

    async function keysOf(partner: string, one: string): Promise<string[] | null> {
      const key = { partner, sectorKey: opaque(one) };
      const [found] = await store.clustersBySectorKeys('people', [key]);
      return found ? Object.keys(found.cluster.sectorKeys).sort() : null;
    }

    /** One person whom a founding institution, the new one and another know, the two only through the new one. */
    async function enrolThree(): Promise<void> {
      await store.savePartner(centre, 50);
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople('social-services', KEY, [person('s', [['STP', '2']])]);
      const both = person('e', [
        ['CUI', '1'],
        ['STP', '2'],
      ]);
      await store.enrolPeople(centre.name, KEY, [both]);
    }

    async function forgetAll(): Promise<number> {
      let all = 0;
      for (;;) {
        const forgotten = await store.forgetRemoved();
        all += forgotten;
        if (forgotten === 0) return all;
      }
    }

    it('a new one enrols, is linked and counted as the founding ones are, also by another process', async () => {
      await enrolThree();
      const everybody = ['employment-centre', 'reception-centres', 'social-services'];
      expect(await keysOf(centre.name, 'e')).toEqual(everybody);
      expect(await keysOf('reception-centres', 'r')).toEqual(everybody);
      const status = await store.status([...FOUNDING_PARTNERS, centre.name]);
      expect(status.partners.at(-1)).toMatchObject({ partner: centre.name, people: 1 });
      expect(status.peopleByInstitutionCount.map(({ people }) => people)).toEqual([0, 0, 1, 0, 0]);
      const other = test.reopen();
      expect(await other.partners()).toEqual([{ ...centre, removedAt: null }]);
      await other.close();
    });

    it('one that is removed is found by nobody at once, joins nobody once its records are forgotten, and leaves nothing', async () => {
      await enrolThree();
      await store.noteAccesses([
        {
          partner: centre.name,
          sectorKey: opaque('e'),
          day: '2026-11-22',
          purpose: 'p',
          times: 1,
          requestIds: [],
        },
      ]);
      expect(await store.removePartner(centre.name)).toBe(true);
      expect(await keysOf(centre.name, 'e')).toBeNull();
      expect(await keysOf('reception-centres', 'r')).not.toContain(centre.name);
      expect((await store.status(FOUNDING_PARTNERS)).people).toBe(1);
      expect(await forgetAll()).toBe(1);
      expect(await keysOf('reception-centres', 'r')).toEqual(['reception-centres']);
      expect(await keysOf('social-services', 's')).toEqual(['social-services']);
      expect(await test.dump()).not.toContain(opaque('e'));
      expect(await store.removePartner(centre.name)).toBe(false);
    });

    it('whom it protected stays protected after it is gone', async () => {
      await store.savePartner(centre, 50);
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      await store.enrolPeople(centre.name, KEY, [
        person('e', [['CUI', '1']], { isRestricted: true }),
      ]);
      await store.removePartner(centre.name);
      expect(await keysOf('reception-centres', 'r')).toBeNull();
      await forgetAll();
      expect(await keysOf('reception-centres', 'r')).toBeNull();
    });

    it('what a removed one sends is not taken, and it comes back only after it was forgotten', async () => {
      await enrolThree();
      await store.removePartner(centre.name);
      await expect(
        store.enrolPeople(centre.name, KEY, [person('late', [['CUI', '9']])]),
      ).rejects.toBeInstanceOf(PartnerRemovedError);
      await expect(store.remove(centre.name, 'people', [opaque('e')])).rejects.toBeInstanceOf(
        PartnerRemovedError,
      );
      expect(await store.savePartner(centre, 50)).toBe('BEING_FORGOTTEN');
      await forgetAll();
      expect(await store.savePartner(centre, 50)).toBe('SAVED');
      expect(await keysOf(centre.name, 'e')).toBeNull();
    });

    it('nothing of another institution is forgotten with it', async () => {
      await enrolThree();
      const before = await store.figures('reception-centres');
      await store.removePartner(centre.name);
      await forgetAll();
      expect(await store.figures('reception-centres')).toEqual(before);
      expect(await store.removePartner('reception-centres')).toBe(false);
    });

    it('no two have one token, there are so many at the most, and one may change its words and token', async () => {
      expect(await store.savePartner(centre, 2)).toBe('SAVED');
      const second = { ...centre, name: 'second', tokenSha256: 'b'.repeat(64) };
      expect(await store.savePartner({ ...second, tokenSha256: centre.tokenSha256 }, 2)).toBe(
        'TOKEN_TAKEN',
      );
      expect(await store.savePartner(second, 2)).toBe('SAVED');
      const third = { ...centre, name: 'third', tokenSha256: 'c'.repeat(64) };
      expect(await store.savePartner(third, 2)).toBe('TOO_MANY');
      const changed = {
        ...centre,
        label: { en: 'Jobs', it: 'lavoro' },
        tokenSha256: 'd'.repeat(64),
      };
      expect(await store.savePartner(changed, 2)).toBe('SAVED');
      expect((await store.partners()).map(({ tokenSha256 }) => tokenSha256)).toEqual([
        'd'.repeat(64),
        'b'.repeat(64),
      ]);
    });

    it('what a removed one was called is kept for thirty days', async () => {
      await store.savePartner(centre, 50);
      await store.removePartner(centre.name);
      await forgetAll();
      expect(await store.partners()).toMatchObject([{ name: centre.name, tokenSha256: null }]);
      test.setClock('2026-12-24T04:00:00Z');
      await forgetAll();
      expect(await store.partners()).toEqual([]);
    });
  });
}
