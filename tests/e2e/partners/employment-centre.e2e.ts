import { copyFile, cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, callRegistry, startHubFrom, type TestHub } from '@tavolo/harness';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { logInCoordinator } from '../coordination-table/coordinator.ts';
import { inventedClients } from './invented-clients.ts';
import { freePort, type RunningProject, startProject } from './start-project.ts';
import { openShells, type Shell } from './tavolo-of.ts';

/** An employment centre (centro per l'impiego) joins a running hub with what `subgraph init` gives and nothing else. */
const name = 'employment-centre';
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const sectorKeySecret = 'an invented secret of an employment centre, for journeys only';

let hub: TestHub;
let shells: Awaited<ReturnType<typeof openShells>>;
let operator: Shell;
let technician: Shell;
let folder: string;
let running: RunningProject | undefined;
const registry = () => ['--registry', hub.registryUrl];

beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
  shells = await openShells(hub);
  folder = join(shells.home, name);
  operator = await shells.as('hub-operator');
});
afterAll(async () => {
  await running?.close();
  await shells.close();
  await hub.close();
});

interface Enrolled {
  readonly employmentCentreEnrolments: {
    readonly nodes: readonly {
      readonly kind: string;
      readonly person: { readonly stays: readonly object[] | null } | null;
    }[];
  } | null;
}
const question =
  '{ employmentCentreEnrolments(first: 100) { nodes { kind person { stays { entryOn } } } } }';
const coordinates = [
  'Query.employmentCentreEnrolments',
  'EmploymentCentreEnrolmentConnection.nodes',
  'EmploymentCentreEnrolment.kind',
  'EmploymentCentreEnrolment.status',
  'EmploymentCentreEnrolment.startedOn',
  'EmploymentCentreEnrolment.endedOn',
  'EmploymentCentreEnrolment.id',
  'EmploymentCentreEnrolment.person',
  'Person.employmentCentreEnrolments',
];
const askWorker = async () => ask<Enrolled>(await hub.as('case-worker-province'), question);
const unknownPartner = { code: 1 } as const;

interface Analysed {
  readonly analysis: {
    readonly employmentEnrolments: {
      readonly total: { readonly people: { readonly value: number | null } } | null;
      readonly cells: readonly { readonly kind: string; readonly people: { status: string } }[];
    } | null;
  } | null;
}

