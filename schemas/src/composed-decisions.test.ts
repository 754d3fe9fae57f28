import { readFileSync } from 'node:fs';
import { readDecisions } from '@tavolo/schema-check';
import { expect, it } from 'vitest';
import { composeSupergraph } from './compose-supergraph.ts';
import { readSubgraphSdl, subgraphNames } from './read-subgraph-sdl.ts';
import { supergraphFile } from './supergraph-file.ts';

function composeWith(change: (name: string, sdl: string) => string) {
  return composeSupergraph(
    subgraphNames.map((name) => ({ name, sdl: change(name, readSubgraphSdl(name)) })),
  );
}

it('an institution that forgets a decision on a shared type widens nothing', () => {
  const forgetting = (name: string, sdl: string) =>
    name === 'volunteer-registry'
      ? sdl.replace(
          /(type (?:Person|Municipality)\s[^{]*?)@requiresScopes\(scopes: \[\["\w+:read"\]\]\)/gu,
          '$1',
        )
      : sdl;
  expect(forgetting('volunteer-registry', readSubgraphSdl('volunteer-registry'))).not.toBe(
    readSubgraphSdl('volunteer-registry'),
  );
  const composed = composeWith(forgetting);
  if (composed.kind === 'refused')
    throw new Error(composed.findings.map(({ cause }) => cause.en).join());
  const decisions = readDecisions(composed.supergraphSdl);
  const scopesOf = (coordinate: string) =>
    decisions.find((each) => each.coordinate === coordinate)?.scopes;
  expect(scopesOf('Person.publicUtilityActivities')).toEqual([['people:read']]);
  expect(scopesOf('Municipality.name')).toEqual([['figures:read']]);
});

it('a field computed from one that asks for more, and that does not say so, is refused by composition', () => {
  const composed = composeWith((name, sdl) =>
    name === 'reception-centres'
      ? sdl.replace(
          /(receptionEntryAt: DateTime)/u,
          '$1 @requiresScopes(scopes: [["diagnostics:read"]])',
        )
      : sdl,
  );
  if (composed.kind === 'composed') throw new Error('composed all the same');
  expect(composed.findings.map(({ cause }) => cause.en).join()).toContain(
    'Person.firstHealthEvent',
  );
});

it('what the institutions say about sensitivity and ownership arrives in the supergraph', () => {
  const decision = readDecisions(readFileSync(supergraphFile, 'utf8')).find(
    ({ coordinate }) => coordinate === 'Person.firstHealthEvent',
  );
  expect(decision).toMatchObject({
    categories: ['HEALTH'],
    owners: ['health-authority'],
    scopes: [['people:read']],
  });
});
