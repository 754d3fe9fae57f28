import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../cli-error.ts';
import { projectNames, readContact, readTitle } from './project-names.ts';

describe('the names of a new subgraph', () => {
  it('follow from the name of the institution', () => {
    expect(projectNames('employment-centre')).toEqual({
      name: 'employment-centre',
      type: 'EmploymentCentre',
      field: 'employmentCentre',
      key: 'employmentCentreKey',
    });
  });

  it.each([
    '',
    'x',
    'Employment Centre',
    'employment_centre',
    '../etc',
    'a--b',
    '-a',
    'città',
    '1st-centre',
    'centre-1',
    'a'.repeat(41),
    'health-authority',
    'person-index',
    'hub',
  ])('are refused for %j', (name) => {
    expect(() => projectNames(name)).toThrow(UsageError);
  });

  it('are good names in GraphQL and of one institution only, or refused', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,5}$/u), { minLength: 1, maxLength: 4 });
    const accepted = (list: readonly string[]) => {
      try {
        return projectNames(list.join('-'));
      } catch {
        return null;
      }
    };
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [first, second] = [accepted(one), accepted(other)];
        if (first !== null) expect(first.type).toMatch(/^[A-Z][A-Za-z0-9]*$/u);
        if (first === null || second === null || first.name === second.name) return;
        expect(first.key).not.toBe(second.key);
        expect(first.type).not.toBe(second.type);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a title', () => {
  it.each(["Centro per l'impiego", 'Ufficio scolastico (Parma)', 'AUSL – distretto Sud-Est'])(
    'may be %j',
    (title) => {
      expect(readTitle('--title-it', title)).toBe(title);
    },
  );

  it('holds nothing that ends a text, begins another line or is a placeholder', () => {
    const hostile = fc
      .tuple(fc.string(), fc.constantFrom('"', '\\', '\n', '`', '$', '<', '{', '#', '__', '|', '*'))
      .map(([text, sign]) => `Centre ${text}${sign} x`);
    fc.assert(
      fc.property(hostile, (title) => {
        expect(() => readTitle('--title-en', title)).toThrow(UsageError);
      }),
    );
  });
});

it('a contact is the address of an office or a page', () => {
  expect(readContact('ufficio@example.org')).toBe('ufficio@example.org');
  expect(readContact('https://example.org/ufficio')).toBe('https://example.org/ufficio');
  for (const wrong of [
    'nobody',
    'a@b',
    'javascript:alert(1)',
    'x@example.org) [y](z',
    'a@b.it\nc',
  ]) {
    expect(() => readContact(wrong)).toThrow(UsageError);
  }
});
