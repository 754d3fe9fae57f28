import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  issuer,
  openRegistry,
  type RegistryUnderTest,
} from '../../../../services/registry/src/registry.fixture.ts';
import { writeLogins } from '../login/logins.ts';
import { projectJson, runIn } from '../registry.fixture.ts';
import { folderWith } from '../run-in-folder.fixture.ts';

let registry: RegistryUnderTest;
let folder: string;

beforeAll(async () => {
  registry = await openRegistry({
    owners: null,
    // A token of this test is its own content: `client|organisation|role`.
    verifyToken: async ({ authorization = '' }) => {
      const [clientId = '', organisation = '', role = ''] = authorization.slice(7).split('|');
      return {
        issuer,
        clientId,
        organisation: organisation === '' ? null : organisation,
        subject: 'ada',
        roles: [role],
      };
    },
  });
  folder = folderWith({
    'tavolo.json': projectJson.replace('https://centre.example.org', 'http://127.0.0.1:4001'),
    'schema.graphql': 'Course.title\n',
  });
});
afterAll(async () => registry.close());

/** Runs a command line as somebody who is logged in with that token. */
async function as(accessToken: string, ...args: string[]) {
  const configHome = mkdtempSync(join(tmpdir(), 'tavolo-cli-real-'));
  await writeLogins(join(configHome, 'tavolo'), {
    'urn:tavolo:registry': {
      issuer,
      clientId: 'tavolo-cli',
      accessToken,
      expiresAt: '2999-01-01T00:00:00.000Z',
    },
  });
  const env = { XDG_CONFIG_HOME: configHome, TAVOLO_REGISTRY: registry.url };
  return runIn(folder, args, env);
}
const operator = 'bootstrap||hub-operator';
const technician = 'tavolo-cli|employment-centre|partner-it';

const joining = (name: string, ...more: string[]) => [
  ...['partner', 'add', name, '--name', `Ente ${name}`, '--contact-name', 'Ufficio dati'],
  ...['--contact-email', 'dati@example.org', '--legal-basis', 'Legge 1/2000', ...more],
];

describe('the command line and the registry as they are', () => {
  it('an institution joins, publishes, goes back, is stopped and leaves', async () => {
    for (const name of ['employment-centre', 'schools']) {
      expect(await as(operator, ...joining(name))).toMatchObject({ exitCode: 0, said: '' });
    }
    const again = await as(operator, ...joining('employment-centre'));
    expect(again.printed).toContain('partner as it was, consumer as it was');

    expect(await as(technician, 'subgraph', 'check')).toMatchObject({ exitCode: 0, said: '' });
    const first = await as(technician, 'subgraph', 'publish', '--note', 'first');
    expect(first).toMatchObject({ exitCode: 0, said: '' });
    expect(first.printed).toContain('Published employment-centre version 1.');
    const same = await as(technician, 'subgraph', 'publish');
    expect(same.printed).toContain('Nothing changed');

    writeFileSync(join(folder, 'schema.graphql'), 'Course.title\nCourse.hours\n');
    expect((await as(technician, 'subgraph', 'diff')).printed).toContain('\n+Course.hours\n');
    expect(await as(technician, 'subgraph', 'publish')).toMatchObject({ exitCode: 0 });
    const back = await as(technician, 'subgraph', 'rollback', '--to', '1', '--reason', 'Wrong');
    expect(back).toMatchObject({ exitCode: 0, said: '' });

    const shown = await as(technician, 'subgraph', 'show');
    expect(shown.printed).toContain('employment-centre (Ufficio dati, dati@example.org)');
    const list = await as(technician, 'subgraph', 'list');
    expect(list.printed).toMatch(/^employment-centre .+PUBLISHED/mu);
    const usage = await as(technician, 'subgraph', 'usage', 'Course.title');
    expect(usage.printed).toContain('Nobody asked for Course.title');

    const stop = ['partner', 'suspend', 'employment-centre', '--reason', 'Wrong key'];
    expect((await as(operator, ...stop)).printed).toContain('suspended by hub: Wrong key');
    const resumed = await as(operator, 'partner', 'resume', 'employment-centre');
    expect(resumed.printed).toBe('employment-centre answers again.\n');

    const deprecated = ['--until', '2027-06-30', '--reason', 'Closes'];
    const told = await as(technician, 'subgraph', 'deprecate', ...deprecated);
    expect(told.printed).toContain('is served until 2027-06-30T23:59:59');
    const early = ['subgraph', 'archive', 'employment-centre', '--reason', 'Closed'];
    const refused = await as(technician, ...early);
    expect(refused.exitCode).toBe(1);
    expect(refused.said).toContain('GRACE_NOT_OVER');
  });

  it('what the checks refuse is told with its report, and published by nobody', async () => {
    writeFileSync(join(folder, 'schema.graphql'), '!BORDER_NOT_NULLABLE\n');
    for (const command of ['check', 'publish']) {
      const { exitCode, printed } = await as(technician, 'subgraph', command);
      expect(exitCode).toBe(1);
      expect(printed).toContain('ERROR BORDER_NOT_NULLABLE');
    }
  });

  it('who may not is told which role it takes', async () => {
    const stranger = await as('tavolo-cli|schools|partner-it', 'subgraph', 'publish');
    expect(stranger.exitCode).toBe(1);
    expect(stranger.said).toContain('FORBIDDEN');
    expect(stranger.said).toContain('partner-it of the institution that owns employment-centre');
  });
});
