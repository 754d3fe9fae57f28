import { expect, it } from 'vitest';
import { makeDevelopmentKeys } from '../dev/development-keys.ts';
import { readProcessConfig } from '../src/config.ts';
import { gateway } from './ask.ts';

const good = {
  GATEWAY_KEYS: JSON.stringify(gateway.publicKeys),
  SECTOR_KEY_SECRET: 'a secret for tests only, of more than 32 characters',
};

function problemOf(env: Readonly<Record<string, string>>): string {
  try {
    readProcessConfig(env);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

it('reads a good environment', () => {
  expect(problemOf(good)).toBe('none');
});

it('names every problem at once and shows no value', () => {
  const problem = problemOf({ ...good, SECTOR_KEY_SECRET: 'hunter2', PORT: 'ninety' });
  expect(problem).toContain('SECTOR_KEY_SECRET');
  expect(problem).toContain('PORT');
  expect(problem).not.toMatch(/hunter2|ninety/u);
});

it('refuses a private key among the keys of the gateway, and the development key outside this machine', () => {
  const leaked = JSON.stringify({ keys: [gateway.privateKey] });
  expect(problemOf({ ...good, GATEWAY_KEYS: leaked })).toContain('private key');
  const development = JSON.stringify(makeDevelopmentKeys().publicKeys);
  expect(problemOf({ ...good, GATEWAY_KEYS: development })).toBe('none');
  expect(problemOf({ ...good, GATEWAY_KEYS: development, HOST: '0.0.0.0' })).toContain(
    'development key',
  );
});
