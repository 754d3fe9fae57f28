import type { SubgraphSource } from '@tavolo/schema-check';
import { checkSubgraphs, composeSubgraphs } from '@tavolo/schema-check/compose';
import { readSubgraphSdl, subgraphNames } from '@tavolo/schemas';
import fc from 'fast-check';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type FurtherPartner, institutionOf, keyFieldOf } from './further-partner.ts';
import { MOST_PARTNERS, partnerForm, readPartnerName } from './partner-form.ts';
import { withPartners } from './partner-sdl.ts';

const base = readSubgraphSdl('person-index');

function partner(name: string, label = { en: 'Employment centre', it: 'centro per l’impiego' }) {
  return { name, label, tokenSha256: null, removedAt: null } satisfies FurtherPartner;
}

/** The smallest SDL with which a partner of this name adds to a person. */
function theirSdl(name: string): string {
  const key = keyFieldOf(name);
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
      import: ["@composeDirective", "@key", "@inaccessible", "@requiresScopes"])
      @link(url: "https://tavolo.example/specs/access/v0.1", import: ["@owner"])
      @composeDirective(name: "@owner")
    "Institution that decides (ente titolare del dato)."
    directive @owner("The partner's id (ente)." partner: String!) repeatable on OBJECT | FIELD_DEFINITION
    type Person @key(fields: "${key}") @requiresScopes(scopes: [["people:read"]]) {
      ${key}: ID! @inaccessible
      of${institutionOf(name)}: Boolean @owner(partner: "${name}")
    }`;
}

function sourcesOf(
  names: readonly string[],
  partners: readonly FurtherPartner[],
): SubgraphSource[] {
  const textOf = (name: string) => {
    if (name === 'person-index') return withPartners(base, partners);
    const known = subgraphNames.find((each) => each === name);
    return known === undefined ? theirSdl(name) : readSubgraphSdl(known);
  };
  return names.map((name) => ({
    ...{ name, owner: name, url: 'http://127.0.0.1:4999/graphql' },
    files: [{ path: `${name}.graphql`, text: textOf(name) }],
  }));
}

const letters = ['a', 'b', 'c', 'x', 'y', 'z'];
const word = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.string({ unit: fc.constantFrom(...letters, '0', '9'), maxLength: 6 }),
  )
  .map((parts) => parts.join(''));
const anyName = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => words.join('-'))
  .filter((name) => name.length >= 2);
const label = fc
  .string({ minLength: 1, maxLength: 80, unit: 'grapheme' })
  .filter((text) => partnerForm.shape.label.shape.en.safeParse(text).success);

/** As many as the index would take one after the other. */
const anyPartners = fc
  .array(fc.record({ name: anyName, en: label, it: label }), { maxLength: 8 })
  .map((wanted) => {
    const taken: FurtherPartner[] = [];
    for (const { name, en, it: italian } of wanted) {
      try {
        if (taken.some((one) => one.name === name)) continue;
        taken.push(partner(readPartnerName(name, taken), { en, it: italian }));
      } catch {
        // The index refuses it, and so it is not there.
      }
    }
    return taken;
  });

describe('the schema with further partners', () => {
  it('is the one that is written, to the letter, without any', () => {
    expect(withPartners(base, [])).toBe(base);
  });

  it('has a key and a name for each, lists as long as there are institutions, and changes no other line', () => {
    const sdl = withPartners(base, [partner('employment-centre')]);
    expect(sdl).toContain('  @key(fields: "employmentCentreKey")\n');
    expect(sdl).toContain('  employmentCentreKey: ID @inaccessible\n');
    expect(sdl).toContain('  "Employment centre (centro per l’impiego)."\n  EMPLOYMENT_CENTRE\n}');
    expect(sdl).toContain('partners: [EnrolledRecords!]! @listSize(assumedSize: 5)');
    expect(sdl).toContain('"Number of institutions, 1 to 5 (numero di istituzioni)."');
    const before = new Set(base.split('\n'));
    const news = sdl.split('\n').filter((line) => !before.has(line));
    expect(news).toHaveLength(10);
    const now = new Set(sdl.split('\n'));
    expect(base.split('\n').filter((line) => !now.has(line))).toHaveLength(5);
  });

  it('composes with all the others and whoever joins, and keeps the house rules', {
    timeout: 120_000,
  }, () => {
    const joined = [partner('employment-centre'), partner('a1-2b')];
    const names = [...subgraphNames, ...joined.map(({ name }) => name)];
    const sources = sourcesOf(names, joined);
    const { findings, supergraphSdl } = checkSubgraphs({
      submitted: sources.filter(({ name }) => name === 'person-index'),
      others: sources.filter(({ name }) => name !== 'person-index'),
      partners: names,
      waivers: [],
    });
    expect(findings.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    expect(supergraphSdl).toContain('employmentCentreKey');
  });

  it('composes whatever partners the index takes', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyPartners, (partners) => {
        const names = partners.map(({ name }) => name);
        const composed = composeSubgraphs(sourcesOf(['person-index', ...names], partners));
        expect(composed.kind, JSON.stringify(composed)).toBe('composed');
      }),
      { numRuns: 12 },
    );
  });

  it('is valid with as many partners as there may be', () => {
    const many = Array.from({ length: MOST_PARTNERS }, (_, at) => partner(`partner-${at}x`));
    expect(() => parse(withPartners(base, many))).not.toThrow();
  });
});

describe('the name of a partner', () => {
  it.each([
    ...[
      '',
      'a',
      'A-b',
      'a_b',
      'a--b',
      '-a',
      'a-',
      '9a',
      'a b',
      'a/b',
      '../a',
      '__proto__',
      'è-qui',
    ],
    ...['constructor', 'hub', 'sdl', 'person-index', 'social-services', `a${'b'.repeat(64)}`],
  ])('is not %j', (name) => {
    expect(() => readPartnerName(name, [])).toThrow(/^name: /u);
  });

  it('makes no key and no word of the graph that another one has', () => {
    expect(() => readPartnerName('centre-1', [partner('centre1')])).toThrow(/would be the same/u);
    expect(readPartnerName('centre-1', [partner('centre-1'), partner('centre-2')])).toBe(
      'centre-1',
    );
  });
});

it.each(['', ' a', 'a"b', 'a\\b', 'a\nb', 'a(b)', '"""', 'a'.repeat(81), 'a{b', '\u202eabc'])(
  'a label is not %j',
  (text) => {
    const form = { label: { en: text, it: 'ente' }, tokenSha256: '0'.repeat(64) };
    expect(partnerForm.safeParse(form).success).toBe(false);
  },
);
