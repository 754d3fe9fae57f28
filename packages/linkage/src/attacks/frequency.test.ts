import { describe, expect, it } from 'vitest';
import { SKELETON_KINDS } from '../skeleton-keys.ts';
import {
  alignByFrequency,
  bandsOf,
  bitsOf,
  countAlike,
  minePatterns,
} from './frequency-attacks.fixture.ts';
import { type AttackScore, scoreGuesses } from './score-guesses.fixture.ts';
import { type StolenRecord, steal } from './stolen-encodings.fixture.ts';

function expectChance(score: AttackScore): void {
  expect(score.right, JSON.stringify(score)).toBeLessThanOrEqual(score.luckiest);
  expect(score.right).toBeLessThan(score.always);
}

const PARTS = ['year and day', 'year and month', 'month and day'] as const;

describe.each(['reception-centres', 'health-authority', 'social-services'] as const)(
  '%s',
  (partner) => {
    const stolen: StolenRecord[] = steal(partner);
    const names = stolen.map(({ name }) => [name]);
    const words = stolen.map((one) => one.words);
    const filters = PARTS.map((_, part) =>
      stolen.map(({ encoding }) => bitsOf(encoding.attributes?.filters[part] ?? '')),
    );

    it.each(SKELETON_KINDS)('equal %s keys are no frequent names', (kind) => {
      const macs = stolen.map(({ encoding }) =>
        (encoding.attributes?.skeletons ?? [])
          .filter((one) => one.kind === kind)
          .map(({ mac }) => mac),
      );
      expectChance(scoreGuesses(alignByFrequency(macs, words), words));
    });

    describe.each(PARTS.map((part, at) => [part, at] as const))('filters under %s', (_part, at) => {
      const bits = filters[at] ?? [];

      it('equal filters are no frequent names', () => {
        const texts = stolen.map(({ encoding }) => [encoding.attributes?.filters[at] ?? '']);
        expectChance(scoreGuesses(alignByFrequency(texts, names), names));
      });

      it('frequent bands are no frequent words', () => {
        const bands = bandsOf(bits, 8);
        expectChance(scoreGuesses(alignByFrequency(bands, words), words));
      });

      it('frequent patterns of bits are no frequent words', () => {
        const score = scoreGuesses(minePatterns(bits, words, 20, 4), words);
        expectChance(score);
      });

      it('who has many alike is guessed right less often than the most common name is for everybody', () => {
        const score = scoreGuesses(countAlike(bits, words, 0.5), words);
        expect(score.right).toBeLessThan(score.always / 4);
      });
    });
  },
);
