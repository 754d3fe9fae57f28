import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveSectorKey } from './derive-sector-key.ts';
import { createIdentifierEncoder } from './identifier-encoder.ts';
import { createLinkageKey, LinkageKeyError } from './linkage-key.ts';

const HEX = 'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13';
const key = createLinkageKey('2026', HEX);

describe('linkage key', () => {
  it.each([
    ['too short', 'c90f3a5be17d42688b0edd91a7350c'],
    ['one byte repeated', 'ab'.repeat(32)],
    ['a pattern repeated', '0123456789abcdef'.repeat(4)],
    ['a word repeated', Buffer.from('changeme').toString('hex').repeat(4)],
    ['a counter', Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('hex')],
    ['a backward counter', '00ffeeddccbbaa998877665544332211'],
    ['readable text', Buffer.from('correct horse battery staple 26!').toString('hex')],
    ['few different bytes', `${'00'.repeat(30)}0102`],
    ['no hexadecimal', 'g'.repeat(64)],
    ['empty', ''],
  ])('is refused when it is %s, and the complaint does not show it', (_name, hex) => {
    let complaint = '';
    try {
      createLinkageKey('2026', hex);
    } catch (error) {
      expect(error).toBeInstanceOf(LinkageKeyError);
      complaint = String(error);
    }
    expect(complaint).not.toBe('');
    if (hex !== '') expect(complaint).not.toContain(hex.slice(0, 16));
  });

  it('is accepted when it was drawn at random', () => {
    for (let round = 0; round < 2_000; round += 1) {
      expect(() => createLinkageKey('k', randomBytes(32).toString('hex'))).not.toThrow();
    }
  });

  it('is checked again where it is used, in case it was put together by hand', () => {
    expect(() => createIdentifierEncoder({ id: 'k', bytes: new Uint8Array(32) })).toThrow(
      LinkageKeyError,
    );
  });
});

describe('identifier encoder', () => {
  it('gives one opaque text for every way an identifier is written', () => {
    const encoder = createIdentifierEncoder(key);
    const encoded = encoder.encode('CUI', '0tv-00a1');
    expect(encoded).toEqual(encoder.encode('CUI', ' 0TV00A1 '));
    expect(encoded).toMatchObject({ kind: 'CUI', keyId: '2026' });
    expect(encoded?.mac).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('gives the text that another language computes from the published recipe', () => {
    const encoder = createIdentifierEncoder(key);
    expect(encoder.encode('CUI', '0TV07C4')?.mac).toBe(
      'aHSq8TwOqx9c_6mxMtrfNWC7ZTkDkAQ2zLCIq3tTExY',
    );
    expect(encoder.encodeHouseholdCode('social-services:NF 12')).toBe(
      'yazYHXF_VjWWIqGcJHnA1qKCMnFwm375InT-N6AFgKo',
    );
  });

  it('never encodes two kinds, or under two keys, alike', () => {
    const encoder = createIdentifierEncoder(key);
    const other = createIdentifierEncoder(createLinkageKey('b', HEX.split('').reverse().join('')));
    const macs = [
      encoder.encode('VESTANET', 'XT0007919')?.mac,
      encoder.encode('PERMIT', 'XT0007919')?.mac,
      encoder.encodeHouseholdCode('XT0007919'),
      other.encode('VESTANET', 'XT0007919')?.mac,
    ];
    expect(new Set(macs).size).toBe(4);
  });

  it('counts what it could not use and what failed its check, by kind', () => {
    const encoder = createIdentifierEncoder(key);
    encoder.encode('CUI', 'unknown');
    encoder.encode('CODICE_FISCALE', 'RSSMRA85T10A562X');
    encoder.encode('CODICE_FISCALE', 'RSSMRA85T10A562S');
    expect(encoder.counts()).toMatchObject({
      encoded: 2,
      malformed: { CUI: 1, STP: 0 },
      checkDigitFailures: { CODICE_FISCALE: 1 },
    });
  });

  it('joins spellings of a household code, keeps issuers apart and refuses emptiness', () => {
    const encoder = createIdentifierEncoder(key);
    const encode = (code: string) => encoder.encodeHouseholdCode(code);
    expect(encode('social-services:NF 12')).toBe(encode('SOCIAL SERVICES:nf-12'));
    expect(encode('social-services:12')).not.toBe(encode('reception-centres:12'));
    expect(encode(' - ')).toBeNull();
  });
});

describe('sector keys', () => {
  it('are stable, opaque and apart for every label and local id', () => {
    const secret = 's'.repeat(32);
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', ':', '/'),
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(name, name, name, name, (label, id, otherLabel, otherId) => {
        const sectorKey = deriveSectorKey(secret, label, id);
        expect(sectorKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(sectorKey === deriveSectorKey(secret, otherLabel, otherId)).toBe(
          label === otherLabel && id === otherId,
        );
      }),
    );
  });

  it('need a secret worth the name', () => {
    expect(() => deriveSectorKey('short', 'person', '1')).toThrow('at least 32');
  });
});
