import { startGateway } from '@tavolo/gateway';
import { createOpenGate, thisMachine } from '@tavolo/gateway/open-gate';
import { createLogger, runUntilSignal } from '@tavolo/process-kit';

/**
 * `npm run serve:supergraph -- FILE PORT`: any Federation 2 supergraph, served by the hub's own gateway at
 * http://127.0.0.1:PORT/graphql with the addresses in the file. For conformance suites and measurements.
 */
const [file, portText] = process.argv.slice(2);
const port = Number(portText);

if (
  file === undefined ||
  portText === undefined ||
  !Number.isInteger(port) ||
  port < 0 ||
  port > 65_535
) {
  console.error('Usage: npm run serve:supergraph -- FILE PORT (0 picks a free port)');
  process.exitCode = 2;
} else {
  const logger = createLogger({
    name: 'serve-supergraph',
    level: process.env['LOG_LEVEL'] ?? 'warn',
  });
  await runUntilSignal(async () => {
    const gateway = await startGateway({
      supergraphFile: file,
      allowedNetworks: thisMachine,
      host: '127.0.0.1',
      port,
      logger,
      onUnsafeRequires: 'warn',
      // A suite brings no tokens; a graph that asks for protection is not served this way.
      gate: createOpenGate(),
      limits: { maxTokens: 100_000 },
    }).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      throw error;
    });
    console.log(`${gateway.url}/graphql`);
    return gateway;
  }, logger);
}
