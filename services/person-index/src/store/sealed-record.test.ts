import { describe, expect, it } from 'vitest';
import { createRecordSeal, SealError } from './sealed-record.ts';

const seal = createRecordSeal('s'.repeat(32));

describe('sealed record', () => {
  it('opens at its own place to what was sealed, whatever the script', () => {
    const text = '{"mac":"…","name":"أحمد"}';
    expect(seal.open('people/a/1', seal.seal('people/a/1', text))).toBe(text);
  });

  it('is another each time, so that two equal records do not look equal', () => {
    expect(seal.seal('c', 'same')).not.toEqual(seal.seal('c', 'same'));
  });

  it('does not hold what was sealed', () => {
    expect(seal.seal('c', 'CANARY').toString('latin1')).not.toContain('CANARY');
  });

  it('does not open at another place', () => {
    const sealed = seal.seal('people/social-services/1', 'text');
    expect(() => seal.open('people/health-authority/1', sealed)).toThrow(SealError);
  });

  it('does not open with another secret, and says which setting to correct', () => {
    const other = createRecordSeal('t'.repeat(32));
    expect(() => other.open('c', seal.seal('c', 'text'))).toThrow('STORE_SECRET');
  });

  it('does not open when any byte was changed, cut or added', () => {
    const sealed = seal.seal('c', 'text');
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Buffer.from(sealed);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => seal.open('c', changed)).toThrow(SealError);
      expect(() => seal.open('c', sealed.subarray(0, place))).toThrow(SealError);
    }
    expect(() => seal.open('c', Buffer.concat([sealed, Buffer.of(0)]))).toThrow(SealError);
  });
});
