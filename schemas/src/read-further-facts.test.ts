import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { furtherAnalysisSdl } from '@tavolo/facts';
import { parse } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { factDocuments, factGraphOf } from './read-facts.ts';
import { readFurtherFacts } from './read-further-facts.ts';
import { enrolmentsFact, supergraphWithEmploymentCentre } from './testing/employment-centre.ts';
import { documentHash } from './trusted-documents.ts';

const supergraph = supergraphWithEmploymentCentre();

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'further-facts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const good = { 'enrolments.graphql': enrolmentsFact };

/** The enrolments under another name. */
const renamed = (name: string) => enrolmentsFact.replace('name: "enrolments"', `name: "${name}"`);

describe('further facts', () => {
  it('of a partner who joined are read against the graph in force, sensitive as it says, and trusted by their hash', async () => {
    const { facts, problems } = await readFurtherFacts(await folderOf(good), supergraph);
    expect(problems).toEqual([]);
    expect(facts).toMatchObject([
      { name: 'enrolments', owners: ['employment-centre', 'person-index'], categories: ['HEALTH'] },
    ]);
    expect(facts[0]?.dimensions.map(({ column, isSensitive }) => [column, isSensitive])).toEqual([
      ['kind', false],
      ['hindrance', true],
      ['isLong', false],
    ]);
    const [document] = factDocuments(facts);
    expect(document).toMatchObject({ name: 'fact-enrolments', purpose: 'table-facts' });
    expect(documentHash(document?.text ?? '')).toBe(facts[0]?.documentHash);
  });

  it('add their own types to the analysis, and nothing when there are none', async () => {
    const { facts } = await readFurtherFacts(await folderOf(good), supergraph);
    const graph = factGraphOf(supergraph);
    const sdl = furtherAnalysisSdl(facts, graph, new Set());
    expect(() => parse(sdl)).not.toThrow();
    expect(sdl).toMatch(/extend type Analysis \{/u);
    expect(sdl).toMatch(/enum Hindrance @sensitive\(category: "HEALTH"\) \{/u);
    expect(furtherAnalysisSdl([], graph, new Set())).toBe('');
  });

  it('are none without a folder, and in an empty one', async () => {
    const none = { facts: [], problems: [] };
    expect(await readFurtherFacts(join(tmpdir(), 'there-is-none'), supergraph)).toEqual(none);
    expect(await readFurtherFacts(await folderOf({ 'README.md': '#' }), supergraph)).toEqual(none);
  });

  it.each([
    [
      'asks for a field that is not there',
      enrolmentsFact.replace('begunOn @c', 'beganOn @c'),
      /Enrolment\.beganOn.*Cannot query field/u,
    ],
    ['is no GraphQL', '{{{', /Syntax Error/u],
    ['is nested without end', `query A ${'{a'.repeat(8_000)}`, /token|nested/u],
    ['has too many words', `query A { ${'a '.repeat(6_000)}}`, /5000 tokens/u],
    ['is too big', '#'.repeat(40_000), /up to 32 KiB/u],
    [
      'is two documents',
      `${enrolmentsFact} fragment A on Person { ref }`,
      /one query with a name/u,
    ],
    [
      'reads what nobody decided on',
      enrolmentsFact.replace('ref @unit', 'ref @unit undecided { anything @column }'),
      /Undecided\.anything.*nobody decided/u,
    ],
    [
      'reads what nobody owns',
      enrolmentsFact.replace('ref @unit', 'ref @unit unowned { anything @column }'),
      /Unowned\.anything.*no owner/u,
    ],
    [
      'reads what is not for the loading of facts',
      enrolmentsFact.replace('begunOn @column', 'begunOn @column step @column'),
      /Enrolment\.step.*loading of facts/u,
    ],
    [
      'calls its rows like a figure',
      enrolmentsFact.replace('eventName: "enrolments"', 'eventName: "share"'),
      /cannot be called share/u,
    ],
    [
      'computes what the reader does not know',
      enrolmentsFact.replace('weeklyHours > 20', 'read_csv(1)'),
      /isLong/u,
    ],
  ])('one that %s is left out and named; the others work', async (_what, text, reason) => {
    const folder = await folderOf({
      ...good,
      'bad.graphql': text.replace('name: "enrolments"', 'name: "bad"'),
    });
    const { facts, problems } = await readFurtherFacts(folder, supergraph);
    expect(facts.map(({ name }) => name)).toEqual(['enrolments']);
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['bad.graphql']));
    expect(
      problems.map(({ coordinate, message }) => `${coordinate}: ${message}`).join('\n'),
    ).toMatch(reason);
  });

  it('take no name of a fact of the hub, of one before them, or of a type of somebody else', async () => {
    const folder = await folderOf({
      'asylum-steps.graphql': renamed('asylumSteps'),
      'immediatereceptions.graphql': renamed('immediatereceptions'),
      'job-offers.graphql': renamed('jobOffers'),
      'joboffers.graphql': renamed('joboffers'),
      'trainings.graphql': renamed('trainings'),
    });
    const { facts, problems } = await readFurtherFacts(folder, supergraph);
    expect(facts.map(({ name }) => name)).toEqual(['jobOffers']);
    expect(problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'asylum-steps.graphql: another fact is called asylumSteps: give it another name',
      ...[
        'AsylumStepsTable',
        'AsylumStepsCell',
        'AsylumStepsFilter',
        'AsylumStepsComparison',
        'AsylumStepsDimension',
      ].map((name) => `asylum-steps.graphql: the graph has another type ${name}: rename the fact`),
      'immediatereceptions.graphql: another fact is called immediatereceptions: give it another name',
      'joboffers.graphql: another fact is called joboffers: give it another name',
      'trainings.graphql: the graph has another type TrainingsTable: rename the fact',
    ]);
  });

  it('before their partner joined are left out', async () => {
    const { facts, problems } = await readFurtherFacts(
      await folderOf(good),
      supergraph.replace('  enrolments(first: Int! = 20)', '  inscriptions(first: Int! = 20)'),
    );
    expect(facts).toEqual([]);
    expect(problems[0]?.message).toMatch(/Cannot query field "enrolments"/u);
  });

  it('are fifty at the most, and what cannot be read or has a strange name is left out', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`z${at}.graphql`, '{']));
    const folder = await folderOf({ ...good, 'Strange name.graphql': enrolmentsFact, ...many });
    await mkdir(join(folder, 'folder.graphql'));
    const { facts, problems } = await readFurtherFacts(folder, supergraph);
    expect(facts.map(({ name }) => name)).toEqual(['enrolments']);
    const messages = problems.map(({ file, message }) => `${file}: ${message}`);
    expect(messages).toContain(
      'Strange name.graphql: a fact file is named in kebab-case: rename it',
    );
    expect(messages).toContain('folder.graphql: the file cannot be read (EISDIR)');
    expect(messages.filter((message) => message.includes('holds up to 50 facts'))).toHaveLength(4);
  });
});
