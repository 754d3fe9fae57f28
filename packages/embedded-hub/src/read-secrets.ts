import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { drawSigningKey, type SigningKey, signingKey } from './draw-signing-key.ts';
import { type PartnerName, partnerNames } from './process-name.ts';

const partnerSecrets = z.object({ sectorKeySecret: z.string(), personIndexToken: z.string() });
const linkageKey = z.object({ id: z.string(), hex: z.string() });
const indexSecrets = z.object({ refSecret: z.string() });
const storeSecrets = z.object({ storeSecret: z.string() });
const reviewerSecrets = z.object({ token: z.string() });
const gatewaySecrets = z.object({
  contextKey: signingKey,
  evidenceKey: signingKey,
  userKey: z.string(),
  registryToken: z.string(),
});
const registrySecrets = z.object({
  signingKey,
  evidenceKey: signingKey,
  pseudonymSecret: z.string(),
});
const tableSecrets = z.object({
  recordKeySecret: z.string(),
  entryCodeSecret: z.string(),
  reportKey: signingKey,
});
const tableRegistrySecrets = z.object({ registryToken: z.string() });
const machineSecrets = z.object({ key: signingKey });

export interface HubSecrets {
  readonly gateway: Readonly<z.infer<typeof gatewaySecrets>>;
  readonly registry: Readonly<z.infer<typeof registrySecrets>>;
  readonly coordinationTable: Readonly<
    z.infer<typeof tableSecrets> & z.infer<typeof tableRegistrySecrets>
  >;
  /** With which the table's fact loader asks for its tokens. */
  readonly factLoaderKey: SigningKey;
  readonly partners: Readonly<Record<PartnerName, z.infer<typeof partnerSecrets>>>;
  /** Shared by the partners and held by nobody else. */
  readonly linkageKey: z.infer<typeof linkageKey>;
  readonly personIndex: z.infer<typeof indexSecrets> &
    z.infer<typeof storeSecrets> & {
      /** The office that looks at doubtful pairs → SHA-256 of its token. */
      readonly reviewerTokens: Readonly<Record<string, string>>;
      /** The office that lets institutions enrol → SHA-256 of its token. */
      readonly operatorTokens: Readonly<Record<string, string>>;
      /** Institution → SHA-256 of its token: the index never holds a token. */
      readonly partnerTokens: Readonly<Record<string, string>>;
    };
}

/**
 * Reads the secrets of a hub's folder, drawing the missing ones: in production each institution draws its
 * own. Each lies in the folder of who holds it, readable by its owner only.
 */
export async function readSecrets(folder: string): Promise<HubSecrets> {
  const drawn = await Promise.all(
    partnerNames.map(async (name) => {
      const file = join(folder, name, 'secrets.json');
      const secrets = await readOrDraw(file, partnerSecrets, () => ({
        sectorKeySecret: draw(),
        personIndexToken: draw(),
      }));
      return [name, secrets] as const;
    }),
  );
  const reviewer = await readOrDraw(
    join(folder, 'linkage-review', 'secrets.json'),
    reviewerSecrets,
    () => ({ token: draw() }),
  );
  // Object.fromEntries forgets the keys' type; they are the partner names just mapped.
  const partners = Object.fromEntries(drawn) as HubSecrets['partners'];
  const factLoader = await readOrDraw(
    join(folder, 'table-fact-loader', 'secrets.json'),
    machineSecrets,
    () => ({ key: drawSigningKey() }),
  );
  return {
    gateway: await readOrDraw(join(folder, 'gateway', 'secrets.json'), gatewaySecrets, () => ({
      contextKey: drawSigningKey(),
      evidenceKey: drawSigningKey(),
      userKey: draw(),
      registryToken: draw(),
    })),
    registry: await readOrDraw(join(folder, 'registry', 'secrets.json'), registrySecrets, () => ({
      signingKey: drawSigningKey(),
      evidenceKey: drawSigningKey(),
      pseudonymSecret: draw(),
    })),
    coordinationTable: {
      ...(await readOrDraw(
        join(folder, 'coordination-table', 'secrets.json'),
        tableSecrets,
        () => ({
          recordKeySecret: draw(),
          entryCodeSecret: draw(),
          reportKey: drawSigningKey(),
        }),
      )),
      ...(await readOrDraw(
        join(folder, 'coordination-table', 'registry-secret.json'),
        tableRegistrySecrets,
        () => ({ registryToken: draw() }),
      )),
    },
    factLoaderKey: factLoader.key,
    partners,
    linkageKey: await readOrDraw(
      join(folder, 'linkage-agreement', 'linkage-key.json'),
      linkageKey,
      () => ({ id: 'demo-1', hex: randomBytes(32).toString('hex') }),
    ),
    personIndex: {
      ...(await readOrDraw(join(folder, 'person-index', 'secrets.json'), indexSecrets, () => ({
        refSecret: draw(),
      }))),
      ...(await readOrDraw(join(folder, 'person-index', 'store-secret.json'), storeSecrets, () => ({
        storeSecret: draw(),
      }))),
      operatorTokens: { 'hub-operations': sha256(await readOrDrawText(indexTokenFile(folder))) },
      reviewerTokens: { 'linkage-review': sha256(reviewer.token) },
      partnerTokens: Object.fromEntries(
        drawn.map(([name, { personIndexToken }]) => [name, sha256(personIndexToken)]),
      ),
    },
  };
}

/** Where the hub's operator keeps the token with which it lets institutions enrol in the person index. */
export function indexTokenFile(folder: string): string {
  return join(folder, 'hub-operations', 'person-index-token');
}

function draw(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: what whoever checks a token holds of it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function readOrDraw<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  drawNew: () => z.infer<Schema>,
): Promise<z.infer<Schema>> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== undefined) return schema.parse(JSON.parse(present));
  const drawn = drawNew();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(drawn), { mode: 0o600, flag: 'wx' });
  return drawn;
}

async function readOrDrawText(file: string): Promise<string> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== undefined) return present.trim();
  const drawn = draw();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${drawn}\n`, { mode: 0o600, flag: 'wx' });
  return drawn;
}
