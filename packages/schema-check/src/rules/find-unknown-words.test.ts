import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { findUnknownWords } from './find-unknown-words.ts';

it.each([
  ['@requiresScopes(scopes: [["figures:read", "persons:read"]])', 'scope "persons:read"'],
  ['@policy(policies: [["role:case-worker"], ["role:boss"]])', 'policy "role:boss"'],
  ['@policy(policies: [["case-worker"]])', 'policy "case-worker"'],
  ['@sensitive(category: "HEALTHY")', 'category "HEALTHY"'],
  ['@owner(partner: "somebody")', 'partner "somebody"'],
])('a word that the gate would not understand is named: %s', (directive, word) => {
  for (const sdl of [
    `type Query { a: Int ${directive} }`,
    `type Query ${directive} { a: Int }`,
    `enum Query ${directive} { A }`,
    `type Query { b(a: Int ${directive}): Int }`,
  ]) {
    const problems = findUnknownWords(parse(sdl), ['person-index']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^Query/u);
    expect(problems[0]).toContain(word);
  }
});

it('the words of the access model pass', () => {
  const sdl = `type Query @requiresScopes(scopes: [["figures:read"]]) @owner(partner: "hub") {
    a: Int @policy(policies: [["role:analyst"]]) @sensitive(category: "MINOR") @owner(partner: "person-index")
  }`;
  expect(findUnknownWords(parse(sdl), ['person-index'])).toEqual([]);
});
