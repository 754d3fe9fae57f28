import { describe, expect, it } from 'vitest';
import { fieldCoordinate, isFieldCoordinate, isRegistryId, registryId } from './registry-state.ts';

describe('a name in the registry', () => {
  it.each(['hub', 'health-authority', '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'])(
    'may be %s',
    (name) => {
      expect(registryId.safeParse(name).success).toBe(true);
      expect(isRegistryId(name)).toBe(true);
    },
  );

  it.each(['', 'x', 'Mario Rossi', 'a--b', '-a', 'a-', 'a_b', 'à-b', 'a'.repeat(65), 'a\n'])(
    'may not be %j',
    (name) => {
      expect(registryId.safeParse(name).success).toBe(false);
      expect(isRegistryId(name)).toBe(false);
    },
  );
});

describe('a coordinate', () => {
  it.each(['Person.ref', 'Query.facilities'])('may be %s', (text) => {
    expect(fieldCoordinate.safeParse(text).success).toBe(true);
    expect(isFieldCoordinate(text)).toBe(true);
  });

  it.each(['Person', 'Person.', 'person.ref', 'Person.ref(first:)', 'Person.ref\n', '.ref'])(
    'may not be %j',
    (text) => {
      expect(fieldCoordinate.safeParse(text).success).toBe(false);
      expect(isFieldCoordinate(text)).toBe(false);
    },
  );
});
