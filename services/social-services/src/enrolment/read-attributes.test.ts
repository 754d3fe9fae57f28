import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingDay } from './closing-day.ts';
import { knownSince } from './known-since.ts';
import { readAttributes } from './read-attributes.ts';
import { readSharing } from './read-sharing.ts';

const anything = fc.option(fc.string({ unit: 'binary' }), { nil: null });

describe("a person's attributes", () => {
  it('are read or null, whatever the registry has written', () => {
    const columns = fc.record({
      cognome: anything,
      nome: anything,
      data_nascita: fc.oneof(anything, fc.constantFrom('0202-01-01', '2024-02-31', '1990-04-01')),
      sesso: anything,
      cittadinanza: anything,
    });
    fc.assert(
      fc.property(columns, (written) => {
        const { name, birthDate, sex, citizenship } = readAttributes(written);
        expect(name).not.toBe('');
        expect(birthDate ?? '1990-04-01').toMatch(/^(18[89]|19\d|20\d|2100)\d?-\d\d-\d\d$/);
        expect(['F', 'M', null]).toContain(sex);
        expect(citizenship ?? 'MA').toMatch(/^[A-Z]{2}$/);
      }),
    );
  });
});

describe("a person's word on being shared", () => {
  it('is a yes only when it says so, and nothing only when nothing is written', () => {
    expect(['SI', ' sì ', 'Si'].map(readSharing)).toEqual(['ALLOWED', 'ALLOWED', 'ALLOWED']);
    expect([null, '', '  '].map(readSharing)).toEqual([undefined, undefined, undefined]);
    expect(['NO', 'n', 'SI?', 'QZXWVK'].map(readSharing)).toEqual(Array(4).fill('EXCLUDED'));
  });
});

describe('the closing day', () => {
  it('is the latest of all closures, and none while a case is open or was never had', () => {
    const closed = (il: string | null) => ({ chiuso: true, il });
    expect(closingDay([closed('2024-05-01'), closed('2025-01-31'), closed('2024-12-31')])).toBe(
      '2025-01-31',
    );
    expect(closingDay([])).toBeUndefined();
    expect(closingDay([closed('2024-05-01'), { chiuso: false, il: null }])).toBeUndefined();
    expect(closingDay([closed('2024-05-01'), closed('0202-05-05')])).toBeUndefined();
    expect(closingDay([closed(null)])).toBeUndefined();
  });
});

describe('the day since when a person is known', () => {
  it('is the first that can be read and has come, whatever else is written', () => {
    expect(knownSince(['2025-01-31', '2024-02-30', '0202-05-05', '2024-05-01'], '2026-11-22')).toBe(
      '2024-05-01',
    );
    expect(knownSince(['2026-11-23', '2026-11-22', '2099-01-01'], '2026-11-22')).toBe('2026-11-22');
    expect(knownSince([null, '2024', '2026-11-23'], '2026-11-22')).toBeUndefined();
    expect(knownSince([], '2026-11-22')).toBeUndefined();
  });
});
