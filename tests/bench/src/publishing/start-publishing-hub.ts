import { createHash, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { drawGatewayKey } from '../gateway-key.ts';
import { type MeasuredProcess, startMeasuredProcess } from '../start-measured-process.ts';
import { type HubAuthority, startHubAuthority } from './start-hub-authority.ts';

/** A real registry over a real database, and real gateways that have their graph from it. */
export interface PublishingHub {
  readonly authority: HubAuthority;
  readonly registry: MeasuredProcess;
  readonly gateways: readonly MeasuredProcess[];
  /** What the first gateway shows the registry. */
  readonly gatewayToken: string;
  /** Asks the registry as a client; rejects whatever is refused. */
  call(clientId: string, method: string, path: string, body: object): Promise<unknown>;
  /** Resolves when every gateway serves this release, or a later one. */
  served(sequence: number): Promise<void>;
  close(): Promise<void>;
}

/** The client that may register, publish and roll back. */
export const operator = 'operator';
const thisMachine = JSON.stringify(['127.0.0.0/8']);
const office = { name: 'Ufficio inventato', email: 'ufficio@example.org' };
const pollMs = 10;
const standing = z.looseObject({
  supergraph: z.looseObject({ sequence: z.number().nullable(), refused: z.unknown() }),
});

export async function startPublishingHub(options: {
  readonly folder: string;
  /** Each is registered with the one subgraph that is named like it. */
  readonly partners: readonly string[];
  readonly gateways: number;
}): Promise<PublishingHub> {
  const { folder, partners } = options;
  await mkdir(folder, { recursive: true });
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  const start = async (name: string, entry: string, env: Readonly<Record<string, string>>) => {
    const started = await startMeasuredProcess({
      entry,
      env,
      logFile: join(folder, `${name}.log`),
    });
    closers.push(() => started.close());
    return started;
  };
  try {
    const authority = await startHubAuthority();
    closers.push(() => authority.close());
    const TOKEN_ISSUERS = JSON.stringify([
      { issuer: authority.issuer, jwksUrl: `${authority.issuer}/jwks` },
    ]);
    const database = await start('postgres', 'packages/embedded-postgres/src/main.ts', {
      DATA_DIR: join(folder, 'postgres'),
    });
    const registryKey = drawGatewayKey();
    const tokens = Array.from({ length: options.gateways }, () =>
      randomBytes(32).toString('base64url'),
    );
    const registry = await start('registry', 'services/registry/src/main.ts', {
      DATABASE_URL: database.url,
      TOKEN_ISSUERS,
      REGISTRY_OPERATORS: JSON.stringify([
        { issuer: authority.issuer, clientId: operator, subject: operator },
      ]),
      REGISTRY_SIGNING_KEY: JSON.stringify(registryKey),
      GATEWAY_TOKENS: JSON.stringify(
        tokens.map((token) => createHash('sha256').update(token).digest('hex')),
      ),
      ROUTING_ALLOWED_NETWORKS: thisMachine,
      PSEUDONYM_SECRET: randomBytes(32).toString('base64url'),
      EVIDENCE_DIR: join(folder, 'registry-evidence'),
      EVIDENCE_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
    });

    const call = async (clientId: string, method: string, path: string, body: object) => {
      const response = await fetch(`${registry.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await authority.token('urn:tavolo:registry', clientId)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status}: ${text.slice(0, 2_000)}`);
      }
      return JSON.parse(text) as unknown;
    };
    for (const id of partners) {
      await call(operator, 'PUT', `/partners/${id}`, {
        name: `${id} (invented)`,
        subgraphs: [id],
        contactOffice: office,
        legalBasis: 'Legge inventata 1/2000',
        agreements: [],
      });
      await call(operator, 'PUT', `/consumers/${id}`, {
        name: `${id} (invented)`,
        partnerId: id,
        districts: null,
        contactOffice: office,
        dataProtectionOffice: null,
        agreements: [],
        clients: [
          {
            issuer: authority.issuer,
            clientId: id,
            organisation: null,
            roles: ['privacy-officer', 'case-worker'],
            actsFor: 'itself',
          },
        ],
      });
    }
    const gateways = await Promise.all(
      tokens.map((token, index) => {
        const own = join(folder, `gateway-${index + 1}`);
        return start(`gateway-${index + 1}`, 'gateway/src/main.ts', {
          TOKEN_ISSUERS,
          REGISTRY_URL: registry.url,
          REGISTRY_TOKEN: token,
          REGISTRY_PUBLIC_KEY: JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: registryKey.x }),
          REGISTRY_STATE_FILE: join(own, 'registry-state.jws'),
          SUPERGRAPH_KEPT_FILE: join(own, 'supergraph.jws'),
          CONTEXT_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
          EVIDENCE_DIR: join(own, 'evidence'),
          EVIDENCE_SIGNING_KEY: JSON.stringify(drawGatewayKey()),
          USER_KEY: randomBytes(32).toString('base64url'),
          ROUTING_ALLOWED_NETWORKS: thisMachine,
        });
      }),
    );

    const serves = async ({ url }: MeasuredProcess, sequence: number): Promise<void> => {
      for (;;) {
        const response = await fetch(`${url}/health/ready`);
        const { supergraph } = standing.parse(await response.json());
        if ((supergraph.sequence ?? 0) >= sequence) return;
        if (supergraph.refused) {
          throw new Error(`refused by a gateway: ${JSON.stringify(supergraph.refused)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    };
    return {
      authority,
      registry,
      gateways,
      gatewayToken: tokens[0] ?? '',
      call,
      served: async (sequence) => {
        await Promise.all(gateways.map((gateway) => serves(gateway, sequence)));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
