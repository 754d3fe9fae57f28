import { expect, it } from 'vitest';
import { judgedOf } from '../judge.fixture.ts';
import { findUnknownWords } from './find-unknown-words.ts';

it.each([
  ['@requiresScopes(scopes: [["figures:read", "persons:read"]])', 'UNKNOWN_SCOPE', 'persons:read'],
  ['@policy(policies: [["role:case-worker"], ["role:boss"]])', 'UNKNOWN_POLICY', 'role:boss'],
  ['@policy(policies: [["case-worker"]])', 'UNKNOWN_POLICY', 'case-worker'],
  ['@federation__policy(policies: [["boss"]])', 'UNKNOWN_POLICY', 'boss'],
  ['@sensitive(category: "HEALTHY")', 'UNKNOWN_CATEGORY', 'HEALTHY'],
  ['@owner(partner: "somebody")', 'OWNER_UNKNOWN', 'somebody'],
  ['@requiresScopes(scopes: [])', 'ACCESS_ARGUMENT_INVALID', ''],
  ['@policy(policies: [[]])', 'ACCESS_ARGUMENT_INVALID', ''],
  ['@owner(partner: hub)', 'ACCESS_ARGUMENT_INVALID', ''],
  ['@sensitive', 'ACCESS_ARGUMENT_INVALID', ''],
])('a word that the gate would not understand is named: %s', (directive, code, word) => {
  for (const sdl of [
    `type Query { a: Int ${directive} }`,
    `extend type Query { a: Int ${directive} }`,
    `type Query ${directive} { a: Int }`,
    `enum Query ${directive} { A }`,
    `type Query { b(a: Int ${directive}): Int }`,
  ]) {
    const findings = findUnknownWords(judgedOf(sdl));
    expect(findings.map((each) => each.code)).toEqual([code]);
    expect(findings[0]?.coordinate).toMatch(/^Query/u);
    expect(findings[0]?.cause.it).toContain(word);
  }
});

it('the words of the access model pass', () => {
  const sdl = `type Query @requiresScopes(scopes: [["figures:read"]]) @owner(partner: "hub") {
    a: Int @policy(policies: [["role:analyst"]]) @sensitive(category: "MINOR") @owner(partner: "person-index")
  }`;
  expect(findUnknownWords(judgedOf(sdl))).toEqual([]);
});
