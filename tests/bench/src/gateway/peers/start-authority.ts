import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import {
  type ConsumerState,
  type PurposeState,
  type RegistryMessage,
  type RegistryState,
  signRegistryMessage,
} from '@tavolo/access-model';
import { buildSchema, isObjectType } from 'graphql';
import { exportJWK, generateKeyPair } from 'jose';
import { type CallHeaders, withToken } from '../../call-headers.ts';
import { startHubAuthority } from '../../publishing/start-hub-authority.ts';

/** An issuer and a registry that let some organisations ask everything there is in the graph. */
export interface Authority {
  /** What the environment of a gateway of production says of them. */
  readonly env: Readonly<Record<string, string>>;
  /** A token for each organisation, in turns. */
  readonly headers: CallHeaders;
  close(): Promise<void>;
}

/** The gateway counts each by itself, so that a benchmark asks faster than any one of them may. */
const organisations = Array.from({ length: 100 }, (_, index) => `organisation-${index + 1}`);
const audience = 'urn:tavolo:graph';
/** A gateway that hears nothing for six seconds takes the registry for gone. */
const speakEveryMs = 2_000;

export async function startAuthority(clientSdl: string): Promise<Authority> {
  const issuer = await startHubAuthority();
  const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const state = stateOf(issuer.issuer, coordinatesOf(clientSdl));
  const sign = async (message: RegistryMessage) =>
    `data: ${await signRegistryMessage(message, keys.privateKey)}\n\n`;
  const greeting = await sign({ kind: 'state', issuedAt: new Date().toISOString(), state });
  const streams = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(greeting);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  const speaking = setInterval(() => {
    const issuedAt = new Date().toISOString();
    sign({ kind: 'still', issuedAt, version: state.version }).then(
      (line) => {
        for (const stream of streams) stream.write(line);
      },
      // Signing cannot fail with a key just drawn; a silent registry would show as refusals.
      () => undefined,
    );
  }, speakEveryMs);
  const tokens = await Promise.all(organisations.map((id) => issuer.token(audience, id, id)));
  const asking = tokens.map(withToken);
  let turn = 0;
  return {
    env: {
      TOKEN_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, jwksUrl: `${issuer.issuer}/jwks` }]),
      TOKEN_AUDIENCE: audience,
      REGISTRY_URL: `http://127.0.0.1:${address.port}`,
      REGISTRY_TOKEN: randomBytes(32).toString('base64url'),
      REGISTRY_PUBLIC_KEY: JSON.stringify(await exportJWK(keys.publicKey)),
    },
    headers: (body) => {
      turn = (turn + 1) % asking.length;
      return asking[turn]?.(body) ?? {};
    },
    close: async () => {
      clearInterval(speaking);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await issuer.close();
    },
  };
}

function coordinatesOf(sdl: string): string[] {
  return Object.values(buildSchema(sdl, { assumeValidSDL: true }).getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
}

function stateOf(issuer: string, coordinates: string[]): RegistryState {
  const purpose = (id: string): PurposeState => ({
    id,
    version: 1,
    title: id,
    consumerId: id,
    class: 'FACTS',
    roles: ['case-worker'],
    documents: 'FREE',
    districts: null,
    coordinates,
    categories: [],
    grants: {},
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2120-01-01T00:00:00Z',
    dailyQuota: Number.MAX_SAFE_INTEGER,
    suspensions: [],
  });
  const consumer = (id: string): ConsumerState => ({
    id,
    name: id,
    partnerId: null,
    districts: null,
    clients: [
      { issuer, clientId: id, organisation: null, roles: ['case-worker'], actsFor: 'itself' },
    ],
    suspensions: [],
  });
  return {
    version: 1,
    partners: [],
    consumers: organisations.map(consumer),
    purposes: organisations.map(purpose),
  };
}
