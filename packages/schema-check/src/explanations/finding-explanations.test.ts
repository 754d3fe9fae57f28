import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { findingExplanations } from './finding-explanations.ts';

/** The composer's own list: it is not exported by the package that we depend on, and is read only here. */
function composerCodes(): readonly string[] {
  const composition = createRequire(import.meta.url).resolve('@apollo/composition');
  const internals = createRequire(composition).resolve('@apollo/federation-internals');
  const text = readFileSync(internals.replace(/index\.js$/u, 'error.js'), 'utf8');
  const plain = [...text.matchAll(/makeCodeDefinition\('(\w+)'/gu)].map(([, code = '']) => code);
  const ofDirectives = [
    ...text.matchAll(/makeFederationDirectiveErrorCodeCategory\('(\w+)'/gu),
  ].flatMap(([, suffix = '']) =>
    ['KEY', 'PROVIDES', 'REQUIRES'].map((name) => `${name}_${suffix}`),
  );
  return [...plain, ...ofDirectives];
}

/** Every code our own rules name. */
function ownCodes(): readonly string[] {
  const source = new URL('../', import.meta.url);
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        /^(?!.*(?:test|fixture)\.ts$).*\.ts$/u.test(file) && !file.startsWith('explanations'),
    )
    .flatMap((file) => [
      ...readFileSync(new URL(file, source), 'utf8').matchAll(/createFinding\(\s*'(\w+)'/gu),
    ])
    .map(([, code = '']) => code);
}

it('every code that the composer or a rule can answer with is explained', () => {
  const codes = [...composerCodes(), ...ownCodes()];
  expect(codes.length).toBeGreaterThan(90);
  expect(codes.filter((code) => !findingExplanations[code])).toEqual([]);
});

it.each(Object.entries(findingExplanations))(
  '%s says in both languages what it is, why and what to do',
  (code, each) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]{2,79}$/u);
    for (const part of [each.title, each.cause, each.fix, each.more]) {
      expect(part.en.length).toBeGreaterThan(5);
      expect(part.it.length).toBeGreaterThan(5);
    }
    expect(each.cause.en).not.toBe(each.cause.it);
    expect(each.fix.en).not.toBe(each.fix.it);
  },
);
