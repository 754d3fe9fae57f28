import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StubRegistry, startStubRegistry } from '../registry.fixture.ts';
import { folderWith } from '../run-in-folder.fixture.ts';

let registry: StubRegistry;
let index: Server;
let indexUrl: string;
let indexStatus = 200;
const enrolled: {
  readonly path: string | undefined;
  readonly authorization: unknown;
  readonly body: unknown;
}[] = [];
let folder: string;

beforeAll(async () => {
  registry = await startStubRegistry();
  index = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const { authorization } = request.headers;
      enrolled.push({
        path: request.url,
        authorization,
        body: text === '' ? null : JSON.parse(text),
      });
      response
        .writeHead(indexStatus, { 'content-type': 'application/json' })
        .end('{"code":"BAD_USER_INPUT","message":"name: is taken"}');
    });
  }).listen(0, '127.0.0.1');
  await once(index, 'listening');
  const address = index.address();
  indexUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(async () => {
  index.close();
  await registry.close();
});
beforeEach(() => {
  registry.answers.clear();
  registry.asked.length = 0;
  enrolled.length = 0;
  indexStatus = 200;
  folder = folderWith({});
});

const options = [
  ...['--name', 'Centro per l’impiego', '--contact-name', 'Ufficio dati'],
  ...['--contact-email', 'dati@example.org', '--legal-basis', 'D.Lgs. 150/2015'],
  ...['--label-en', 'employment centre', '--label-it', 'centro per l’impiego'],
];
const add = (...more: string[]) =>
  registry.tavolo(['partner', 'add', 'employment-centre', ...options, ...more], folder);

const partner = {
  name: 'Centro per l’impiego',
  subgraphs: ['employment-centre'],
  contactOffice: { name: 'Ufficio dati', email: 'dati@example.org' },
  legalBasis: 'D.Lgs. 150/2015',
  agreements: [],
};
const clientOf = (clientId: string) => ({
  issuer: 'http://127.0.0.1:4010',
  clientId,
  organisation: 'employment-centre',
  roles: ['partner-it', 'privacy-officer', 'case-worker'],
  actsFor: 'people',
});
const consumer = {
  name: partner.name,
  partnerId: 'employment-centre',
  districts: null,
  contactOffice: partner.contactOffice,
  dataProtectionOffice: null,
  agreements: [],
  clients: [clientOf('tavolo-cli'), clientOf('tavolo-explorer')],
};
const entry = (content: object, revision = 1) => ({
  json: { id: 'employment-centre', revision, content, suspensions: [] },
  etag: `"${revision}"`,
});
const absent = { status: 404, json: { code: 'NOT_FOUND', title: 'There is no such entry' } };

/** As a registry that has neither takes them. */
function takeBoth(): void {
  registry.answers.set('GET /partners/employment-centre', [absent, entry(partner)]);
  registry.answers.set('GET /consumers/employment-centre', [absent, entry(consumer)]);
  registry.answers.set('PUT /partners/employment-centre', entry(partner));
  registry.answers.set('PUT /consumers/employment-centre', entry(consumer));
}
const put = () => registry.asked.filter(({ method }) => method === 'PUT');

