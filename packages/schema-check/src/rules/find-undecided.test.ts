import { expect, it } from 'vitest';
import { judgedOf } from '../judge.fixture.ts';
import { findUndecided } from './find-undecided.ts';

const found = (sdl: string) =>
  findUndecided(judgedOf(sdl, true)).map(({ code, coordinate }) => [code, coordinate]);

it('a field without a decision, one without an owner, and one that nobody could ever read are named', () => {
  const sdl = `
    type Query @owner(partner: "hub") {
      open: Int
      both: Int @requiresScopes(scopes: [["people:read", "diagnostics:read"]])
      barred: Int @requiresScopes(scopes: [["diagnostics:read"]]) @policy(policies: [["role:analyst"]])
      fine: Int @requiresScopes(scopes: [["figures:read"]]) @policy(policies: [["role:analyst"]])
    }
    type Facility @authenticated { id: ID }
  `;
  expect(found(sdl)).toEqual([
    ['OWNER_MISSING', 'Facility.id'],
    ['ACCESS_IMPOSSIBLE', 'Query.barred'],
    ['ACCESS_IMPOSSIBLE', 'Query.both'],
    ['ACCESS_UNDECIDED', 'Query.open'],
  ]);
});
