import { describe, expect, test } from 'vitest';
import type { PublicError } from '../../subgraph-answer.ts';
import { placeError } from './plan-errors.ts';

type Path = readonly (string | number)[];

const error = (affected?: number): PublicError => ({
  message: 'away',
  extensions: {
    code: 'UNAVAILABLE',
    subgraph: 'owner',
    ...(affected === undefined ? {} : { affected }),
  },
});
const placesOf = (count: number): Path[] =>
  Array.from({ length: count }, (_, index) => ['people', index]);
const told = (places: readonly Path[], affected?: number) =>
  placeError(error(affected), 'owner', places, ['age']).map(({ path, extensions }) => [
    path?.join('.'),
    extensions.affected,
  ]);

describe('an error about what is in several places', () => {
  test('is told of each', () => {
    expect(told(placesOf(2))).toEqual([
      ['people.0.age', undefined],
      ['people.1.age', undefined],
    ]);
  });

  test('is told once of a place that is named twice', () => {
    expect(told([...placesOf(2), ...placesOf(2)])).toEqual([
      ['people.0.age', 4],
      ['people.1.age', undefined],
    ]);
  });

  test('is told of a hundred, and how many there are', () => {
    const all = told(placesOf(20_000));
    expect(all).toHaveLength(100);
    expect(all[0]).toEqual(['people.0.age', 20_000]);
    expect(all.at(-1)).toEqual(['people.99.age', undefined]);
  });

  test('is told of one where it took a whole call with it, which said how many', () => {
    expect(told(placesOf(20_000), 7)).toEqual([['people.0.age', 7]]);
  });

  test('has no more of its places looked at than a thousand', () => {
    let looks = 0;
    const place: Path = ['people', 0];
    const counted = new Proxy(place, {
      get(target, key, receiver): unknown {
        if (key === 'join') looks += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(told(Array.from({ length: 20_000 }, () => counted))).toEqual([['people.0.age', 20_000]]);
    expect(looks).toBe(1_000);
  });
});
