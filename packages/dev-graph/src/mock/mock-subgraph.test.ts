import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthSdl, indexSdl } from '../test-graph.fixture.ts';
import { createMockSubgraph } from './mock-subgraph.ts';
import { createMockWorld } from './mock-world.ts';

const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { ${selection} } } }`;

function subgraphs(seed: string, samples = {}) {
  const world = createMockWorld(seed, samples);
  return {
    index: createMockSubgraph(indexSdl, world, 3),
    health: createMockSubgraph(healthSdl, world, 3),
  };
}

describe('invented subgraphs', () => {
  const visits =
    '{ visits(first: 3) { nodes { id on kind person { healthKey } } pageInfo { hasNextPage endCursor } } }';

  it('answer the same for the same seed, whatever was asked before', async () => {
    const [one, other, different] = [subgraphs('a'), subgraphs('a'), subgraphs('b')];
    await other.health.answer({ query: '{ visits(first: 1) { nodes { id } } }', variables: {} });
    const answer = await one.health.answer({ query: visits, variables: {} });
    expect(answer).not.toHaveProperty('errors');
    expect(await other.health.answer({ query: visits, variables: {} })).toEqual(answer);
    expect(await different.health.answer({ query: visits, variables: {} })).not.toEqual(answer);
  });

  it.each([
    ['the question asks for', '{ visits(first: 1) { nodes { id } } }', 1],
    ['the user wants', '{ visits(first: 90) { nodes { id } } }', 3],
  ])('give no longer a list than %s', async (_, query, length) => {
    const { data } = await subgraphs('a').health.answer({ query, variables: {} });
    expect(data).toEqual({
      visits: { nodes: Array.from({ length }, () => expect.anything() as unknown) },
    });
  });

  it('give no longer a list than its @listSize', async () => {
    const answer = await subgraphs('a').health.answer({
      query: entities('visits { id }'),
      variables: { representations: [{ __typename: 'Person', healthKey: 'k' }] },
    });
    expect(answer.data).toEqual({
      _entities: [{ visits: [expect.anything(), expect.anything()] }],
    });
  });

  it('agree on who a person is: there and back by other keys leads to the same', async () => {
    const { index, health } = subgraphs('a', {
      Person: [{ trainingKey: 't1' }, { trainingKey: 't2' }],
    });
    const byTraining = await index.answer({
      query: entities('healthKey ref'),
      variables: { representations: [{ __typename: 'Person', trainingKey: 't2' }] },
    });
    // What the query above selects.
    const [{ healthKey, ref }] = (
      byTraining.data as { _entities: [{ healthKey: string; ref: string }] }
    )._entities;
    const back = await index.answer({
      query: entities('trainingKey ref'),
      variables: { representations: [{ __typename: 'Person', healthKey }] },
    });
    expect(back.data).toEqual({ _entities: [{ trainingKey: 't2', ref }] });
    expect(
      await health.answer({
        query: entities('healthKey'),
        variables: { representations: [{ __typename: 'Person', healthKey }] },
      }),
    ).toEqual({ data: { _entities: [{ healthKey }] } });
  });

  it('answer null to a null key', async () => {
    const answer = await subgraphs('a').index.answer({
      query: entities('ref'),
      variables: { representations: [{ __typename: 'Person', trainingKey: null }] },
    });
    expect(answer.data).toEqual({ _entities: [null] });
  });

  it('say nothing that could be taken for anybody’s identifier', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const answer = await subgraphs(seed).health.answer({ query: visits, variables: {} });
        const text = JSON.stringify(answer).replaceAll(/"\d{4}-\d\d-\d\d"/gu, '');
        expect(text).not.toMatch(/\d{6}|[A-Z]{6}\d\d|\w@\w|\+\d/u);
      }),
      { numRuns: 50 },
    );
  });
});
