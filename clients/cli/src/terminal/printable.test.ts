import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableJson, printableParts } from './printable.ts';

describe('what others wrote', () => {
  it('shows an escape as its number, in texts, keys and lists', () => {
    expect(printable('a\u001b[2Jb\u009b31m')).toBe('a<1b>[2Jb<9b>31m');
    expect(printableParts({ '\u001b': ['\u202ex', 1, null] })).toEqual({
      '<1b>': ['<202e>x', 1, null],
    });
  });

  it('keeps new lines, tabs and the letters of every language', () => {
    expect(printable('così\n\tè 中文')).toBe('così\n\tè 中文');
  });

  it('never lets a control character through, and JSON stays the same value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/(?![\n\t])\p{Cc}/u);
        expect(printableJson({ text })).not.toMatch(/\p{Cc}/u);
        expect(JSON.parse(printableJson({ text }))).toEqual({ text });
      }),
    );
  });
});
