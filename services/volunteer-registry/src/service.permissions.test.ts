import { deriveSectorKey } from '@tavolo/linkage';
import type { Caller } from '@tavolo/subgraph-kit';
import { testCaller } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registers, secret, startRegistry } from './registry.fixtures.ts';

const householdKey = deriveSectorKey(secret, 'household', 'reception-centres:NR000001');
const personKey = deriveSectorKey(secret, 'person', 'PU000001');
const everybody = testCaller();
const ofParma = testCaller({ districts: ['PARMA'] });
const ofFidenza = testCaller({ districts: ['FIDENZA'] });

/** The matches are of a body in Fidenza, the activity of one in Parma. */
describe('whoever asks the volunteer registry', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let queries: string[] = [];
  beforeAll(async () => {
    registry = await startRegistry({ onQuery: (collection) => queries.push(collection) });
    await registry.drop(registers);
  });
  afterAll(() => registry.close());

  async function ask(caller: Caller, query: string) {
    queries = [];
    const { data } = JSON.parse(await registry.ask(query, {}, caller)) as { data: unknown };
    // What the state of the source is read from comes with every answer.
    return { data, queries: queries.filter((name) => name !== 'drops').toSorted() };
  }
  const household = (caller: Caller, key: string) =>
    ask(
      caller,
      `{ _entities(representations: [{ __typename: "Household", volunteerRegistryHouseholdKey: "${key}" }]) {
        ... on Household { tutorMatches { id from } } } }`,
    );
  const person = (caller: Caller, key: string) =>
    ask(
      caller,
      `{ _entities(representations: [{ __typename: "Person", volunteerRegistryKey: "${key}" }]) {
        ... on Person { publicUtilityActivities { id kind } } } }`,
    );

  it('sees the matches of bodies of its districts', async () => {
    const list = '{ tutorMatches { nodes { id tutors { ref } } } }';
    const all = await ask(everybody, list);
    expect(JSON.stringify(all.data).match(/"id"/g)).toHaveLength(3);
    expect((await ask(ofFidenza, list)).data).toEqual(all.data);
    expect((await ask(ofParma, list)).data).toEqual({ tutorMatches: { nodes: [] } });
  });

  it('cannot tell a household or a person of another district from one nobody knows', async () => {
    expect(await household(ofParma, householdKey)).toEqual(await household(ofParma, 'unknown'));
    expect(await person(ofFidenza, personKey)).toEqual(await person(ofFidenza, 'unknown'));
    expect(JSON.stringify(await person(ofParma, personKey))).toContain('kind');
  });

  it('cannot tell a match, an activity or a volunteer of another district from one that does not exist', async () => {
    const { data } = await ask(everybody, '{ tutorMatches { nodes { id tutors { ref } } } }');
    const [match] = (
      data as { tutorMatches: { nodes: { id: string; tutors: { ref: string }[] }[] } }
    ).tutorMatches.nodes;
    const read = (caller: Caller, type: string, key: string, value: string) =>
      ask(
        caller,
        `{ _entities(representations: [{ __typename: "${type}", ${key}: "${value}" }]) { ... on ${type} { ${key} } } }`,
      );
    const matchId = match?.id ?? '';
    expect((await read(everybody, 'TutorMatch', 'id', matchId)).data).toEqual({
      _entities: [{ id: matchId }],
    });
    expect(await read(ofParma, 'TutorMatch', 'id', matchId)).toEqual(
      await read(ofParma, 'TutorMatch', 'id', 'none'),
    );
    const nowhere = testCaller({ districts: [] });
    const volunteer = match?.tutors[0]?.ref ?? '';
    expect(await read(nowhere, 'Volunteer', 'ref', volunteer)).toEqual(
      await read(nowhere, 'Volunteer', 'ref', 'none'),
    );
  });

  it('cannot tell a district that is not its own from one with nothing in it', async () => {
    const list = (district: string) =>
      `{ tutorMatches(district: ${district}) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    expect(await ask(ofParma, list('FIDENZA'))).toEqual(await ask(everybody, list('SUD_EST')));
  });

  it('reads the rejections when it is this partner’s IT, and an empty source when another’s', async () => {
    const list =
      '{ volunteerRegistryRejections { nodes { source } pageInfo { hasNextPage endCursor } } }';
    await registry.drop({ 'attivita_990002_2026-11-02.csv': 'no register at all\n' });
    const read = (partner: string) => ask(testCaller({ roles: ['partner-it'], partner }), list);
    expect(JSON.stringify((await read('volunteer-registry')).data)).toContain('attivita_990002');
    expect((await read('social-services')).data).toEqual({
      volunteerRegistryRejections: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    });
  });
});
