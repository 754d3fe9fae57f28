import { expect, it } from 'vitest';
import { checkSubgraphs } from './check-subgraphs.ts';
import { indexSubgraph } from './corpus.fixture.ts';
import { head } from './judge.fixture.ts';

const question = (name: string) =>
  `"Questions (domande)."\nextend type Query {\n  "Whose (di chi)."\n  ${name}: Int @authenticated @owner(partner: "centre")\n}`;
const centre = (...texts: readonly string[]) => ({
  name: 'centre',
  owner: 'centre',
  url: 'http://127.0.0.1/',
  files: texts.map((text, index) => ({ path: `part-${index}.graphql`, text })),
});
const check = (
  submitted: Parameters<typeof checkSubgraphs>[0]['submitted'],
  waivers: Parameters<typeof checkSubgraphs>[0]['waivers'] = [],
) => checkSubgraphs({ submitted, others: [indexSubgraph], partners: ['centre'], waivers });
const withoutDescription = (text: string) => text.replace('"Questions (domande)."\n', '');

it('a schema in several files composes, and each finding names its own file and line', () => {
  const parts = [head, '# Nothing here.', withoutDescription(question('surname'))] as const;
  const { findings, supergraphSdl } = check([centre(...parts)]);
  expect(supergraphSdl).toContain('surname: Int');
  expect(findings.map(({ code, coordinate, place }) => [code, coordinate, place])).toEqual([
    [
      'IDENTIFIER_LIKE_NAME',
      'Query.surname',
      { subgraph: 'centre', owner: 'centre', file: 'part-2.graphql', line: 3, column: 3 },
    ],
  ]);
});

it('a waiver makes a note of its own finding only, and none of what cannot be waived', () => {
  const text = withoutDescription(question('surname')).replace(' @owner(partner: "centre")', '');
  const waivers = ['IDENTIFIER_LIKE_NAME', 'OWNER_MISSING'].map((code) => ({
    subgraph: 'centre',
    code,
    coordinate: 'Query.surname',
  }));
  const severities = check([centre(head, text)], waivers).findings.map(({ code, severity }) => [
    code,
    severity,
  ]);
  expect(severities).toEqual([
    ['OWNER_MISSING', 'ERROR'],
    ['IDENTIFIER_LIKE_NAME', 'NOTE'],
  ]);
  const others = waivers.map((each) => ({ ...each, coordinate: 'Query.other' }));
  expect(check([centre(head, text)], others).findings.map(({ severity }) => severity)).toEqual([
    'ERROR',
    'ERROR',
  ]);
});

it('a submitted subgraph takes the place of the one in the graph, and the others are not judged', () => {
  const { findings, supergraphSdl } = checkSubgraphs({
    submitted: [centre(head, withoutDescription(question('newBeds')))],
    others: [indexSubgraph, centre(head, question('oldBeds'))],
    partners: ['centre'],
    waivers: [],
  });
  expect(findings).toEqual([]);
  expect(supergraphSdl).toContain('newBeds');
  expect(supergraphSdl).not.toContain('oldBeds');
});

it('two schemas under one name are refused', () => {
  const codes = check([centre(head), centre(head)]).findings.map(({ code }) => code);
  expect(codes).toEqual(['SUBGRAPH_REPEATED']);
});
