import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOpaqueIds, type IdLabel } from './opaque-id.ts';

const secret = 'an invented secret of the social services, long enough';
const ids = createOpaqueIds(secret);
const anyLabel = fc.constantFrom<IdLabel>('person', 'household', 'case', 'plan', 'contact');
const anyLocalId = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('opaque ids', () => {
  it('come back to the local id for whoever holds the secret', () => {
    fc.assert(
      fc.property(anyLabel, anyLocalId, (label, localId) => {
        expect(ids.decode(label, ids.encode(label, localId))).toBe(
          Buffer.from(localId, 'utf8').toString('utf8'),
        );
      }),
    );
  });

  it('are the same at every start and never shared by two records', () => {
    fc.assert(
      fc.property(anyLocalId, anyLocalId, (one, other) => {
        expect(createOpaqueIds(secret).encode('case', one)).toBe(ids.encode('case', one));
        fc.pre(one !== other);
        expect(ids.encode('case', one)).not.toBe(ids.encode('case', other));
      }),
    );
  });

  it('show neither the local id nor its length', () => {
    const short = ids.encode('person', 'PR:1');
    const long = ids.encode('person', 'PR:123456789012');
    expect(short).toHaveLength(long.length);
    expect(Buffer.from(short, 'base64url').toString('latin1')).not.toContain('PR:1');
  });

  it('of one label are refused under another, and so are those of another institution', () => {
    const id = ids.encode('person', 'PR:1');
    expect(ids.decode('household', id)).toBeNull();
    expect(createOpaqueIds(secret.toUpperCase()).decode('person', id)).toBeNull();
  });

  it('are refused when a single character is changed', () => {
    const id = ids.encode('case', 'PR:1');
    fc.assert(
      fc.property(
        fc.nat({ max: id.length - 1 }),
        fc.constantFrom('A', 'B', 'x', 'z', '0', '9', '-', '_', '=', '+', '/', ' '),
        (at, character) => {
          fc.pre(id[at] !== character);
          expect(ids.decode('case', id.slice(0, at) + character + id.slice(at + 1))).toBeNull();
        },
      ),
    );
  });

  it('are refused, without an error, when they are any other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => ids.decode('case', text) === null),
    );
    expect(ids.decode('case', '')).toBeNull();
  });

  it('cannot be made with a short secret', () => {
    expect(() => createOpaqueIds('short')).toThrow('at least 32 characters');
  });
});
