import { fileURLToPath } from 'node:url';
import { createWorld, defaultParameters, origins } from '@tavolo/demo-province';
import { describe, expect, it } from 'vitest';
import { parseNames, readNames } from './read-names.ts';

const heldOut = readNames(fileURLToPath(new URL('../../names/held-out.json', import.meta.url)));
const spellingsOf = (lists: typeof origins): string[] =>
  lists.flatMap(({ names }) =>
    [...names.female, ...names.male, ...names.family].flat().map((name) => name.toLowerCase()),
  );

describe('names from a file', () => {
  it('the held-out ones are none of the demo province', () => {
    const known = new Set(spellingsOf(origins));
    expect(spellingsOf(heldOut).filter((name) => known.has(name))).toEqual([]);
  });

  it.each(heldOut)('the held-out list of $citizenship is long enough', ({ names }) => {
    expect(names.female.length + names.male.length).toBeGreaterThanOrEqual(40);
    expect(names.family.length).toBeGreaterThanOrEqual(50);
  });

  it('are the only ones in a province drawn with them', () => {
    const { errors } = defaultParameters;
    const world = createWorld({
      seed: 1,
      size: 100,
      today: '2026-11-22',
      parameters: {
        ...defaultParameters,
        origins: heldOut,
        errors: { ...errors, typo: 0, namesSwapped: 0 },
      },
    });
    const allowed = new Set(spellingsOf(heldOut));
    const written = world.people.flatMap(({ records }) =>
      Object.values(records).flatMap(({ givenName, familyName }) => [givenName, familyName]),
    );
    expect(written.filter((name) => !allowed.has(name.toLowerCase()))).toEqual([]);
    expect(new Set(world.people.map(({ citizenship }) => citizenship))).toEqual(
      new Set(heldOut.map(({ citizenship }) => citizenship)),
    );
  });

  it.each([
    ['{ "origins": [] }', 'origins'],
    ['{ "origins": [{ "citizenship": "Ghana" }] }', 'citizenship'],
  ])('are refused with the name of the field: %s', (text, field) => {
    expect(() => parseNames(text)).toThrow(field);
  });
});
