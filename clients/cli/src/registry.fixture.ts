import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLogins } from './login/logins.ts';
import { runProgram } from './program.ts';

/** What the stub was asked. */
export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
}

/** What it answers: JSON of a status, or whatever a test does with the response. */
export type StubAnswer =
  | { readonly status?: number; readonly json: unknown; readonly etag?: string }
  | ((response: ServerResponse, request: IncomingMessage) => void);

/** A server over HTTP in the registry's place; a test says what it answers by method and path. */
export interface StubRegistry {
  readonly url: string;
  readonly asked: AskedRequest[];
  /** `POST /checks` → an answer; several = one after another, the last one again. */
  readonly answers: Map<string, StubAnswer | StubAnswer[]>;
  /** Runs a command line in `folder`, logged in for the registry, and keeps what it printed. */
  tavolo(args: readonly string[], folder?: string): Promise<Ran>;
  readonly configHome: string;
  close(): Promise<void>;
}

export interface Ran {
  readonly exitCode: number;
  readonly printed: string;
  readonly said: string;
}

export async function startStubRegistry(): Promise<StubRegistry> {
  const asked: AskedRequest[] = [];
  const answers = new Map<string, StubAnswer | StubAnswer[]>();
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const { authorization, 'if-match': ifMatch } = headers;
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      asked.push({ method, path: url, authorization, ifMatch, body });
      answer(next(answers, `${method} ${url}`), response, request);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const configHome = mkdtempSync(join(tmpdir(), 'tavolo-cli-registry-'));
  await writeLogins(join(configHome, 'tavolo'), {
    'urn:tavolo:registry': {
      issuer: 'http://127.0.0.1:4010',
      clientId: 'tavolo-cli',
      accessToken: 'an-invented-token',
      expiresAt: '2999-01-01T00:00:00.000Z',
    },
  });
  return {
    url,
    asked,
    answers,
    configHome,
    tavolo: (args, folder = configHome) =>
      runIn(folder, args, { XDG_CONFIG_HOME: configHome, TAVOLO_REGISTRY: url }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Runs a command line in a folder, without a terminal. */
export async function runIn(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  const [printed, said]: [string[], string[]] = [[], []];
  const exitCode = await runProgram(args, {
    env,
    folder,
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    isTerminal: false,
    nowMs: () => 0,
  });
  return { exitCode, printed: printed.join(''), said: said.join('') };
}

function next(answers: StubRegistry['answers'], route: string): StubAnswer {
  const found = answers.get(route);
  const one = Array.isArray(found) ? (found.length > 1 ? found.shift() : found[0]) : found;
  return one ?? { status: 404, json: { code: 'NOT_FOUND', title: 'There is no such entry' } };
}

function answer(given: StubAnswer, response: ServerResponse, request: IncomingMessage): void {
  if (typeof given === 'function') {
    given(response, request);
    return;
  }
  const { status = 200, json, etag } = given;
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    ...(etag === undefined ? {} : { etag }),
  });
  response.end(JSON.stringify(json));
}

/** A report with one finding of each kind and one change that somebody would notice. */
export const refusedReport = {
  verdict: 'REFUSED',
  findings: [
    {
      code: 'BORDER_NOT_NULLABLE',
      severity: 'ERROR',
      coordinate: 'Person.enrolments',
      place: {
        subgraph: 'employment-centre',
        owner: 'employment-centre',
        file: 'schema.graphql',
        line: 3,
        column: 5,
      },
      others: [
        {
          subgraph: 'person-index',
          owner: 'person-index',
          file: 'person-index.graphql',
          line: 10,
          column: 1,
        },
      ],
      cause: { en: 'A border is not nullable.', it: 'Un confine non è annullabile.' },
      fix: { en: 'Take the ! off.', it: 'Togliere il !.' },
    },
    {
      code: 'DESCRIPTION_MISSING',
      severity: 'WARNING',
      coordinate: null,
      place: null,
      others: [],
      cause: { en: 'Nothing says what it is.', it: 'Nulla dice che cos’è.' },
      fix: { en: 'Describe it.', it: 'Descriverlo.' },
    },
  ],
  moreFindings: 0,
  changes: [
    {
      kind: 'FIELD_REMOVED',
      coordinate: 'Stay.bedsFree',
      description: 'Stay.bedsFree was removed.',
      impact: 'BREAKING',
      usedBy: [
        {
          consumer: 'provincial-table',
          count: 12,
          lastUsedOn: '2026-11-20',
          operations: ['FreePlaces'],
        },
      ],
    },
  ],
  moreChanges: 0,
  supergraphId: null,
  milliseconds: 1234,
} as const;

export const passedReport = {
  ...refusedReport,
  verdict: 'PASSED',
  findings: [],
  changes: [],
  supergraphId: 'a'.repeat(64),
} as const;

/** The folder's own word on what it is. */
export const projectJson = JSON.stringify({
  subgraph: 'employment-centre',
  schema: ['schema.graphql'],
  url: 'https://centre.example.org/graphql',
});