describe('an institution that joins', () => {
  it('is admitted by the operator: in the registry, and in the person index with a token of its own', async () => {
    await operator.tavolo(
      ...['partner', 'add', name, ...registry()],
      ...['--name', 'Centro per l’impiego (invented)', '--contact-name', 'Ufficio inventato'],
      ...['--contact-email', 'ufficio@example.org', '--legal-basis', 'D.Lgs. 150/2015 (invented)'],
      ...['--label-en', 'Employment centre', '--label-it', 'centro per l’impiego'],
      ...['--person-index', hub.subgraphUrls['person-index']],
      ...['--person-index-token-file', join(hub.folder, 'hub-operations', 'person-index-token')],
      ...['--token-out', join(shells.home, 'enrolment-token')],
    );
    technician = await shells.as(`partner-it-${name}`, shells.home, {
      TAVOLO_SECTOR_KEY_SECRET: sectorKeySecret,
    });
  });

  it('begins with a project that needs nothing of the hub, and keeps every promise', async () => {
    const port = await freePort();
    await technician.tavolo(
      ...['subgraph', 'init', folder, '--name', name, '--kind', 'csv', '--port', String(port)],
      ...['--title-en', 'Employment centre', '--title-it', 'Centro per l’impiego'],
      ...['--registry', hub.registryUrl, '--gateway', hub.gatewayUrl],
    );
    expect(await readFile(join(folder, 'package.json'), 'utf8')).not.toContain('@tavolo');
    // What `npm install` would bring, from the versions this repository has: no network in journeys.
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    const keys = join(shells.home, 'conformance');
    await technician.tavolo('subgraph', 'conformance', '--make-key', keys);
    const [gatewayKeys, testKeys] = await Promise.all(
      [join(hub.folder, 'hub-operations', 'gateway-keys.json'), join(keys, 'keys.json')].map(
        async (file) => JSON.parse(await readFile(file, 'utf8')) as { keys: object[] },
      ),
    );
    // What `npm start` does on a desk: the invented export lies where the centre's own would.
    await cp(join(folder, 'data', 'example'), join(folder, 'data', 'drop'), { recursive: true });
    running = await startProject({
      folder,
      start: ['--import', 'tsx', 'src/main.ts'],
      port,
      env: {
        GATEWAY_KEYS: JSON.stringify({
          keys: [...(gatewayKeys?.keys ?? []), ...(testKeys?.keys ?? [])],
        }),
        SECTOR_KEY_SECRET: sectorKeySecret,
      },
    });
    const conformance = await (await shells.as(`partner-it-${name}`, folder)).tavolo(
      ...['subgraph', 'conformance', running.url, '--context-key', join(keys, 'private-key.json')],
      '--json',
    );
    expect(JSON.parse(conformance.out)).toMatchObject({ verdict: 'CONFORMS' });
  });

  it('is told that the person index must know its key before its schema can be composed', async () => {
    const inProject = await shells.as(`partner-it-${name}`, folder);
    const refused = await inProject.tries('subgraph', 'publish', '--json');
    expect(refused).toMatchObject(unknownPartner);
    await operator.tavolo(
      ...['subgraph', 'publish', 'person-index', ...registry()],
      ...['--from', `${hub.subgraphUrls['person-index']}/partners/sdl`],
    );
    await inProject.tavolo('subgraph', 'check');
    await inProject.tavolo('subgraph', 'publish', '--note', 'the first version');
  });

  it('enrols its people, encoded', async () => {
    const people = join(shells.home, 'people.csv');
    await writeFile(people, await inventedClients(hub.folder));
    const keyFile = join(hub.folder, 'linkage-agreement', 'linkage-key');
    const encoded = join(shells.home, 'people.encoded');
    await technician.tavolo(
      ...['link', 'encode', people, '--delimiter', ';', '--key-file', keyFile, '--out', encoded],
    );
    await technician.tavolo(
      ...['link', 'enrol', encoded, '--index', hub.subgraphUrls['person-index']],
      ...['--token-file', join(shells.home, 'enrolment-token')],
    );
  });

  it('is asked once a purpose says so and every owner agrees, together with the others', async () => {
    const refused = await askWorker();
    expect(refused.status).toBe(403);
    const officer = await shells.as('privacy-officer-social-services');
    await officer.tavolo(
      ...['purpose', 'add-fields', 'integrated-care', ...coordinates, ...registry()],
    );
    await approveAll('integrated-care');
    await expect.poll(async () => (await askWorker()).status, { timeout: 5_000 }).toBe(200);
    const answer = await askWorker();
    expect(answer.errors).toBeUndefined();
    const nodes = answer.data.employmentCentreEnrolments?.nodes ?? [];
    expect(nodes.length).toBeGreaterThan(0);
    // Found through the index, as soon as it has joined them: the same people as guests of the reception centres.
    const guests = async () =>
      ((await askWorker()).data.employmentCentreEnrolments?.nodes ?? []).filter(
        ({ person }) => (person?.stays?.length ?? 0) > 0,
      ).length;
    await expect.poll(guests, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(answer.sources.map((source) => source.name)).toContain(name);
  });
});

/** Every owner of a purpose's fields approves what waits, for all that it declares. */
async function approveAll(purpose: string): Promise<void> {
  const path = `/purposes/${purpose}`;
  const call = async (account: string, method: 'GET' | 'POST', to: string, body?: object) =>
    callRegistry({
      registryUrl: hub.registryUrl,
      token: await hub.tokenOf(account, 'urn:tavolo:registry'),
      method,
      path: to,
      ...(body === undefined ? {} : { body }),
    });
  const { pending } = (await call('privacy-officer', 'GET', path)).body as {
    pending: {
      version: number;
      owners: readonly string[];
      content: { categories: readonly string[] };
    } | null;
  };
  if (pending === null) throw new Error(`${purpose} has nothing that waits`);
  const { version, owners, content } = pending;
  for (const owner of owners) {
    const approval = { version, categories: content.categories };
    const answer = await call(`privacy-officer-${owner}`, 'POST', `${path}/approve`, approval);
    expect(answer.status, owner).toBe(200);
  }
}

const factCoordinates = [...coordinates, 'EmploymentCentreEnrolmentConnection.pageInfo'];
const analysisCoordinates = [
  'Analysis.employmentEnrolments',
  'EmploymentEnrolmentsTable.total',
  'EmploymentEnrolmentsTable.cells',
  'EmploymentEnrolmentsCell.kind',
  'EmploymentEnrolmentsCell.people',
  'EmploymentEnrolmentsCell.enrolments',
];

describe('an institution that has joined', () => {
  it('is analysed by one fact file, behind the same protection as everybody', async () => {
    const file = fileURLToPath(new URL('employment-enrolments.graphql', import.meta.url));
    await copyFile(file, join(hub.folder, 'facts', 'employment-enrolments.graphql'));
    await hub.processes.get('coordination-table')?.close();
    await hub.restart('coordination-table');
    await operator.tavolo(
      ...['subgraph', 'publish', 'coordination-table', ...registry()],
      ...['--from', `${hub.subgraphUrls['coordination-table']}/sdl`],
    );
    const officer = await shells.as('privacy-officer');
    await officer.tavolo('purpose', 'add-fields', 'table-facts', ...factCoordinates, ...registry());
    await approveAll('table-facts');
    await officer.tavolo(
      ...['purpose', 'add-fields', 'integration-analysis', ...analysisCoordinates, ...registry()],
    );
    await approveAll('integration-analysis');

    const coordinator = await logInCoordinator(hub);
    await coordinator.run('load-facts', { clientKey: 'the-fact-of-the-employment-centre' });
    const analyst = await hub.as('analyst');
    const figures = () =>
      ask<Analysed>(
        analyst,
        '{ analysis { employmentEnrolments(groupBy: [KIND]) { total { people { value } } cells { kind people { value status } } } } }',
      );
    const people = async () =>
      (await figures()).data.analysis?.employmentEnrolments?.total?.people.value ?? 0;
    await expect.poll(people, { timeout: 60_000 }).toBeGreaterThan(0);
    const { errors, data } = await figures();
    expect(errors).toBeUndefined();
    const cells = data.analysis?.employmentEnrolments?.cells ?? [];
    // Twenty-five people over five kinds: small figures are withheld or blurred, none is told as it is.
    expect(cells.every(({ people: { status } }) => status !== 'PUBLISHED')).toBe(true);
  });

  it('is suspended by the operator, named in the answer, and goes on when resumed', async () => {
    await operator.tavolo(
      'partner',
      'suspend',
      name,
      '--reason',
      'An audit (invented)',
      ...registry(),
    );
    const status = async () =>
      (await askWorker()).sources.find((source) => source.name === name)?.status;
    await expect.poll(status, { timeout: 5_000 }).toBe('DENIED');
    await operator.tavolo('partner', 'resume', name, ...registry());
    await expect.poll(status, { timeout: 5_000 }).toBe('OK');
  });

  it('is rolled back to any version it had, in one command', async () => {
    const inProject = await shells.as(`partner-it-${name}`, folder);
    const schema = join(folder, 'schema.graphql');
    const before = await readFile(schema, 'utf8');
    await writeFile(schema, before.replace('"Where it stands (stato)."', '"Its state (stato)."'));
    await inProject.tavolo('subgraph', 'publish', '--note', 'other words');
    await inProject.tavolo(
      'subgraph',
      'rollback',
      '--to',
      '1',
      '--reason',
      'The old words were better',
    );
    const { out } = await inProject.tavolo('subgraph', 'show', '--json');
    expect(JSON.parse(out)).toMatchObject({ state: 'PUBLISHED' });
    expect((await askWorker()).errors).toBeUndefined();
  });

  it('cannot leave while its fields are asked, unless that is said; then it is gone, and the others answer', async () => {
    const refused = await operator.tries(
      ...['subgraph', 'archive', name, '--reason', 'It leaves the table', '--json', ...registry()],
    );
    expect(refused.code).toBe(1);
    await operator.tavolo(
      ...['subgraph', 'archive', name, '--reason', 'It leaves the table', '--accept-breaking'],
      ...registry(),
    );
    // A field that is gone is refused like one that is not theirs to see.
    await expect.poll(async () => (await askWorker()).status, { timeout: 10_000 }).toBe(403);
    const others = await ask<{ facilities: object | null }>(
      await hub.as('case-worker-province'),
      '{ facilities(first: 1) { nodes { id } } }',
    );
    expect(others.data.facilities).not.toBeNull();
  });
});
