import { expect, it } from 'vitest';
import { deriveSectorKey } from '../src/hub/sector-key.ts';

it('makes the keys that the command line of the hub makes', () => {
  const secret = 'a secret for tests only, of more than 32 characters';
  // The value of `tavolo link encode` for this secret: people are found by it in the person index.
  expect(deriveSectorKey(secret, 'person', 'PERSON-001')).toBe('__SAMPLE_KEY__');
});
