import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '@tavolo/subgraph-kit';
import { describe, expect, test } from 'vitest';
import { gatewayConfig, limitsOf } from './config.ts';
import { defaultGatewayLimits } from './gateway.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('configuration', () => {
  test('an empty environment is enough, and means the default limits', () => {
    const config = readConfig(gatewayConfig, {});
    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 4000, SUBGRAPH_URLS: {} });
    expect(defaultGatewayLimits).toMatchObject(limitsOf(config));
  });

  test('every problem is told at once, and no value is', () => {
    let problem: unknown;
    try {
      readConfig(gatewayConfig, {
        HOST: '0.0.0.0',
        PORT: '70000',
        SUBGRAPH_URLS: '{"a":"secret"}',
        CALL_TIMEOUT_MS: 'x',
      });
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(ConfigError);
    const text = String(problem);
    for (const name of ['HOST', 'PORT', 'SUBGRAPH_URLS', 'CALL_TIMEOUT_MS'])
      expect(text).toContain(`- ${name}: `);
    expect(text).toContain('access control');
    expect(text).not.toMatch(/0\.0\.0\.0|70000|secret/u);
  });

  test.each(['not json', '[]', '7', '{"a":1}', '{"a":"ftp://x"}'])(
    'SUBGRAPH_URLS cannot be %s',
    (text) => {
      expect(() => readConfig(gatewayConfig, { SUBGRAPH_URLS: text })).toThrow(ConfigError);
    },
  );

  test('the README has every variable with its default', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const told = [...readme.matchAll(/^\| `([A-Z_]+)` +\| `([^`]*)` +\|/gmu)].map(
      ([, name, value]) => [name, value],
    );
    const real = Object.entries(readConfig(gatewayConfig, {})).map(([name, value]) => [
      name,
      typeof value === 'object'
        ? JSON.stringify(value)
        : String(value).startsWith('/')
          ? relative(root, String(value))
          : String(value),
    ]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(real));
  });
});
