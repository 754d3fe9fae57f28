import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

test('the health page says of when the registry’s state is and that evidence is kept, to anybody', async () => {
  const response = await fetch(`${hub.gateway.url}/health/ready`);
  expect(response.status).toBe(200);
  const { gate } = (await response.json()) as { gate: { registry: { asOf: string } } };
  expect(gate).toEqual({
    isOpen: true,
    registry: { asOf: gate.registry.asOf, stale: false },
    evidence: 'kept',
  });
  expect(Number.isNaN(Date.parse(gate.registry.asOf))).toBe(false);
});
