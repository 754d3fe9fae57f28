import { describe, expect, it } from 'vitest';
import { purposeOf } from './purpose.ts';

const purpose = (header: string | string[] | undefined) =>
  purposeOf({ headers: { 'x-tavolo-purpose': header } });

describe('purpose of a question', () => {
  it('is what the gateway passes on', () => {
    expect(purpose('table-of-the-prefecture')).toBe('table-of-the-prefecture');
  });

  it.each([
    ['nothing', undefined],
    ['an empty one', ''],
    ['two', ['a', 'b']],
    ['a sentence', 'for Amadou'],
    ['a separator of references', 'a\0person'],
    ['more than 64 characters', 'x'.repeat(65)],
  ])('is unstated when it is given as %s', (_what, header) => {
    expect(purpose(header)).toBe('unstated');
  });
});
