import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDocument } from '../graph/find-document.ts';
import { writeLogins } from '../login/logins.ts';
import { run } from '../run-in-folder.fixture.ts';

/** What the gateway of these tests was asked, and what it answers next. */
const asked: { readonly authorization: string | undefined; readonly body: unknown }[] = [];
let nextAnswer = '{"data":{"facilities":null}}';
let gateway: Server;
let gatewayUrl: string;
const configHome = mkdtempSync(join(tmpdir(), 'tavolo-cli-run-'));

beforeAll(async () => {
  gateway = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body: JSON.parse(text) });
      response.setHeader('content-type', 'application/json').end(nextAnswer);
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const address = gateway.address();
  gatewayUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  await writeLogins(join(configHome, 'tavolo'), {
    'urn:tavolo:graph': {
      issuer: 'http://127.0.0.1:1',
      clientId: 'tavolo-cli',
      accessToken: 'an-invented-token',
      expiresAt: '2999-01-01T00:00:00.000Z',
    },
  });
});
afterAll(() => gateway.close());

const tavolo = (...args: string[]) => run(args, { XDG_CONFIG_HOME: configHome });

describe('tavolo run', () => {
  it('names the documents there are', async () => {
    const { exitCode, printed } = await tavolo('run', '--list', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(printed)).toContain('free-places');
  });

  it('says beside each name what it is for', async () => {
    const { printed } = await tavolo('run', '--list');
    expect(printed).toMatch(/^plan-meeting +Plans a meeting with its agenda and invitations\.$/mu);
  });

  it('describes a document without asking anybody: variables, fields of inputs, values of enums', async () => {
    const before = asked.length;
    const { exitCode, printed } = await tavolo('run', 'plan-meeting', '--describe');
    expect(exitCode).toBe(0);
    expect(printed).toContain('Programma un incontro');
    expect(printed).toMatch(/^clientKey: ID! {2}\w+/mu);
    expect(printed).toContain('  plannedAt: DateTime!  When (data).');
    expect(printed).toContain('one of POLITICAL, ORGANISATIONAL, TECHNICAL_OPERATIONAL');
    expect(asked).toHaveLength(before);
  });

  it('sends the hash of a document, never its text, with the token of the login', async () => {
    const { exitCode, printed } = await tavolo(
      ...['run', 'free-places', '--gateway', gatewayUrl],
      ...['--variables', '{"district":"PARMA"}'],
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(printed)).toEqual({ facilities: null });
    expect(asked.at(-1)).toEqual({
      authorization: 'Bearer an-invented-token',
      body: {
        documentId: (await findDocument('free-places')).hash,
        variables: { district: 'PARMA' },
      },
    });
  });

  it('ends with 1 and says code, place and reason when the hub refuses', async () => {
    nextAnswer = JSON.stringify({
      data: { facilities: null },
      errors: [{ message: 'not now', path: ['facilities'], extensions: { code: 'UNAVAILABLE' } }],
    });
    const { exitCode, said } = await tavolo('run', 'free-places', '--gateway', gatewayUrl);
    expect(exitCode).toBe(1);
    expect(said).toContain('UNAVAILABLE (facilities): not now');
  });

  it.each([
    [['run'], 'which document?'],
    [['run', 'no-such-document'], 'no document of that name'],
    [['run', 'free-places', '--variables', '[1]'], 'must be a JSON object'],
    [['run', 'free-places', '--variables', 'Mario'], 'is no JSON'],
    [['run', 'free-places', '--variables', '{"Mario":1}'], 'no other variables than'],
    [['run', 'facts', '--variables', '{"Mario":1}'], 'takes no variables'],
  ])('ends with 2 for %j', async (args, reason) => {
    const { exitCode, said } = await tavolo(...args);
    expect(exitCode).toBe(2);
    expect(said).toContain(reason);
    expect(said).not.toContain('Mario');
  });

  it('says so when nobody listens', async () => {
    const { exitCode, said } = await tavolo(
      'run',
      'free-places',
      '--gateway',
      'http://127.0.0.1:1',
    );
    expect(exitCode).toBe(3);
    expect(said).toContain('nobody answers');
  });
});
