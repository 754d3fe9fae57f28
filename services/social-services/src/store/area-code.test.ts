import { describe, expect, it } from 'vitest';
import { canonicalAreaCode, isShowableCode } from './area-code.ts';

describe('area codes', () => {
  it.each([
    ' lavoro  e formazione',
    'Supporto alla genitorialitÃ\u00a0 e ai minori',
    'SUPPORTO ALLA GENITORIALITÃ€ E AI MINORI',
    'SUPPORTO ALLA GENITORIALITA\u0300 E AI MINORI',
  ])('have one spelling however they were typed: %s', (typed) => {
    expect(['LAVORO E FORMAZIONE', 'SUPPORTO ALLA GENITORIALITÀ E AI MINORI']).toContain(
      canonicalAreaCode(typed),
    );
  });

  it('stay as they are when their accents cannot be restored', () => {
    expect(canonicalAreaCode('Ã')).toBe('Ã');
    expect(canonicalAreaCode('ÃŁ')).toBe('ÃŁ');
  });

  it('are shown when they look like codes, and not when they could be an identifier or a note', () => {
    expect(isShowableCode('AREA ABITATIVA')).toBe(true);
    expect(isShowableCode('A-12')).toBe(true);
    expect(isShowableCode('NVNMNA90D41Z330X')).toBe(false);
    expect(isShowableCode('339 1234567')).toBe(false);
    expect(isShowableCode('a@b')).toBe(false);
  });
});
