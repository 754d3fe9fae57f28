import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KEY, opaque, person, type StoreUnderTest } from './person-index-store.contract.ts';
import type { ListedPerson, PersonIndexStore } from './person-index-store.ts';

/** Everybody page by page, and found again by what the coordination table knows them by. */
export function describePersonIndexListing(
  name: string,
  open: () => Promise<StoreUnderTest>,
): void {
  describe(`everybody in the person index (${name})`, () => {
    let test: StoreUnderTest;
    let store: PersonIndexStore;
    beforeAll(async () => {
      test = await open();
      store = test.store;
    });
    beforeEach(() => test.empty());
    afterAll(() => test.close());

    const enrol = (...people: ReturnType<typeof person>[]) =>
      store.enrolPeople('social-services', KEY, people);

    async function everybody(size: number): Promise<ListedPerson[]> {
      const all: ListedPerson[] = [];
      for (;;) {
        const page = await store.peopleAfter(all.at(-1)?.ref ?? null, size);
        all.push(...page);
        if (page.length < size) return all;
      }
    }

    const keys = (listed: readonly ListedPerson[]) =>
      listed.map((one) => one.person.sectorKeys['social-services']).sort();

    it('lists everybody once, whatever the size of the page, in the order of their references', async () => {
      const names = Array.from({ length: 23 }, (_, index) => `s${index}`);
      await enrol(...names.map((one) => person(one)));
      for (const size of [1, 7, 23, 50]) {
        const listed = await everybody(size);
        expect(keys(listed)).toEqual(names.map(opaque).sort());
        const refs = listed.map(({ ref }) => ref);
        expect(refs).toEqual([...refs].sort((a, b) => (a < b ? -1 : 1)));
      }
    });

    it('lists one whom two institutions know once, with what each of them knows', async () => {
      await enrol(person('s', [['CUI', '1']]));
      await store.enrolPeople('reception-centres', KEY, [person('r', [['CUI', '1']])]);
      expect((await everybody(10)).map((one) => one.person.sectorKeys)).toEqual([
        { 'social-services': opaque('s'), 'reception-centres': opaque('r') },
      ]);
    });

    it.each([
      ['protected', { isRestricted: true }],
      ['against being shared', { sharing: 'EXCLUDED' }],
      ['too new', { knownSince: '2026-11-20' }],
    ] as const)('neither lists nor finds again who is %s, also once known', async (_what, flag) => {
      await enrol(person('s'), person('other'));
      const ref = (await everybody(10)).find(
        (one) => one.person.sectorKeys['social-services'] === opaque('s'),
      )?.ref;
      await enrol(person('s', [], flag));
      expect(keys(await everybody(10))).toEqual([opaque('other')]);
      expect(await store.clustersByRefs([ref ?? ''])).toEqual([]);
    });

    it('finds people by their references, and nobody by another, in one statement for all', async () => {
      await enrol(person('s'), person('s2'));
      const listed = await everybody(10);
      test.takeStatements();
      const found = await store.clustersByRefs(listed.map(({ ref }) => ref));
      expect(test.takeStatements()).toHaveLength(1);
      expect(new Map(found.map((one) => [one.ref, one.person]))).toEqual(
        new Map(listed.map((one) => [one.ref, one.person])),
      );
      expect(await store.clustersByRefs(['', 'x'.repeat(43), "' OR true --"])).toEqual([]);
    });

    it('finds who came in since by the reference they have, whether or not anybody listed them', async () => {
      await enrol(person('s'));
      const [before] = await everybody(10);
      await enrol(person('s2', [['CUI', '2']]));
      const [ref] = (await test.reopen().peopleAfter(null, 10)).flatMap((one) =>
        one.ref === before?.ref ? [] : one.ref,
      );
      expect((await store.clustersByRefs([ref ?? ''])).map((one) => one.ref)).toEqual([ref]);
      await store.remove('social-services', 'people', [opaque('s2')]);
      expect(await store.clustersByRefs([ref ?? ''])).toEqual([]);
      expect(await everybody(10)).toEqual([before]);
      expect(await test.dump()).not.toContain(ref);
    });

    it('does not look through the whole index while nobody writes to it', async () => {
      await enrol(person('s'), person('s2'));
      await everybody(10);
      test.takeStatements();
      await store.peopleAfter(null, 10);
      const statements = test.takeStatements();
      expect(statements).toHaveLength(2);
      expect(statements[0]).toMatch(/FROM person_index.identity/u);
    });

    it('two at once list the same people', async () => {
      await enrol(...Array.from({ length: 30 }, (_, index) => person(`s${index}`)));
      const [one, other] = await Promise.all([
        store.peopleAfter(null, 100),
        test.reopen().peopleAfter(null, 100),
      ]);
      expect(one).toHaveLength(30);
      expect(other).toEqual(one);
    });
  });
}
