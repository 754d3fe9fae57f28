import { createCipheriv, createHmac } from 'node:crypto';
import type { NameToken } from '../name/name-tokens.ts';
import type { BirthDate } from './birth-date.ts';

/** Bits of one filter. */
export const FILTER_BITS = 1_024;
/** Positions that one feature of a name sets. */
const POSITIONS = 6;
const BLOCK_BYTES = 16;
const SALT_BYTES = 6;

/**
 * One name in three Bloom filters, each under another part of the birth date, so that two filters can be
 * compared only when that part agrees: whoever steals them finds no pattern that holds beyond one cohort, and
 * one wrong part of a date leaves another filter to compare. The year alone would be too large a cohort: it
 * shows who has a frequent name by how many others are alike.
 */
export interface NameFilters {
  /** Under year and day of the month; under the year where only the year is known. */
  readonly yearDay: Uint8Array;
  /** Under year and month; under years 2n and 2n+1 where only the year is known. */
  readonly yearMonth: Uint8Array;
  /** Under month and day, in either order; under years 2n-1 and 2n where only the year is known. */
  readonly monthDay: Uint8Array;
}

/** Two small codes of what a name nearly says, comparable only where the same part of the date agrees. */
export interface CohortChecks {
  /** One bit; null = not written down. */
  readonly sex: number | null;
  /** 0 to 15: sixteen values for two hundred countries; null = not written down. */
  readonly citizenship: number | null;
}

export interface FilterEncoder {
  filters(tokens: readonly NameToken[], born: BirthDate): NameFilters;
  /** For each filter in turn: comparable where that filter is. */
  checks(
    sex: 'F' | 'M' | null,
    citizenship: string | null,
    born: BirthDate,
  ): readonly [CohortChecks, CohortChecks, CohortChecks];
}

/**
 * AES-256 as keyed random function: every feature is one block (cohort, feature), so a whole person is one call.
 * `linkageKey` are the partners' bytes; the key of the filters is derived from them.
 */
export function createFilterEncoder(linkageKey: Uint8Array): FilterEncoder {
  const key = createHmac('sha256', linkageKey).update('tavolo/linkage/v2\0filter').digest();

  // ECB has no state: one cipher serves every person, and making one costs more than using it.
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const encrypt = (blocks: Buffer): Buffer => cipher.update(blocks);

  function checksUnder(
    sex: 'F' | 'M' | null,
    citizenship: string | null,
    salt: Salt,
  ): CohortChecks {
    const block = Buffer.alloc(BLOCK_BYTES * 2);
    saltInto(block, 0, salt);
    block.write('=sex', SALT_BYTES, 'latin1');
    saltInto(block, BLOCK_BYTES, salt);
    block.write(
      `=${citizenship ?? ''}`,
      BLOCK_BYTES + SALT_BYTES,
      BLOCK_BYTES - SALT_BYTES,
      'latin1',
    );
    const drawn = encrypt(block);
    return {
      sex: sex === null ? null : (drawn.readUInt8(0) & 1) ^ (sex === 'F' ? 1 : 0),
      citizenship: citizenship === null ? null : drawn.readUInt8(BLOCK_BYTES) & 15,
    };
  }

  return {
    filters(tokens, born) {
      const features = featuresOf(tokens);
      const salts = saltsOf(born);
      const blocks = Buffer.alloc(features.length * salts.length * BLOCK_BYTES);
      let offset = 0;
      for (const salt of salts) {
        for (const feature of features) {
          saltInto(blocks, offset, salt);
          blocks.write(feature, offset + SALT_BYTES, BLOCK_BYTES - SALT_BYTES, 'latin1');
          offset += BLOCK_BYTES;
        }
      }
      const drawn = encrypt(blocks);
      const [yearDay, yearMonth, monthDay] = salts.map((_, index) =>
        filterOf(
          drawn.subarray(
            index * features.length * BLOCK_BYTES,
            (index + 1) * features.length * BLOCK_BYTES,
          ),
        ),
      );
      if (yearDay === undefined || yearMonth === undefined || monthDay === undefined) {
        throw new Error('A name has three filters');
      }
      return { yearDay, yearMonth, monthDay };
    },
    checks(sex, citizenship, born) {
      const [yearDay, yearMonth, monthDay] = saltsOf(born);
      return [
        checksUnder(sex, citizenship, yearDay),
        checksUnder(sex, citizenship, yearMonth),
        checksUnder(sex, citizenship, monthDay),
      ];
    },
  };
}

type Salt = readonly [letter: string, first: number, second: number];
type Salts = readonly [yearDay: Salt, yearMonth: Salt, monthDay: Salt];

function saltsOf({ year, month, day, isYearOnly }: BirthDate): Salts {
  if (isYearOnly)
    return [
      ['Y', year, 0],
      ['E', year >> 1, 0],
      ['O', (year + 1) >> 1, 0],
    ];
  const [low, high] = month < day ? [month, day] : [day, month];
  return [
    ['Z', year, day],
    ['M', year, month],
    ['D', low, high],
  ];
}

function saltInto(blocks: Buffer, offset: number, [letter, first, second]: Salt): void {
  blocks.write(letter, offset, 1, 'latin1');
  blocks.writeUInt16BE(first, offset + 1);
  blocks.writeUInt16BE(second, offset + 3);
}

/** Pairs of neighbouring sounds, with and without vowels, and whole words: at most ten letters each. */
function featuresOf(tokens: readonly NameToken[]): string[] {
  const features = new Set<string>();
  for (const { folded, skeleton } of tokens) {
    pairsInto(features, 'v', folded);
    if (skeleton !== folded) pairsInto(features, 'c', skeleton);
    features.add(`w${skeleton}`.slice(0, BLOCK_BYTES - SALT_BYTES));
  }
  return [...features];
}

function pairsInto(features: Set<string>, letter: string, sounds: string): void {
  const padded = `_${sounds}_`;
  for (let place = 0; place + 1 < padded.length; place += 1) {
    features.add(`${letter}${padded.slice(place, place + 2)}`);
  }
}

function filterOf(drawn: Buffer): Uint8Array {
  const filter = new Uint8Array(FILTER_BITS / 8);
  for (let block = 0; block < drawn.length; block += BLOCK_BYTES) {
    for (let draw = 0; draw < POSITIONS; draw += 1) {
      const bit = drawn.readUInt16BE(block + draw * 2) % FILTER_BITS;
      filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }
  return filter;
}
