import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSubgraphSdl } from '@tavolo/schemas';
import { Kind, parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeList } from './code-list.ts';
import { type BeneficiaryGroup, beneficiaryGroups, eligibilityOn } from './eligibility.ts';
import { type ReferenceFolders, readReferenceFiles } from './read-reference-files.ts';
import { isValidOn } from './validity.ts';

const { codeLists, eligibilityRules } = readReferenceFiles();

describe('who may enter the reception and integration system', () => {
  const answers: readonly (readonly [BeneficiaryGroup, string, string])[] = [
    // Asylum seekers: let in, shut out in 2018, let in again in 2020, shut out again in 2023.
    ['ASYLUM_SEEKER', '2018-10-04', 'ELIGIBLE_WITHIN_PLACES'],
    ['ASYLUM_SEEKER', '2018-10-05', 'NOT_ELIGIBLE'],
    ['ASYLUM_SEEKER', '2020-10-21', 'NOT_ELIGIBLE'],
    ['ASYLUM_SEEKER', '2020-10-22', 'ELIGIBLE_WITHIN_PLACES'],
    ['ASYLUM_SEEKER', '2023-05-05', 'ELIGIBLE_WITHIN_PLACES'],
    ['ASYLUM_SEEKER', '2023-05-06', 'NOT_ELIGIBLE'],
    ['VULNERABLE_ASYLUM_SEEKER', '2019-06-01', 'NOT_ELIGIBLE'],
    ['VULNERABLE_ASYLUM_SEEKER', '2023-05-06', 'ELIGIBLE_WITHIN_PLACES'],
    ['PROTECTED_ENTRY_ASYLUM_SEEKER', '2026-11-22', 'ELIGIBLE_WITHIN_PLACES'],
    ['HUMANITARIAN_PROTECTION_HOLDER', '2018-10-04', 'ELIGIBLE'],
    ['HUMANITARIAN_PROTECTION_HOLDER', '2018-10-05', 'NOT_ELIGIBLE'],
    ['SPECIAL_PROTECTION_HOLDER', '2019-06-01', 'NOT_ELIGIBLE'],
    ['SPECIAL_PROTECTION_HOLDER', '2021-06-01', 'ELIGIBLE_WITHIN_PLACES'],
    ['TEMPORARY_PROTECTION_HOLDER', '2022-02-28', 'NOT_ELIGIBLE'],
    ['TEMPORARY_PROTECTION_HOLDER', '2022-03-01', 'ELIGIBLE_WITHIN_PLACES'],
    ['INTERNATIONAL_PROTECTION_HOLDER', '2019-06-01', 'ELIGIBLE'],
    ['UNACCOMPANIED_MINOR', '2026-11-22', 'ELIGIBLE'],
    ['ASYLUM_SEEKER', '2001-01-01', 'NO_RULE'],
  ];

  it.each(answers)('%s on %s: %s', (group, day, answer) => {
    expect(eligibilityOn(eligibilityRules, day, group).answer).toBe(answer);
  });

  it('is always said with the law that says so', () => {
    for (const group of beneficiaryGroups) {
      for (const rule of eligibilityRules) {
        const said = eligibilityOn(eligibilityRules, rule.validFrom, group);
        expect(said.rule?.id).toBe(rule.id);
        expect(said.source).toMatch(/(?:L|Lgs|D\.L|art)\. /iu);
      }
    }
  });

  it('has a rule for every day since the system exists', () => {
    const [first, ...later] = eligibilityRules;
    expect(first?.validFrom).toBe('2002-09-10');
    expect(later.map(({ validFrom }) => validFrom)).toEqual(
      eligibilityRules.slice(0, -1).map(({ validTo }) => validTo),
    );
    expect(eligibilityRules.at(-1)?.validTo).toBeNull();
  });
});

