import { request as httpRequest } from 'node:http';
import { generateKeyPair, SignJWT } from 'jose';
import type { TestHub } from '../test-subgraphs/start-test-hub.ts';
import { type HostileRow, textOf } from './hostile-row.ts';

export interface SentAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends one row exactly as it is written: no client library tidies headers, paths or bodies. */
export async function sendRow(hub: TestHub, row: HostileRow): Promise<SentAnswer> {
  const { request } = row;
  const token = await tokenOf(hub, row);
  const filled = (text: string) => text.replaceAll('{token}', token);
  const given: HostileRow['request']['headers'] = {
    'content-type': 'application/json',
    authorization: row.token.authorization,
    ...request.headers,
  };
  // A row takes a header away with `null`.
  const headers: Record<string, string | string[]> = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'string' ? filled(value) : value.map(filled)]],
    ),
  );
  const body =
    request.method === 'POST' || request.method === 'PUT' ? bodyOf(row, filled) : undefined;
  if (body) headers['content-length'] = String(body.length);
  return new Promise((resolve, reject) => {
    const { port } = hub.gateway;
    const path = `${filled(request.path)}${searchOf(row)}`;
    const sent = httpRequest({ host: '127.0.0.1', port, path, method: request.method, headers });
    let isAnswered = false;
    sent.on('response', (response) => {
      isAnswered = true;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    // A server that refuses by the head alone may close before a large body is sent.
    sent.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    sent.end(body);
  });
}

function membersOf({ request }: HostileRow) {
  const { query, variables, operationName, documentId, extensions } = request;
  return Object.entries({
    query: query === undefined ? undefined : textOf(query),
    operationName: operationName === undefined ? undefined : textOf(operationName),
    variables,
    documentId,
    extensions,
  }).filter(([, value]) => value !== undefined);
}

function bodyOf(row: HostileRow, filled: (text: string) => string): Buffer {
  const { base64, text, json } = row.request;
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (text !== undefined) return Buffer.from(textOf(text));
  return Buffer.from(filled(JSON.stringify(json ?? Object.fromEntries(membersOf(row)))));
}

function searchOf(row: HostileRow): string {
  const members = row.request.method === 'GET' ? membersOf(row) : [];
  if (members.length === 0) return '';
  return `?${String(
    new URLSearchParams(
      members.map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  )}`;
}

async function tokenOf(hub: TestHub, { request, token }: HostileRow): Promise<string> {
  const seconds = Math.floor(hub.clock.now().getTime() / 1000);
  const filled = (changes: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(changes).map(([name, value]) => [name, momentOf(value, seconds)]),
    );
  const claims = filled(token.claims);
  const header = filled(token.header);
  if (token.signedBy === 'issuer') return hub.token(request.purpose, claims, header);
  const good = await hub.token(request.purpose, claims);
  const payload = JSON.parse(
    Buffer.from(good.split('.')[1] ?? '', 'base64url').toString(),
  ) as object;
  if (token.signedBy === 'nobody') {
    const head = { alg: 'ES256', typ: 'at+jwt', kid: 'k', ...header };
    return `${encode(head)}.${encode(payload)}.${Buffer.alloc(64).toString('base64url')}`;
  }
  const { privateKey } = await generateKeyPair('ES256');
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k', ...header })
    .sign(privateKey);
}

function momentOf(value: unknown, seconds: number): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object' || !('now' in value)) return value;
  return seconds + Number(value.now);
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
