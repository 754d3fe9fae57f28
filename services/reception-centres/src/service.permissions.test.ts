import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFeedDatabase } from '@tavolo/feed-kit';
import { createLogger } from '@tavolo/process-kit';
import type { Caller } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningReceptionCentres, startReceptionCentres } from './service.ts';
import { migrations } from './store/migrations.ts';

/** `one` is in Parma, `two` in Fidenza; `hidden` is in Parma too, of the household of `one`, and was trafficked. */
const rows = `
  INSERT INTO facility (id, reception_type, managing_body, municipality, district, described_on) VALUES
    ('F-PARMA', 'SAI', 'Ente', '034027', 'PARMA', '2026-01-01'),
    ('F-PARMA-2', 'SAI', 'Ente', '034027', 'PARMA', '2026-01-01'),
    ('F-FIDENZA', 'SAI', 'Ente', '034014', 'FIDENZA', '2026-01-01');
  INSERT INTO household VALUES ('N1', 'household-1');
  INSERT INTO person (id, sector_key, local_id, household_code) VALUES
    (1, 'one', 'B1', 'N1'), (2, 'two', 'B2', NULL), (3, 'hidden', 'B3', 'N1');
  INSERT INTO stay (id, public_id, source, facility_id, person_id, reception_type, entry_on) VALUES
    (1, 'S1', 'SAI', 'F-PARMA', 1, 'SAI', '2026-10-01'),
    (2, 'S2', 'SAI', 'F-FIDENZA', 2, 'SAI', '2026-10-01'),
    (3, 'S3', 'SAI', 'F-PARMA', 3, 'SAI', '2026-10-01');
  INSERT INTO immediate_reception
    (external_id, public_id, person_id, facility_id, district, started_at, vulnerability_category, export_day) VALUES
    ('1', 'R1', 1, 'F-PARMA', 'PARMA', '2026-09-30T10:00:00Z', 'PREGNANT', '2026-11-01'),
    ('2', 'R2', 2, 'F-FIDENZA', 'FIDENZA', '2026-09-30T10:00:00Z', NULL, '2026-11-01'),
    ('3', 'R3', 3, 'F-PARMA', 'PARMA', '2026-09-30T10:00:00Z', 'TRAFFICKING_VICTIM', '2026-11-01');
  INSERT INTO asylum_step (external_id, person_id, kind, happened_on, export_day) VALUES
    ('1', 1, 'C3_LODGED', '2026-10-05', '2026-11-01'), ('2', 2, 'C3_LODGED', '2026-10-05', '2026-11-01'),
    ('3', 3, 'C3_LODGED', '2026-10-05', '2026-11-01');
  INSERT INTO presence_alarm VALUES
    ('a1', 'ABOVE_CAPACITY', 'F-PARMA', NULL, '2026-11-01', '2026-11-01T10:00:00Z', 1, 2),
    ('a2', 'ABOVE_CAPACITY', 'F-FIDENZA', 'F-PARMA', '2026-11-01', '2026-11-01T10:00:00Z', 1, 2);
  INSERT INTO rejection (sha256, source, reason, at) VALUES ('x', 'file.csv', 'missing column', '2026-11-01T10:00:00Z');
`;
const everybody = testCaller();
const ofParma = testCaller({ districts: ['PARMA'] });
const ofNowhere = testCaller({ districts: [] });

