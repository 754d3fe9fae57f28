import { type Asker, ask } from '@tavolo/harness';
import { beforeAll, expect, it } from 'vitest';
import { logIn } from './log-in.ts';

/** Everything with a district, by every way there is to it. */
const everything = `query ($district: District) {
  facilities(district: $district, first: 100) {
    nodes { id municipality { district } guests { id person { ref } } }
  }
  immediateReceptions(district: $district, first: 100) { nodes { id } }
  socialCases(district: $district, first: 100) { nodes { id person { ref } } }
  deskContacts(district: $district, first: 100) { nodes { id person { ref } } }
  tutorMatches(district: $district, first: 100) { nodes { id household { ref } } }
}`;

interface Page {
  readonly nodes: readonly { readonly id: string }[];
}
type Lists = Readonly<Record<string, Page>>;

let worker: Asker;
let provinceWorker: Asker;
beforeAll(async () => {
  worker = await logIn('case-worker');
  provinceWorker = await logIn('case-worker-province');
});

const idsOf = (lists: Lists) =>
  Object.values(lists).flatMap(({ nodes }) => nodes.map(({ id }) => id));

it('whoever sees the whole province sees people in Parma: there is something to hide', async () => {
  const answer = await ask<Lists>(provinceWorker, everything, { district: 'PARMA' });
  expect(answer.errors).toBeUndefined();
  expect(idsOf(answer.data).length).toBeGreaterThan(50);
});

it('the case worker of Fidenza asks for Parma and gets what a district without anybody has', async () => {
  const other = await ask<Lists>(worker, everything, { district: 'PARMA' });
  expect(other.errors).toBeUndefined();
  const { facilities = { nodes: [] }, ...lists } = other.data;
  expect(idsOf(lists)).toEqual([]);
  expect(facilities.nodes).toEqual([]);
});

it('without a district in the question it is the same people as with the own one', async () => {
  const [own, all] = await Promise.all([
    ask<Lists>(worker, everything, { district: 'FIDENZA' }),
    ask<Lists>(worker, everything),
  ]);
  expect(all.errors).toBeUndefined();
  expect(idsOf(own.data).length).toBeGreaterThan(0);
  expect(all.data).toEqual(own.data);
});

it('nothing of Parma comes through people, households or stays that two districts share', async () => {
  const places =
    '{ nodes { id guests { person { stays { facility { municipality { district } } } } } } }';
  const answer = await ask(worker, `{ facilities(first: 100) ${places} }`);
  expect(answer.errors).toBeUndefined();
  const districts = new Set(
    [...answer.text.matchAll(/"district":"([A-Z_]+)"/gu)].map(([, district]) => district),
  );
  expect([...districts]).toEqual(['FIDENZA']);
});

it('what it may not see and what there is not are the same bytes', async () => {
  const one = (district: string) =>
    `{ socialCases(district: ${district}, first: 1) { nodes { id } } }`;
  const [hidden, absent] = await Promise.all([
    ask(worker, one('PARMA')),
    ask(worker, one('VALLI_TARO_CENO')),
  ]);
  expect(bytesOf(hidden.text)).toEqual(bytesOf(absent.text));
});

/** An answer without what differs between any two answers. */
function bytesOf(text: string): string {
  return text.replaceAll(/"asOf":"[^"]+"/gu, '"asOf":""');
}
