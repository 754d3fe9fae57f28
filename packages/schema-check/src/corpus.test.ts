import { expect, it } from 'vitest';
import { checkSubgraphs } from './check-subgraphs.ts';
import { indexSubgraph, readCorpus } from './corpus.fixture.ts';
import { finding } from './finding.ts';

const corpus = readCorpus();

it('the corpus has every common mistake, and each file says what it expects', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  for (const { file, expected } of corpus)
    expect([file, expected.length > 0]).toEqual([file, true]);
});

it.each(corpus)(
  '$file is told at its line, with the owner of the other side and what to change',
  ({ file, text, expected }) => {
    const { findings } = checkSubgraphs({
      submitted: [
        {
          name: 'centre',
          owner: 'centre',
          url: 'http://127.0.0.1/',
          files: [{ path: file, text }],
        },
      ],
      others: [indexSubgraph],
      partners: ['centre', 'index-office'],
      waivers: [],
    });
    for (const each of findings) expect(finding.safeParse(each).error).toBeUndefined();
    const told = findings
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ code, place, others }) => ({
        code,
        file: place?.file,
        line: place?.line,
        owners: others.map(({ owner }) => owner),
      }));
    for (const { code, line, other } of expected) {
      const found = told.filter((each) => each.code === code && each.line === line);
      expect({ code, line, told: found.length > 0 ? 'here' : told }).toEqual({
        code,
        line,
        told: 'here',
      });
      expect(found[0]?.file).toBe(file);
      if (other) expect(found.some(({ owners }) => owners.includes('index-office'))).toBe(true);
    }
    // Each mistake is one card, not a heap of what follows from it.
    expect(new Set(told.map(({ code }) => code)).size).toBeLessThanOrEqual(expected.length + 3);
  },
);
