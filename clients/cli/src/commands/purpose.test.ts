import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StubRegistry, startStubRegistry } from '../registry.fixture.ts';

let registry: StubRegistry;

beforeAll(async () => {
  registry = await startStubRegistry();
});
afterAll(async () => registry.close());
beforeEach(() => {
  registry.answers.clear();
  registry.asked.length = 0;
});

const tavolo = (...args: string[]) => registry.tavolo(['purpose', ...args]);

const content = {
  title: 'Integrated care',
  class: 'CASE_WORK',
  roles: ['case-worker'],
  documents: 'FREE',
  districts: null,
  coordinates: ['Person.stays', 'Stay.from'],
  categories: ['HEALTH'],
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  dailyQuota: 1000,
  riskAnalysis: { finality: 'care' },
};
const inForce = {
  version: 1,
  content,
  owners: ['reception-centres'],
  grants: { 'reception-centres': ['HEALTH'] },
  approvedAt: '2026-01-01T00:00:00Z',
};
const pending = (status: string, more: object = {}) => ({
  version: 2,
  status,
  content: { ...content, coordinates: [...content.coordinates, 'Person.enrolments'] },
  owners: ['employment-centre', 'reception-centres'],
  grants: { 'reception-centres': ['HEALTH'] },
  rejection: null,
  ...more,
});
const entry = (waiting: object | null, revision = 5) => ({
  json: {
    id: 'integrated-care',
    consumerId: 'social-services',
    revision,
    lastVersion: 2,
    status: 'APPROVED',
    pending: waiting,
    inForce,
    isArchived: false,
    suspensions: [],
  },
  etag: `"${revision}"`,
});

describe('tavolo purpose add-fields', () => {
  it('drafts a version with the fields added and nothing else changed, submits it, and says who approves', async () => {
    registry.answers.set('GET /purposes/integrated-care', entry(null));
    registry.answers.set('PUT /purposes/integrated-care', entry(pending('DRAFT'), 6));
    registry.answers.set('POST /purposes/integrated-care/submit', entry(pending('SUBMITTED'), 7));
    const { exitCode, printed } = await tavolo(
      'add-fields',
      'integrated-care',
      'Person.enrolments',
      'Stay.from',
    );
    expect(exitCode).toBe(0);
    expect(printed).toBe(
      [
        'Version 2 of integrated-care is submitted. It waits for a privacy officer of each:',
        '  employment-centre: tavolo purpose approve integrated-care --categories all',
        'In place of "all": "none", or those of the categories that it may read.',
        'Until then version 1 is in force.',
        '',
      ].join('\n'),
    );
    expect(registry.asked.map(({ method, ifMatch, body }) => ({ method, ifMatch, body }))).toEqual([
      { method: 'GET', ifMatch: undefined, body: undefined },
      { method: 'PUT', ifMatch: '"5"', body: pending('DRAFT').content },
      { method: 'POST', ifMatch: undefined, body: { version: 2 } },
    ]);
  });

  it('done again, asks for nothing more', async () => {
    registry.answers.set('GET /purposes/integrated-care', entry(pending('SUBMITTED')));
    const { exitCode, printed } = await tavolo(
      'add-fields',
      'integrated-care',
      'Person.enrolments',
    );
    expect(exitCode).toBe(0);
    expect(printed).toContain('waits for a privacy officer');
    expect(registry.asked).toHaveLength(1);
  });

  it('submits a draft that a broken connection left behind', async () => {
    registry.answers.set('GET /purposes/integrated-care', entry(pending('DRAFT')));
    registry.answers.set('POST /purposes/integrated-care/submit', entry(pending('SUBMITTED')));
    await tavolo('add-fields', 'integrated-care', 'Person.enrolments');
    expect(registry.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('says so when somebody changed it meanwhile', async () => {
    registry.answers.set('GET /purposes/integrated-care', entry(null));
    registry.answers.set('PUT /purposes/integrated-care', {
      status: 412,
      json: { code: 'VERSION_CONFLICT', title: 'The entry is not the one you read', detail: '' },
    });
    const { exitCode, said } = await tavolo('add-fields', 'integrated-care', 'Person.enrolments');
    expect(exitCode).toBe(1);
    expect(said).toContain('VERSION_CONFLICT');
  });

  it.each([
    [['add-fields', 'integrated-care', 'Person'], 'a type and a field'],
    [['add-fields', 'integrated-care', 'A.b', '--categories', 'SECRET'], '--categories: HEALTH'],
    [['add-fields', 'Integrated_Care', 'A.b'], 'no purpose is called that'],
  ])('ends with 2 and asks nobody: %j', async (args, why) => {
    const { exitCode, said } = await tavolo(...args);
    expect(exitCode).toBe(2);
    expect(said).toContain(why);
    expect(registry.asked).toEqual([]);
  });
});

describe('tavolo purpose approve', () => {
  const approved = 'POST /purposes/integrated-care/approve';

  it('never decides on special categories by leaving them out', async () => {
    registry.answers.set('GET /purposes/integrated-care', entry(pending('SUBMITTED')));
    const { exitCode, said } = await tavolo('approve', 'integrated-care');
    expect(exitCode).toBe(2);
    expect(said).toContain('it declares HEALTH: say which it may read: --categories all');
  });

  it.each([
    [['all'], ['HEALTH']],
    [['none'], []],
    [['HEALTH'], ['HEALTH']],
  ])('approves the version that waits, with %j', async (named, categories) => {
    registry.answers.set('GET /purposes/integrated-care', entry(pending('SUBMITTED')));
    registry.answers.set(approved, entry(null));
    const { exitCode, printed } = await tavolo(
      'approve',
      'integrated-care',
      '--categories',
      ...named,
    );
    expect({ exitCode, printed }).toEqual({
      exitCode: 0,
      printed: 'Version 1 of integrated-care is in force.\n',
    });
    expect(registry.asked.at(-1)?.body).toEqual({ version: 2, categories });
  });

  it('has nothing to approve where nothing waits', async () => {
    registry.answers.set('GET /purposes/integrated-care', entry(null));
    const { exitCode, said } = await tavolo('approve', 'integrated-care');
    expect(exitCode).toBe(1);
    expect(said).toContain('no version that waits');
  });
});

describe('tavolo purpose list, show', () => {
  it('lists what is asked for and whom it waits for', async () => {
    const { json } = entry(null);
    registry.answers.set('GET /purposes?first=100', {
      json: {
        items: [
          {
            ...json,
            title: content.title,
            pendingVersion: 2,
            inForceVersion: 1,
            awaiting: ['employment-centre'],
          },
        ],
        next: null,
      },
    });
    expect((await tavolo('list')).printed).toMatch(
      /^integrated-care {2}social-services {2}APPROVED {2}version 1 {2}employment-centre {2}Integrated care$/mu,
    );
  });

  it('shows one with its fields, and says so when it was rejected', async () => {
    const rejection = { by: 'employment-centre', reason: 'Too much' };
    registry.answers.set(
      'GET /purposes/integrated-care',
      entry(pending('REJECTED', { rejection })),
    );
    const { printed } = await tavolo('show', 'integrated-care');
    expect(printed).toContain('Reads 3 fields:\n  Person.stays\n');
    expect(printed).toContain(
      'Version 2 of integrated-care is REJECTED by employment-centre: Too much.',
    );
  });

  it('says the same of what is not there and of what is not yours', async () => {
    const { exitCode, said } = await tavolo('show', 'integrated-care');
    expect(exitCode).toBe(1);
    expect(said).toContain('there is no purpose integrated-care, or it is not yours to see');
  });
});
