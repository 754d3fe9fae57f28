import { expect, it } from 'vitest';
import { judgedOf } from '../judge.fixture.ts';
import { findUndescribed } from './find-undescribed.ts';

const found = (sdl: string) =>
  findUndescribed(judgedOf(sdl)).map(({ code, coordinate }) => `${coordinate} ${code.slice(12)}`);

it('names every type, field, argument, enum value and directive without a description, and no other', () => {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar Day
    type Query { "All (tutti)." facilities(district: District): Int }
    extend type Query { more: Int }
    "A place (luogo)." type Facility { id: ID! "Since (dal)." from: Day }
    "Which (quale)." enum District { "One (uno)." PARMA FIDENZA }
    "What (cosa)." directive @a("Which (quale)." x: Int, y: Int) on OBJECT
    directive @b on OBJECT
  `;
  expect(found(sdl)).toEqual([
    'Day MISSING',
    'Query.facilities(district:) MISSING',
    'Query.more MISSING',
    'Facility.id MISSING',
    'District.FIDENZA MISSING',
    '@a(y:) MISSING',
    '@b MISSING',
  ]);
});

it('asks for the Italian term of what people read, and not of what nobody sees or what only turns pages', () => {
  const sdl = `
    "A place." type Facility {
      "Its key." key: ID @inaccessible
      "Somebody else's." their: Int @external
      "Beds (posti letto)." beds("Page size." first: Int, "Cursor." after: ID, "Of when." day: ID): Int
      "Beds (1-9)." figures: Int
    }
  `;
  expect(found(sdl)).toEqual([
    'Facility WITHOUT_ITALIAN',
    'Facility.beds(day:) WITHOUT_ITALIAN',
    'Facility.figures WITHOUT_ITALIAN',
  ]);
});

it('what the libraries of other languages print by themselves is nobody’s to describe', () => {
  const sdl = `
    scalar _Any scalar federation__FieldSet union _Entity = A
    directive @key(fields: federation__FieldSet!) repeatable on OBJECT
    type _Service { sdl: String }
    type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
    "A (a di Ancona)." type A { "Its (suo)." id: ID }
  `;
  expect(found(sdl)).toEqual([]);
});
