import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { createGraphql, type SourceState } from './create-graphql.ts';
import { createSchema } from './create-schema.ts';
import { createServer } from './create-server.ts';
import { createCursors } from './cursor.ts';
import { readExport } from './export-file.ts';
import { readGatewayKeys } from './gateway-keys.ts';
import { readConfig } from './read-config.ts';
import { createStore } from './store.ts';
import { createVerifyContext } from './verify-context.ts';

/** The register is exported every week: what is older than eight days is stale. */
const PROMISED_MS = 8 * 24 * 60 * 60 * 1000;

const config = readConfig(process.env);
const secret = config.sectorKeySecret;
const sdl = await readFile(new URL('../schema.graphql', import.meta.url), 'utf8');
const keys = readGatewayKeys(await readFile(config.gatewayKeysFile, 'utf8'));
const file = readExport(await readFile(config.exportFile, 'utf8'));
const store = await createStore(':memory:', file, secret);
const now = (): Date => new Date();
const log = (entry: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify({ at: now().toISOString(), ...entry })}\n`);
};
const source = (): SourceState => ({
  asOf: store.asOf,
  completeness: store.completeness,
  stale: now().getTime() - Date.parse(store.asOf) > PROMISED_MS,
});
let ready = true;
const server = createServer({
  verify: createVerifyContext({ keys, issuer: config.issuer, audience: 'adult-education', now }),
  answer: createGraphql(createSchema(sdl, store, createCursors(secret)), source),
  store,
  source,
  log,
  isReady: () => ready,
});
server.listen(config.port, config.host, () => {
  log({ event: 'listening', quarantined: file.quarantined, rows: file.rows });
});
for (const end of ['SIGTERM', 'SIGINT'] as const) {
  process.once(end, () => {
    ready = false;
    server.close(() => {
      store.close();
    });
    server.closeIdleConnections();
  });
}
