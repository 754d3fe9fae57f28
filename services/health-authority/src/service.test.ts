import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deriveSectorKey } from '@tavolo/linkage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adt, visit } from './testing/adt.ts';
import {
  secret,
  startTestService,
  type TestService,
  testConfig,
} from './testing/start-test-service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startTestService(await testConfig());
});
afterEach(() => service.close());

const keyOf = (localId: string) => deriveSectorKey(secret, 'person', localId);
const personQuery = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Person {
  healthEvents { at serviceType isServiceMapped languageMediation }
  firstHealthEvent { at } hoursToFirstHealthEvent
  registrations { kind from to district } vulnerabilityFlags { category level at sourceService }
  screenings { programme offeredOn acceptedOn } } } }`;

async function person(localId: string, receptionEntryAt: string | null = null) {
  const people = [{ __typename: 'Person', healthAuthorityKey: keyOf(localId), receptionEntryAt }];
  const { data } = await service.ask(personQuery, { people });
  return (data as { _entities: Record<string, unknown>[] })._entities[0];
}
async function status() {
  const query = '{ healthFeedStatus { received applied quarantined duplicates unmappedServices } }';
  return ((await service.ask(query))['data'] as { healthFeedStatus: object }).healthFeedStatus;
}
async function rejections() {
  const query = '{ healthAuthorityRejections { nodes { source line field reason } } }';
  const { data } = await service.ask(query);
  return (data as { healthAuthorityRejections: { nodes: object[] } }).healthAuthorityRejections
    .nodes;
}
async function drop(name: string, content: string | Buffer) {
  await writeFile(path.join(service.config.DROP_DIR, `${name}.part`), content);
  await rename(
    path.join(service.config.DROP_DIR, `${name}.part`),
    path.join(service.config.DROP_DIR, name),
  );
  await service.filesTakenIn();
}

describe('messages over MLLP', () => {
  it('become events, registrations, flags and screenings of a person', async () => {
    const ids = [
      'INV1^^^AUSLPR^PI',
      'STP9999990000001^^^&2.16.840.1.113883.2.9.4.3.17&ISO^NI^^20260101^20260630',
      'STP9999990000002^^^AUSLPR^STP^^20260701^20261231',
    ].join('~');
    const segments = [
      visit('V1', '20260715100000', 'CSM'),
      'ZME|Y',
      'ZIS|SSN|20260801||FIDENZA',
      'ZVU|F1|PREGNANT|S|20260715103000|SCR',
      'ZSC|TBC|20260716|20260720',
    ];
    expect(await service.send(adt('C1', { ids, segments }))).toEqual(['AA']);
    expect(await person('INV1', '2026-07-14T20:00:00Z')).toEqual({
      healthEvents: [
        {
          at: '2026-07-15T08:00:00Z',
          serviceType: 'MENTAL_HEALTH',
          isServiceMapped: true,
          languageMediation: true,
        },
      ],
      firstHealthEvent: { at: '2026-07-15T08:00:00Z' },
      hoursToFirstHealthEvent: 12,
      registrations: [
        { kind: 'SSN_ENROLLED', from: '2026-08-01', to: null, district: 'FIDENZA' },
        { kind: 'STP', from: '2026-07-01', to: '2026-12-31', district: null },
        { kind: 'STP', from: '2026-01-01', to: '2026-06-30', district: null },
      ],
      vulnerabilityFlags: [
        {
          category: 'PREGNANT',
          level: 'SUSPECTED',
          at: '2026-07-15T08:30:00Z',
          sourceService: 'FIRST_SCREENING',
        },
      ],
      screenings: [
        { programme: 'TUBERCULOSIS', offeredOn: '2026-07-16', acceptedOn: '2026-07-20' },
      ],
    });
  });

  it('move to the survivor when two patients are merged, also those that still come for the old number', async () => {
    const message = (id: string, ids: string, number: string, at: string) =>
      adt(id, { ids, segments: [visit(number, at)] });
    const merge = adt('C3', {
      event: 'A40',
      ids: 'B^^^AUSLPR^PI',
      segments: ['MRG|A^^^AUSLPR^PI'],
    });
    const codes = await service.send(
      message('C1', 'A^^^AUSLPR^PI', 'V1', '20260101100000'),
      message('C2', 'B^^^AUSLPR^PI', 'V2', '20260102100000'),
      merge,
      message('C4', 'A^^^AUSLPR^PI', 'V3', '20260103100000'),
    );
    expect(codes).toEqual(['AA', 'AA', 'AA', 'AA']);
    const survivor = await person('B');
    expect(survivor?.['healthEvents']).toHaveLength(3);
    expect(await person('A')).toEqual(survivor);
  });

  it('repeated under the same control id are acknowledged and applied once', async () => {
    const message = adt('C1', { segments: [visit('', '20260101100000')] });
    expect(await service.send(message, message)).toEqual(['AA', 'AA']);
    expect(await service.send(message.replace('20260301120000|', '20260301130000|'))).toEqual([
      'AA',
    ]);
    expect((await person('INV1'))?.['healthEvents']).toHaveLength(1);
    expect(await status()).toMatchObject({
      received: 3,
      applied: 1,
      duplicates: 2,
      quarantined: 0,
    });
    expect(await rejections()).toEqual([]);
  });

  it('that reuse a control id for something else are acknowledged, not applied, and shown to a person', async () => {
    const codes = await service.send(
      adt('C1', { segments: [visit('V1', '20260101100000')] }),
      adt('C1', { segments: [visit('V2', '20260201100000')] }),
    );
    expect(codes).toEqual(['AA', 'AA']);
    expect(await rejections()).toMatchObject([{ field: 'MSH-10' }]);
  });

  it('that are malformed are refused with the field and quarantined, and the connection lives on', async () => {
    const segments = [visit('V1', '20260101100000')];
    const good = adt('C9', { segments });
    const codes = await service.send(
      'not HL7 at all',
      good.replace('MSH|', 'MSH'),
      adt('C1', { event: 'A99', segments }),
      adt('C2', { segments: [visit('V1', '31/02/2026')] }),
      adt('C3', { ids: '', segments }),
      adt('C4', { segments: [...segments, 'ZVU|F1|SECRETVALUE|S|20260101100000|SCR'] }),
      good,
    );
    expect(codes).toEqual(['AR', 'AR', 'AR', 'AE', 'AE', 'AE', 'AA']);
    const noted = await rejections();
    expect(noted.map((one) => 'field' in one && one.field)).toEqual([
      'ZVU-2',
      'PID-3',
      'PV1-44',
      'MSH-9',
      'MSH-2',
      'MSH',
    ]);
    expect(JSON.stringify(noted)).not.toMatch(/SECRETVALUE|31\/02/);
    expect(await service.send('not HL7 at all')).toEqual(['AR']);
    expect(await rejections()).toHaveLength(6);
  });

  it('in the wrong encoding are refused, corrected ones under the same control id are taken in', async () => {
    const message = adt('C1', {
      charset: 'UNICODE UTF-8',
      segments: [visit('V1', '20260101100000')],
    }).replace('PROVA', 'NICCOLÒ');
    expect(await service.send(Buffer.from(message, 'latin1'))).toEqual(['AE']);
    expect(await rejections()).toMatchObject([{ field: 'MSH-18', reason: 'bytes are not UTF-8' }]);
    expect(await service.send(Buffer.from(message, 'utf8'))).toEqual(['AA']);
  });

  it('over the size limit are refused without being kept', async () => {
    const long = adt('C1', { segments: [`OBX|1|TX|||${'x'.repeat(30_000)}`] });
    expect(
      await service.send(long, adt('C2', { segments: [visit('V1', '20260101100000')] })),
    ).toEqual(['AR', 'AA']);
  });

  it('with a service code nobody mapped count as other and are counted', async () => {
    await service.send(adt('C1', { segments: [visit('V1', '20260101100000', 'XYZ')] }));
    expect((await person('INV1'))?.['healthEvents']).toMatchObject([
      { serviceType: 'OTHER', isServiceMapped: false },
    ]);
    expect(await status()).toMatchObject({ unmappedServices: 1 });
  });
});

describe('hours to the first health event', () => {
  it('count from the entry, never below zero, and are null when the entry is not known', async () => {
    await service.send(
      adt('C1', { segments: [visit('V1', '20260101100000+0000')] }),
      adt('C2', { segments: [visit('V2', '20260105100000+0000')] }),
    );
    expect(await person('INV1', '2026-01-01T10:00:00.900Z')).toMatchObject({
      hoursToFirstHealthEvent: 0,
    });
    expect(await person('INV1', '2026-01-05T08:45:00+01:00')).toMatchObject({
      hoursToFirstHealthEvent: 2.3,
      firstHealthEvent: { at: '2026-01-05T10:00:00Z' },
    });
    expect(await person('INV1', '2026-02-01T00:00:00Z')).toMatchObject({
      hoursToFirstHealthEvent: null,
      firstHealthEvent: null,
    });
    expect(await person('INV1')).toMatchObject({
      hoursToFirstHealthEvent: null,
      firstHealthEvent: { at: '2026-01-01T10:00:00Z' },
    });
  });

  it('answers an unknown person with empty lists and a missing key with nothing', async () => {
    expect(await person('nobody')).toMatchObject({
      healthEvents: [],
      firstHealthEvent: null,
      screenings: [],
    });
    const people = [{ __typename: 'Person', healthAuthorityKey: null }];
    const { data } = await service.ask(
      'query ($people: [_Any!]!) { _entities(representations: $people) { __typename } }',
      { people },
    );
    expect(data).toEqual({ _entities: [null] });
  });
});

describe('dropped files', () => {
  it('a batch file is taken in once, its bad messages with their line in quarantine', async () => {
    const good = adt('C1', { segments: [visit('V1', '20260101100000')] });
    const bad = adt('C2', { ids: '' });
    const file = `FHS|^~\\&\rBHS|^~\\&\r${good}${bad}BTS|2\rFTS|1\r`;
    await drop('adt-1.hl7', file);
    await drop('b.hl7', file);
    expect(await status()).toMatchObject({ applied: 1, quarantined: 1, duplicates: 2 });
    expect(await rejections()).toEqual([
      { source: 'adt-1.hl7', line: 7, field: 'PID-3', reason: 'has no patient number' },
    ]);
  });

  it('rejections are told newest first, each once, over many pages', async () => {
    for (let number = 1; number <= 12; number += 1) {
      await drop(`fhir-${number}.json`, `${number} is no bundle`);
    }
    const sources: string[] = [];
    let after: string | null = null;
    do {
      const query: string = `{ healthAuthorityRejections(first: 5, after: ${JSON.stringify(after)}) {
        nodes { source } pageInfo { hasNextPage endCursor } } }`;
      const { data } = await service.ask(query);
      const { nodes, pageInfo } = (
        data as {
          healthAuthorityRejections: {
            nodes: { source: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string | null };
          };
        }
      ).healthAuthorityRejections;
      sources.push(...nodes.map(({ source }) => source));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(sources).toEqual(Array.from({ length: 12 }, (_, index) => `fhir-${12 - index}.json`));
  });

  it('a batch file whose count is wrong is rejected whole', async () => {
    await drop(
      'adt-2.hl7',
      `FHS|^~\\&\rBHS|^~\\&\r${adt('C1', { segments: [visit('V1', '20260101100000')] })}BTS|2\rFTS|1\r`,
    );
    expect(await status()).toMatchObject({ received: 0 });
    expect(await rejections()).toMatchObject([{ source: 'adt-2.hl7', field: 'BTS-1' }]);
    await expect(
      readFile(path.join(service.config.DROP_DIR, 'rejected', 'adt-2.hl7')),
    ).resolves.toBeDefined();
  });

  it('a FHIR bundle gives what its good resources say; a bad one costs only itself', async () => {
    const coded = (code: string) => ({ coding: [{ code }] });
    const entry = [
      {
        resource: {
          resourceType: 'Encounter',
          id: 'e1',
          status: 'finished',
          subject: { reference: 'urn:uuid:p' },
          serviceType: coded('PED'),
          period: { start: '2026-05-01T10:00:00+02:00' },
          reasonCode: [{ text: 'SECRETDIAGNOSIS' }],
        },
      },
      {
        resource: {
          resourceType: 'Encounter',
          id: 'e2',
          status: 'finished',
          subject: { reference: 'urn:uuid:p' },
          period: { start: '2026-05-01' },
        },
      },
      {
        resource: {
          resourceType: 'Encounter',
          id: 'e3',
          subject: { reference: 'Patient/unknown' },
        },
      },
      { resource: { resourceType: 'Condition', id: 'c1', code: { text: 'SECRETDIAGNOSIS' } } },
      {
        fullUrl: 'urn:uuid:p',
        resource: {
          resourceType: 'Patient',
          id: 'p1',
          identifier: [
            { system: 'https://ausl.example/sid/paziente', value: 'INV1' },
            {
              system: 'http://hl7.it/sid/stp',
              value: 'STP9999990000001',
              period: { start: '2026-01-01', end: '2026-06-30' },
            },
          ],
        },
      },
      {
        resource: {
          resourceType: 'Flag',
          id: 'f1',
          status: 'active',
          code: coded('DISABLED'),
          category: [coded('CONFIRMED')],
          subject: { reference: 'Patient/p1' },
          period: { start: '2026-05-02T10:00:00Z' },
        },
      },
      {
        resource: {
          resourceType: 'Location',
          id: 'l1',
          identifier: [{ system: 'http://hl7.it/sid/istat-comune', value: '034014' }],
        },
      },
      {
        resource: {
          resourceType: 'HealthcareService',
          id: 's1',
          type: [coded('PED')],
          location: [{ reference: 'Location/l1' }],
          communication: [coded('fr-FR')],
          eligibility: [{ code: coded('STP') }],
          availableTime: [
            { daysOfWeek: ['mon'], availableStartTime: '08:00:00', availableEndTime: '12:00:00' },
          ],
        },
      },
      {
        resource: {
          resourceType: 'DocumentReference',
          id: 'd1',
          status: 'current',
          type: coded('VACCINATION'),
          date: '2026-01-01T00:00:00Z',
          content: [{ attachment: { language: 'ar' } }, { attachment: { language: 'it-IT' } }],
        },
      },
    ];
    await drop('a.json', JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }));
    expect(await person('INV1')).toMatchObject({
      healthEvents: [{ at: '2026-05-01T08:00:00Z', serviceType: 'PAEDIATRICS' }],
      registrations: [{ kind: 'STP', from: '2026-01-01', to: '2026-06-30' }],
      vulnerabilityFlags: [{ category: 'DISABLED', level: 'CONFIRMED' }],
    });
    expect((await rejections()).map((one) => 'line' in one && one.line).sort()).toEqual([2, 3]);
    const { data } = await service.ask(`{
      healthServiceSites(district: FIDENZA) { nodes { serviceType languages isOpenToNotEnrolled municipality { name } openingHours { days opensAt closesAt } } }
      infoMaterials(language: "it") { nodes { topic languages publishedAt } pageInfo { hasNextPage } } }`);
    expect(data).toEqual({
      healthServiceSites: {
        nodes: [
          {
            serviceType: 'PAEDIATRICS',
            languages: ['fr'],
            isOpenToNotEnrolled: true,
            municipality: { name: 'Fidenza' },
            openingHours: [{ days: ['MONDAY'], opensAt: '08:00', closesAt: '12:00' }],
          },
        ],
      },
      infoMaterials: {
        nodes: [
          { topic: 'VACCINATION', languages: ['ar', 'it'], publishedAt: '2026-01-01T00:00:00Z' },
        ],
        pageInfo: { hasNextPage: false },
      },
    });
    await drop(
      'again.json',
      JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
    );
    expect(await status()).toMatchObject({ applied: 6, quarantined: 2, duplicates: 8 });
  });

  it('a file that is no bundle is rejected', async () => {
    await drop('a.json', '<html></html>');
    await drop('b.json', '{"resourceType":"Patient"}');
    expect((await rejections()).map((one) => 'reason' in one && one.reason)).toEqual([
      'is not a FHIR bundle of a supported type',
      'is not JSON in UTF-8',
    ]);
  });
});

describe('source status', () => {
  it('tells the newest accepted message, the share not in quarantine, and when it is stale', async () => {
    const ask = async () => (await service.ask('{ __typename }'))['extensions'];
    expect(await ask()).toMatchObject({ source: { asOf: null, completeness: null, stale: true } });
    await service.send(
      adt('C1', { segments: [visit('V1', '20260101100000')] }),
      'bad',
      'worse',
      'worst',
    );
    expect(await ask()).toMatchObject({ source: { completeness: 0.25, stale: false } });
  });
});
