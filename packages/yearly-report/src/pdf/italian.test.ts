import { describe, expect, it } from 'vitest';
import { suppressed } from '../snapshot.fixture.ts';
import {
  italianBounds,
  italianCell,
  italianInstant,
  italianNumber,
  italianOrigin,
  italianSource,
} from './italian.ts';

describe('figures in Italian', () => {
  it('have points between thousands and a comma before decimals', () => {
    expect(italianNumber(1_234_567.891, 'DAYS')).toBe('1.234.567,89');
    expect(italianNumber(1240, 'PEOPLE')).toBe('1.240');
    expect(italianNumber(-0.125, 'SHARE')).toBe('-12,5%');
    expect(italianNumber(-0.0001, 'COUNT')).toBe('0');
    expect(italianNumber(0.9, 'SHARE')).toBe('90%');
  });

  it('say that they are withheld, and never what is behind', () => {
    expect(italianCell(suppressed, 'PEOPLE')).toBe('<5 (1)');
    expect(italianCell({ ...suppressed, display: '>88.4%' }, 'SHARE')).toBe('>88,4% (1)');
    expect(italianCell({ ...suppressed, display: 'confidential' }, 'SHARE')).toBe('soppresso (1)');
    expect(italianBounds(suppressed, 'PEOPLE')).toBe('–');
  });

  it('say where they come from in words, and keep a name they do not know', () => {
    expect(italianSource('reception-centres')).toBe('Centri di accoglienza');
    expect(italianSource('labour-office')).toBe('labour-office');
    expect(italianOrigin('MEETINGS_HELD')).toBe('registro, incontri tenuti');
    expect(italianOrigin('stays')).toBe('fatto stays');
  });

  it('give moments in UTC, whatever the clock of the machine', () => {
    expect(italianInstant('2026-01-12T23:30:00+02:00')).toBe('12/01/2026, 21:30 UTC');
  });
});
