import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { findUndecided } from './find-undecided.ts';
import { findUndescribed } from './find-undescribed.ts';

it('a field without an owner, and one that nobody could ever read, are named', () => {
  const sdl = `
    type Query @owner(partner: "hub") {
      both: Int @requiresScopes(scopes: [["people:read", "diagnostics:read"]])
      barred: Int @requiresScopes(scopes: [["diagnostics:read"]]) @policy(policies: [["role:analyst"]])
      fine: Int @requiresScopes(scopes: [["figures:read"]]) @policy(policies: [["role:analyst"]])
    }
    type Facility @authenticated { id: ID }
  `;
  expect(findUndecided(sdl).map((problem) => problem.slice(0, 35))).toEqual([
    'Facility.id has no owner: write @ow',
    'Query.barred can be read by no role',
    'Query.both can be read by no role: ',
  ]);
});

it('a directive and its arguments are described like everything else', () => {
  const sdl = '"What." directive @a("Which." x: Int, y: Int) on OBJECT directive @b on OBJECT';
  expect(findUndescribed(parse(sdl))).toEqual(['@a(y:)', '@b']);
});
