import { registryState } from '@tavolo/access-model';
import { describe, expect, it } from 'vitest';
import { forbiddenField, gatePurposes, gateRegistryState } from './gate-purposes.ts';

const issuer = 'http://127.0.0.1:1';

describe('the registry of the gate’s benchmark', () => {
  it('is one a gateway takes', async () => {
    expect(registryState.safeParse(await gateRegistryState(issuer)).error).toBeUndefined();
  });

  it('has a client of its own for every purpose', async () => {
    const { consumers, purposes } = await gateRegistryState(issuer);
    const { care, ...others } = gatePurposes;
    expect(purposes.map(({ id }) => id)).toEqual([...care, ...Object.values(others)]);
    for (const { id, consumerId } of purposes) {
      const owner = consumers.find((consumer) => consumer.id === consumerId);
      expect(owner?.clients.map(({ clientId }) => clientId)).toEqual([id]);
    }
  });

  it('takes exactly one field from the narrow purpose', async () => {
    const { purposes } = await gateRegistryState(issuer);
    const of = (id: string) => purposes.find((purpose) => purpose.id === id)?.coordinates ?? [];
    const missing = of(gatePurposes.care[0] ?? '').filter(
      (coordinate) => !of(gatePurposes.narrow).includes(coordinate),
    );
    expect(missing).toEqual([forbiddenField]);
  });
});
