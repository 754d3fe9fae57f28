import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createIdentifierEncoder } from '../identifier-encoder.ts';
import { codiciFiscali, KEY } from './stolen-encodings.fixture.ts';

const codes = codiciFiscali();
const encoder = createIdentifierEncoder(KEY);
const stolen = new Set(codes.map((code) => encoder.encode('CODICE_FISCALE', code)?.mac ?? ''));
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** As the encoder does it: the attacker has the source. */
const domainOf = (code: string): string => `tavolo/linkage/v1\0identifier/CODICE_FISCALE\0${code}`;

function recovered(encode: (code: string) => string): number {
  return codes.filter((code) => stolen.has(encode(code))).length;
}

const texts = ['', 'secret', 'tavolo', 'linkage', KEY.id, '1', '0'.repeat(64)];
const keys = [
  ...texts.map((text) => Buffer.from(text)),
  Buffer.alloc(32),
  Buffer.alloc(16),
  // Every key-like text that the documentation shows.
  ...(readme.match(/\b[0-9a-f]{32,64}\b/g) ?? []).map((hex) => Buffer.from(hex, 'hex')),
];

describe('somebody who has every codice fiscale and no key', () => {
  it('has thousands of codes and their encodings to try', () => {
    expect(codes.length).toBeGreaterThan(1_500);
    expect(stolen.size).toBeGreaterThan(1_500);
  });

  it('recovers none by hashing them', () => {
    for (const text of [(code: string) => code, domainOf, (code: string) => KEY.id + code]) {
      expect(recovered((code) => createHash('sha256').update(text(code)).digest('base64url'))).toBe(
        0,
      );
    }
  });

  it('recovers none with keys that people choose, or that the README shows', () => {
    for (const key of keys) {
      for (const text of [(code: string) => code, domainOf]) {
        const mac = (code: string) =>
          createHmac('sha256', key).update(text(code)).digest('base64url');
        expect(recovered(mac)).toBe(0);
      }
    }
  });

  it('would recover all of them with the key', () => {
    const mac = (code: string) =>
      createHmac('sha256', KEY.bytes).update(domainOf(code)).digest('base64url');
    expect(recovered(mac)).toBe(codes.length);
  });
});
