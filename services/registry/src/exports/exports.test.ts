import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  consumer,
  officer,
  openRegistry,
  operatorToken,
  purpose,
  type RegistryUnderTest,
  riskAnalysis,
} from '../registry.fixture.ts';

let registry: RegistryUnderTest;
beforeEach(async () => {
  registry = await openRegistry();
  await registry.seed();
});
afterEach(() => registry.close());

async function approve(id: string, body: object): Promise<void> {
  const asker = officer('asker');
  expect((await registry.send(asker, 'PUT', `/purposes/${id}`, body)).status).toBe(201);
  await registry.send(asker, 'POST', `/purposes/${id}/submit`, { version: 1 });
  for (const owner of ['centre-office', 'service-office']) {
    const approval = { version: 1, categories: [] };
    await registry.send(officer(owner), 'POST', `/purposes/${id}/approve`, approval);
  }
}

it('the register of art. 30 has what the article asks for, of every purpose that was in force', async () => {
  await approve('free-beds', purpose());
  await registry.send(officer('asker'), 'PUT', '/purposes/draft', purpose());
  const { json } = await registry.send(officer('asker'), 'GET', '/exports/art-30');
  expect(json['activities']).toEqual([
    expect.objectContaining({
      purposeId: 'free-beds',
      status: 'IN_FORCE',
      controller: 'Organizzazione asker',
      controllerContact: 'Ufficio inventato, ufficio@example.org',
      dataProtectionOffice: 'none named',
      sources: ['Ente centres', 'Ente services'],
      purpose: 'Programmare i posti di accoglienza',
      legalBasis: ['PUBLIC_INTEREST'],
      legalReferences: ['D.Lgs. 142/2015, art. 17'],
      dataSubjects: ['Richiedenti asilo'],
      dataTypes: ['WITH_NON_IDENTIFYING_DATA'],
      recipients: [],
      transfersToThirdCountries: 'NONE',
      retention: '1 anno',
    }),
  ]);
  await registry.send(officer('asker'), 'POST', '/purposes/free-beds/suspend', { reason: 'x' });
  const later = await registry.send(officer('asker'), 'GET', '/exports/art-30');
  expect(later.json['activities']).toEqual([expect.objectContaining({ status: 'SUSPENDED' })]);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://example.org";"x")'])(
  'a spreadsheet does not run %s',
  async (text) => {
    await approve('free-beds', purpose({ riskAnalysis: riskAnalysis({ finality: text }) }));
    const csv = await registry.send(officer('asker'), 'GET', '/exports/art-30?format=csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    expect(csv.text).toContain(`'${text.replaceAll('"', '""')}`);
    expect(csv.text).not.toMatch(/(?:^|,|")[=+@-]/mu);
  },
);

it('the agreements of partners and consumers are exported with whoever reported them', async () => {
  const agreement = {
    kind: 'ART_26_JOINT_CONTROLLERS' as const,
    reference: 'Accordo 3/2026',
    counterparty: 'Ente centres',
    subject: 'Presa in carico',
    signedOn: '2026-02-01',
    endsOn: '2028-02-01',
  };
  await registry.send(
    operatorToken,
    'PUT',
    '/consumers/with-agreement',
    consumer('with-agreement', { agreements: [agreement] }),
  );
  const { json } = await registry.send(officer('asker'), 'GET', '/exports/agreements');
  expect(json['agreements']).toEqual([
    expect.objectContaining({ organisationId: 'centres', kind: 'ART_28_PROCESSOR' }),
    expect.objectContaining({ organisationId: 'services', side: 'PARTNER' }),
    {
      organisationId: 'with-agreement',
      organisation: 'Organizzazione with-agreement',
      side: 'CONSUMER',
      ...agreement,
    },
  ]);
});