describe('tavolo partner add', () => {
  it('registers the institution as one that answers and one that asks, for the issuer of the login', async () => {
    takeBoth();
    const { exitCode, printed } = await add();
    expect(exitCode).toBe(0);
    expect(printed).toContain('Registered employment-centre: partner new, consumer new.');
    expect(put().map(({ path, body }) => ({ path, body }))).toEqual([
      { path: '/partners/employment-centre', body: partner },
      { path: '/consumers/employment-centre', body: consumer },
    ]);
  });

  it('done again, changes nothing', async () => {
    takeBoth();
    await add();
    const { printed } = await add();
    expect(printed).toContain('partner as it was, consumer as it was');
    expect(put()).toHaveLength(2);
  });

  it('changes what says something else only when told to, with its ETag, and keeps agreements and clients', async () => {
    const other = { ...partner, name: 'Altro', agreements: [{ reference: '1/2026' }] };
    const theirs = { ...consumer, clients: [{ ...clientOf('theirs'), roles: ['case-worker'] }] };
    registry.answers.set('GET /partners/employment-centre', entry(other, 4));
    registry.answers.set('GET /consumers/employment-centre', entry(theirs, 7));
    registry.answers.set('PUT /partners/employment-centre', entry(partner, 5));
    registry.answers.set('PUT /consumers/employment-centre', entry(consumer, 8));
    const refused = await add();
    expect(refused.exitCode).toBe(1);
    expect(refused.said).toContain('--update');
    expect(put()).toEqual([]);
    await add('--update');
    expect(put()).toMatchObject([
      { ifMatch: '"4"', body: { ...partner, agreements: [{ reference: '1/2026' }] } },
      { ifMatch: '"7"', body: { clients: [...theirs.clients, ...consumer.clients] } },
    ]);
  });

  const withIndex = (...more: string[]) => [
    ...['--person-index', indexUrl, '--person-index-token-file', 'operator'],
    ...more,
  ];

  it('tells the person index its label and the hash of a new token, and shows the token once', async () => {
    takeBoth();
    folder = folderWith({});
    writeOperatorToken(folder);
    const { exitCode, printed } = await add(...withIndex('--json'));
    expect(exitCode).toBe(0);
    // The report is an object of strings at these places, as the command writes it.
    const { enrolmentToken } = JSON.parse(printed) as { enrolmentToken: string };
    expect(enrolmentToken).toMatch(/^[\w-]{43}$/u);
    expect(enrolled).toEqual([
      {
        path: '/partners/employment-centre',
        authorization: 'Bearer the-operators-own-token',
        body: {
          label: { en: 'employment centre', it: 'centro per l’impiego' },
          tokenSha256: createHash('sha256').update(enrolmentToken).digest('hex'),
        },
      },
    ]);
  });

  it('writes the token for its owner alone, and uses it again when repeated', async () => {
    takeBoth();
    writeOperatorToken(folder);
    const { printed } = await add(...withIndex('--token-out', 'enrolment'));
    const token = readFileSync(join(folder, 'enrolment'), 'utf8').trim();
    expect(statSync(join(folder, 'enrolment')).mode & 0o777).toBe(0o600);
    expect(printed).not.toContain(token);
    expect(printed).toContain(`--from ${indexUrl}/partners/sdl`);
    await add(...withIndex('--token-out', 'enrolment'));
    expect(new Set(enrolled.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it.each([
    [403, 1, 'does not know that token'],
    [400, 1, 'refused employment-centre: name: is taken'],
    [503, 3, 'refused employment-centre'],
  ])(
    'says what is done and what is not when the person index answers %i',
    async (status, code, why) => {
      takeBoth();
      writeOperatorToken(folder);
      indexStatus = status;
      const { exitCode, said } = await add(...withIndex());
      expect(exitCode).toBe(code);
      expect(said).toContain(why);
      expect(said).toContain('The registry has the partner; repeat the command');
    },
  );

  it.each([
    ['an index without its token', ['--person-index', 'https://index.example.org']],
    ['a token without an index', ['--token-out', 'x']],
    [
      'an index to listen to',
      ['--person-index', 'http://index.example.org', '--person-index-token-file', 'x'],
    ],
    ['a person for an office', ['--contact-email', 'nobody']],
  ])('ends with 2 and asks nobody: %s', async (_, more) => {
    expect(await add(...more)).toMatchObject({ exitCode: 2, printed: '' });
    expect(registry.asked).toEqual([]);
  });
});

describe('tavolo partner remove', () => {
  it('takes an institution out of the person index, and says what is left to do', async () => {
    writeOperatorToken(folder);
    const args = ['partner', 'remove', 'employment-centre', '--person-index', indexUrl];
    const token = ['--person-index-token-file', 'operator'];
    const { exitCode, printed } = await registry.tavolo([...args, ...token], folder);
    expect(exitCode).toBe(0);
    expect(printed).toContain(`publish person-index --from ${indexUrl}/partners/sdl`);
    expect(enrolled).toEqual([
      {
        path: '/partners/employment-centre',
        authorization: 'Bearer the-operators-own-token',
        body: null,
      },
    ]);
    indexStatus = 401;
    expect(await registry.tavolo([...args, ...token], folder)).toMatchObject({ exitCode: 1 });
  });
});

describe('tavolo partner list, suspend, resume', () => {
  const stopped = {
    side: 'hub',
    by: 'hub-operations',
    reason: 'Wrong key',
    at: '2026-11-22T10:00:00Z',
  };

  it('reads the list to its end', async () => {
    registry.answers.set('GET /partners?first=100', {
      json: { items: [entry(partner).json], next: 'employment-centre' },
    });
    registry.answers.set('GET /partners?first=100&after=employment-centre', {
      json: {
        items: [{ ...entry(partner).json, id: 'schools', suspensions: [stopped] }],
        next: null,
      },
    });
    const { printed } = await registry.tavolo(['partner', 'list']);
    expect(printed).toMatch(/^employment-centre .+answers$/mu);
    expect(printed).toMatch(/^schools .+suspended by hub: Wrong key$/mu);
  });

  it('gives up on a list without an end', async () => {
    const page = { json: { items: [], next: 'a' } };
    registry.answers.set('GET /partners?first=100', page);
    registry.answers.set('GET /partners?first=100&after=a', page);
    expect(await registry.tavolo(['partner', 'list'])).toMatchObject({ exitCode: 3 });
  });

  it('stops a partner for a reason, and takes it up again', async () => {
    registry.answers.set('POST /partners/employment-centre/suspend', {
      json: { ...entry(partner).json, suspensions: [stopped] },
    });
    const args = ['partner', 'suspend', 'employment-centre', '--reason', 'Wrong key'];
    expect((await registry.tavolo(args)).printed).toBe(
      'employment-centre is not asked: suspended by hub: Wrong key\n',
    );
    registry.answers.set('POST /partners/employment-centre/resume', entry(partner));
    const resumed = await registry.tavolo(['partner', 'resume', 'employment-centre']);
    expect(resumed.printed).toBe('employment-centre answers again.\n');
    expect(registry.asked.map(({ body }) => body)).toEqual([{ reason: 'Wrong key' }, {}]);
  });
});

function writeOperatorToken(into: string): void {
  writeFileSync(join(into, 'operator'), 'the-operators-own-token\n', { mode: 0o600 });
}
