import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { findUndescribed } from './find-undescribed.ts';

it('names every type, field, argument and enum value without a description, and no other', () => {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar Day
    type Query { "All." facilities(district: District): Int }
    "A place." type Facility { id: ID! "Since." from: Day }
    "Which." enum District { "One." PARMA FIDENZA }
  `;
  expect(findUndescribed(parse(sdl))).toEqual([
    'Day',
    'Query.facilities.district',
    'Facility.id',
    'District.FIDENZA',
  ]);
});
