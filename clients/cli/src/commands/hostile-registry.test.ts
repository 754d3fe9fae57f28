import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  passedReport,
  projectJson,
  refusedReport,
  runIn,
  type StubAnswer,
  type StubRegistry,
  startStubRegistry,
} from '../registry.fixture.ts';
import { folderWith } from '../run-in-folder.fixture.ts';

let registry: StubRegistry;
let folder: string;

beforeAll(async () => {
  registry = await startStubRegistry();
  folder = folderWith({ 'tavolo.json': projectJson, 'schema.graphql': 'type Query { a: ID }' });
});
afterAll(async () => registry.close());
beforeEach(() => {
  registry.answers.clear();
  registry.asked.length = 0;
});

const check = (...args: string[]) => registry.tavolo(['subgraph', 'check', ...args], folder);
const html = '<html><h1>502 Bad Gateway</h1> token an-invented-token</html>';

describe('a registry that is none, or not itself', () => {
  const answers: readonly [string, StubAnswer, string][] = [
    [
      'answers HTML',
      (response) => response.setHeader('content-type', 'text/html').end(html),
      'not as a registry of this version does',
    ],
    [
      'fails with HTML',
      (response) => response.writeHead(500, { 'content-type': 'text/html' }).end(html),
      'answered 500',
    ],
    [
      'fails and says so',
      {
        status: 503,
        json: { code: 'COMPOSITION_BUSY', title: 'Others wait', detail: 'Try again' },
      },
      'cannot do this now: COMPOSITION_BUSY: Others wait',
    ],
    [
      'sends elsewhere',
      (response) => response.writeHead(307, { location: 'http://127.0.0.1:9/checks' }).end(),
      'sends elsewhere (307), which is not followed',
    ],
    ['answers half a report', { json: { verdict: 'PASSED' } }, 'not as a registry'],
    ['answers nothing', (response) => response.end(), 'not as a registry'],
    ['hangs up', (response) => response.destroy(), 'cannot be reached'],
    [
      'answers without an end',
      (response) => {
        response.setHeader('content-type', 'application/json');
        const chunk = Buffer.alloc(1_000_000, ' ');
        const write = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', write);
        write();
      },
      'more than 32 MB',
    ],
  ];
  it.each(answers)('ends with 3 and names it: %s', async (_, answer, why) => {
    registry.answers.set('POST /checks', answer);
    const { exitCode, printed, said } = await check();
    expect({ exitCode, printed }).toEqual({ exitCode: 3, printed: '' });
    expect(said).toContain(why);
    expect(said).not.toContain('an-invented-token');
    expect(registry.asked).toHaveLength(1);
  });

  it('is waited for as long as was said, and no longer', async () => {
    registry.answers.set('POST /checks', () => undefined);
    const { exitCode, said } = await check('--timeout', '0.2');
    expect(exitCode).toBe(3);
    expect(said).toContain('did not answer within 0.2 s');
  });

  it('is not there: 3, and what a program reads says so too', async () => {
    const { exitCode, printed, said } = await check('--registry', 'http://127.0.0.1:1', '--json');
    expect(exitCode).toBe(3);
    expect(said).toContain('cannot be reached');
    expect(JSON.parse(printed)).toMatchObject({ error: { code: 'NOT_REACHED' } });
  });

  it('knows more than this version does, which hides nothing', async () => {
    const later = { ...passedReport, estimate: { new: true } };
    registry.answers.set('POST /checks', { json: later });
    expect(await check()).toMatchObject({ exitCode: 0 });
  });

  it('cannot move the cursor of a terminal', async () => {
    const hostileText = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e';
    const [first] = refusedReport.findings;
    const hostile = {
      ...first,
      coordinate: `Person.${hostileText}`,
      place: { ...first.place, file: `a${hostileText}` },
      cause: { en: `x${hostileText}`, it: 'x' },
    };
    registry.answers.set('POST /checks', { json: { ...refusedReport, findings: [hostile] } });
    for (const format of ['text', 'github', 'json']) {
      const { printed } = await check('--format', format, '--lang', 'en');
      expect(printed).toContain('BORDER_NOT_NULLABLE');
      expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }
    registry.answers.set('POST /checks', {
      status: 400,
      json: {
        code: 'INVALID',
        title: hostileText,
        detail: hostileText,
        errors: [{ field: hostileText, message: hostileText }],
      },
    });
    const { said } = await check();
    expect(said).toContain('INVALID');
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});

describe('a refusal', () => {
  it('says why, which fields, and where there is more; 1', async () => {
    registry.answers.set('POST /checks', {
      status: 400,
      json: {
        code: 'INVALID',
        title: 'The request has mistakes',
        detail: 'Correct the fields named in errors',
        errors: [{ field: 'subgraphs.0.url', rule: 'FORMAT', message: 'must be an address' }],
      },
    });
    const { exitCode, said } = await check();
    expect(exitCode).toBe(1);
    expect(said).toBe(
      [
        'tavolo: the registry says INVALID: The request has mistakes. Correct the fields named in errors.',
        '  subgraphs.0.url: must be an address',
        'More: tavolo explain INVALID',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [401, 'UNAUTHENTICATED', 'Log in again: run tavolo login --resource registry'],
    [
      403,
      'FORBIDDEN',
      'This takes the role partner-it of the institution that owns employment-centre',
    ],
  ])('%i says whom to log in as', async (status, code, how) => {
    registry.answers.set('POST /checks', { status, json: { code, title: 'No', detail: '' } });
    const { exitCode, said, printed } = await check('--json');
    expect(exitCode).toBe(1);
    expect(said).toContain(how);
    expect(JSON.parse(printed)).toMatchObject({ error: { status, code } });
  });

  it('before anybody logged in, says how, and asks nobody', async () => {
    const { exitCode, said } = await runIn(folder, ['subgraph', 'check'], {
      XDG_CONFIG_HOME: folder,
      TAVOLO_REGISTRY: registry.url,
    });
    expect(exitCode).toBe(1);
    expect(said).toContain(
      'not logged in for urn:tavolo:registry: run tavolo login --resource registry',
    );
    expect(said).toContain('--demo-account');
    expect(registry.asked).toEqual([]);
  });
});

describe('a folder that came from elsewhere', () => {
  it('does not make this user’s token go to a registry that the user never named', async () => {
    const foreign = folderWith({
      'tavolo.json': JSON.stringify({
        subgraph: 'employment-centre',
        schema: ['schema.graphql'],
        registry: 'https://registry.invalid',
      }),
      'schema.graphql': 'type Query { a: ID }',
    });
    const env = { XDG_CONFIG_HOME: registry.configHome };
    const unnamed = await runIn(foreign, ['subgraph', 'check'], env);
    expect(unnamed).toMatchObject({ exitCode: 2, printed: '' });
    expect(unnamed.said).toContain('say so once: --registry https://registry.invalid');
    const named = ['subgraph', 'check', '--registry', 'https://registry.invalid'];
    expect(await runIn(foreign, named, env)).toMatchObject({ exitCode: 3 });
    expect(await runIn(foreign, ['subgraph', 'check'], env)).toMatchObject({ exitCode: 3 });
  });
});