describe('the code lists', () => {
  const listOf = (id: string): CodeList => {
    const list = codeLists.find((each) => each.id === id);
    if (list === undefined) throw new Error(`no list ${id}`);
    return list;
  };

  it.each([
    ['2018-01-01', 'SPRAR'],
    ['2019-01-01', 'SIPROIMI'],
    ['2021-01-01', 'SAI'],
  ])('call the system on %s by its name of that day: %s', (day, name) => {
    const entries = listOf('reception-types').entries.filter(
      (entry) => entry.code === 'SAI' && isValidOn(entry, day),
    );
    expect(entries.map(({ labelItalian }) => labelItalian)).toEqual([
      expect.stringContaining(`(${name})`),
    ]);
  });

  it('know the provisional reception of 2023 from its first day', () => {
    const provisional = listOf('reception-types').entries.find(
      ({ code }) => code === 'CAS_PROVISIONAL',
    );
    expect(provisional).toMatchObject({ validFrom: '2023-05-06', validTo: null });
  });

  it('map to nothing the graph does not know', () => {
    const values = enumValuesOf('reception-centres');
    const mappings = codeLists.flatMap(({ entries }) => entries.flatMap((each) => each.mappings));
    const ofTheGraph = mappings.filter(({ scheme }) => /^[A-Z]/u.test(scheme));
    expect(ofTheGraph.length).toBeGreaterThan(30);
    for (const { scheme, code } of ofTheGraph) {
      expect(values.get(scheme), scheme).toContain(code);
    }
  });
});

describe('reference files that cannot be used', () => {
  let folder: string;
  let folders: ReferenceFolders;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tavolo-reference-'));
    folders = {
      codeLists: pathToFileURL(`${folder}/code-lists/`),
      eligibility: pathToFileURL(`${folder}/eligibility/`),
    };
    for (const name of ['code-lists', 'eligibility']) {
      await mkdir(join(folder, name));
      const own = new URL(`${name}/`, import.meta.url);
      for (const file of await readdir(own)) {
        await writeFile(join(folder, name, file), await readFile(new URL(file, own)));
      }
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Replaces text in a file; fails when the text is not there. */
  async function change(file: string, from: string, to: string) {
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).toContain(from);
    await writeFile(join(folder, file), text.replace(from, to));
  }

  it('are refused together, each problem by its file', async () => {
    await change('eligibility/dl-113-2018.json', '2020-10-22', '2020-10-23');
    await change(
      'code-lists/reception-types.json',
      '"validTo": "2018-10-05"',
      '"validTo": "2019-10-05"',
    );
    await change('code-lists/exit-reasons.json', '"code": "REMOVAL"', '"code": "removal"');
    await writeFile(join(folder, 'code-lists/broken.json'), '{');
    let message = '';
    try {
      readReferenceFiles(folders);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/dl-113-2018 \[2018-10-05, 2020-10-23\) and dl-130-2020 .* overlap/u);
    expect(message).toMatch(/reception-types.json: SAI is valid twice/u);
    expect(message).toMatch(/exit-reasons.json: .*entries/u);
    expect(message).toMatch(/broken.json:/u);
  });

  it.each([
    [
      'eligibility/sprar.json',
      '"validTo": "2018-10-05"',
      '"validTo": "2002-09-10"',
      /validTo must come after/u,
    ],
    [
      'eligibility/sprar.json',
      '"validFrom": "2002-09-10"',
      '"validFrom": "2002-02-30"',
      /must be a day/u,
    ],
    [
      'eligibility/sprar.json',
      'VULNERABLE_ASYLUM_SEEKER',
      'ASYLUM_SEEKER',
      /names ASYLUM_SEEKER twice/u,
    ],
    [
      'eligibility/sprar.json',
      '"id": "sprar"',
      '"id": "other"',
      /its id is other; name the file after it/u,
    ],
    ['code-lists/permit-grounds.json', '"label"', '"lable"', /permit-grounds.json/u],
  ])('%s with %s as %s', async (file, from, to, said) => {
    await change(file, from, to);
    expect(() => readReferenceFiles(folders)).toThrow(said);
  });
});

function enumValuesOf(subgraph: 'reception-centres'): ReadonlyMap<string, readonly string[]> {
  return new Map(
    parse(readSubgraphSdl(subgraph)).definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION
        ? [
            [
              definition.name.value,
              (definition.values ?? []).map(({ name }) => name.value),
            ] as const,
          ]
        : [],
    ),
  );
}