describe('whoever asks the reception centres', () => {
  let folder = '';
  let service: RunningReceptionCentres;
  let calls: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'reception-permissions-'));
    service = await startReceptionCentres({
      host: '127.0.0.1',
      port: 0,
      gatewayKeys: testGatewayKeys,
      dataDir: path.join(folder, 'data'),
      dropDir: path.join(folder, 'drop'),
      pollIntervalMs: 60_000,
      absentSheets: 3,
      staleAfterHours: 48,
      sectorKeySecret: 'a secret of the tests, longer than 32 characters',
      linkageKey: { id: 'test', hex: randomBytes(32).toString('hex') },
      personIndex: { url: 'http://127.0.0.1:9', token: 'unused' },
      logger: createLogger({ name: 'reception-centres', level: 'silent' }),
      now: () => new Date('2026-11-02T12:00:00Z'),
      observeStore: (store) =>
        new Proxy(store, {
          get(target, name, receiver): unknown {
            calls.push(String(name));
            return Reflect.get(target, name, receiver);
          },
        }),
    });
    const database = openFeedDatabase(
      path.join(folder, 'data', 'reception-centres.sqlite'),
      migrations,
    );
    database.exec(rows);
    database.close();
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(caller: Caller, query: string) {
    calls = [];
    const text = await askAs({ url: service.url, subgraph: 'reception-centres', caller }, query);
    const { data } = JSON.parse(text) as { data: unknown };
    return { text, data, calls: calls.toSorted() };
  }
  const entity = (caller: Caller, representation: string, selection: string) =>
    ask(caller, `{ _entities(representations: [{ ${representation} }]) { ${selection} } }`);
  const personFields = `stays { id } receptionEntryAt asylumSteps { kind } extensions { reason }
    servicesDelivered { area } immediateReceptions { id }`;

  it('sees the facilities of its districts, with their guests and stays', async () => {
    const list = '{ facilities { nodes { id guests { id } stays { nodes { id } } } } }';
    const parma = [
      { id: 'F-PARMA', guests: [{ id: 'S1' }], stays: { nodes: [{ id: 'S1' }] } },
      { id: 'F-PARMA-2', guests: [], stays: { nodes: [] } },
    ];
    const fidenza = { id: 'F-FIDENZA', guests: [{ id: 'S2' }], stays: { nodes: [{ id: 'S2' }] } };
    expect((await ask(everybody, list)).data).toEqual({
      facilities: { nodes: [fidenza, ...parma] },
    });
    expect((await ask(ofParma, list)).data).toEqual({ facilities: { nodes: parma } });
    expect((await ask(ofNowhere, list)).data).toEqual({ facilities: { nodes: [] } });
  });

  it('gets full pages of its own rows, and a cursor that goes on among them', async () => {
    const page = async (after: string) => {
      const { data } = await ask(
        ofParma,
        `{ facilities(first: 1${after}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      );
      return (data as { facilities: { nodes: unknown; pageInfo: Record<string, unknown> } })
        .facilities;
    };
    const first = await page('');
    expect(first).toMatchObject({ nodes: [{ id: 'F-PARMA' }], pageInfo: { hasNextPage: true } });
    expect(await page(`, after: "${String(first.pageInfo['endCursor'])}"`)).toMatchObject({
      nodes: [{ id: 'F-PARMA-2' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('sees the alarms and immediate receptions of its districts, and no facility of another', async () => {
    const lists =
      '{ presenceAlarms { nodes { id otherFacility { id } } } immediateReceptions { nodes { id } } }';
    expect((await ask(ofParma, lists)).data).toEqual({
      presenceAlarms: { nodes: [{ id: 'a1', otherFacility: null }] },
      immediateReceptions: { nodes: [{ id: 'R1' }] },
    });
    expect((await ask(testCaller({ districts: ['FIDENZA'] }), lists)).data).toEqual({
      presenceAlarms: { nodes: [{ id: 'a2', otherFacility: null }] },
      immediateReceptions: { nodes: [{ id: 'R2' }] },
    });
  });

  it('cannot tell a person of another district, or a protected one, from nobody', async () => {
    const read = (caller: Caller, key: string) =>
      entity(
        caller,
        `__typename: "Person", receptionCentresKey: "${key}"`,
        `... on Person { ${personFields} }`,
      );
    const nobody = await read(ofParma, 'nobody');
    for (const other of [await read(ofParma, 'two'), await read(everybody, 'hidden')]) {
      expect(other).toEqual(nobody);
    }
    expect((await read(ofParma, 'one')).data).toMatchObject({
      _entities: [
        { stays: [{ id: 'S1' }], asylumSteps: [{}], immediateReceptions: [{ id: 'R1' }] },
      ],
    });
  });

  it.each([
    ['Stay', 'S2', 'S3', 'entryOn'],
    ['ImmediateReception', 'R2', 'R3', 'startedAt'],
  ])(
    'cannot tell a %s that is not for it from one that does not exist',
    async (type, outside, hidden, field) => {
      const read = (caller: Caller, id: string) =>
        entity(
          caller,
          `__typename: "${type}", id: "${id}"`,
          `... on ${type} { ${field} person { ${personFields} } }`,
        );
      const missing = await read(ofParma, 'XX');
      expect(missing.data).toEqual({ _entities: [null] });
      expect(await read(ofParma, outside)).toEqual(missing);
      expect(await read(everybody, hidden)).toEqual(missing);
    },
  );

  it('cannot tell a facility of another district from one that does not exist', async () => {
    const read = (id: string) =>
      entity(ofParma, `__typename: "Facility", id: "${id}"`, '... on Facility { managingBody }');
    expect(await read('F-FIDENZA')).toEqual(await read('F-NOWHERE'));
  });

  it('cannot tell a district that is not its own from one with nothing in it', async () => {
    const lists = (district: string) =>
      ['facilities', 'immediateReceptions', 'presenceAlarms']
        .map(
          (list) =>
            `${list}(district: ${district}) { nodes { id } pageInfo { hasNextPage endCursor } }`,
        )
        .join(' ');
    expect(await ask(ofParma, `{ ${lists('FIDENZA')} }`)).toEqual(
      await ask(everybody, `{ ${lists('SUD_EST')} }`),
    );
  });

  it('never meets a protected person in a list, nor through the household', async () => {
    const { data } = await entity(
      everybody,
      '__typename: "Household", receptionCentresHouseholdKey: "household-1"',
      '... on Household { stays { id } }',
    );
    expect(data).toEqual({ _entities: [{ stays: [{ id: 'S1' }] }] });
    const lists = await ask(
      everybody,
      '{ facilities { nodes { guests { id person { receptionCentresKey } } } } immediateReceptions { nodes { id } } }',
    );
    expect(lists.text).not.toMatch(/S3|R3|hidden/u);
  });

  it('counts the protected for the table’s figures, and tells of nobody whose reception it is', async () => {
    const loader = testCaller({ roles: ['fact-loader'] });
    const { text, data } = await ask(
      loader,
      '{ immediateReceptions { nodes { id person { receptionCentresKey } } } }',
    );
    expect(text).toContain('R3');
    const { nodes } = (data as { immediateReceptions: { nodes: { person: unknown }[] } })
      .immediateReceptions;
    expect(nodes.map(({ person }) => person)).toEqual(nodes.map(() => null));
  });

  it('reads the rejections when it is this partner’s IT, and an empty source when another’s', async () => {
    const list =
      '{ receptionCentresRejections { nodes { source } pageInfo { hasNextPage endCursor } } }';
    const it = (partner: string) => testCaller({ roles: ['partner-it'], partner });
    expect((await ask(it('reception-centres'), list)).text).toContain('file.csv');
    expect((await ask(it('health-authority'), list)).data).toEqual({
      receptionCentresRejections: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    });
  });
});
