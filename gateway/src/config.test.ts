import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from '@tavolo/process-kit';
import { describe, expect, test } from 'vitest';
import { gatewayConfig, limitsOf, readGatewayConfig } from './config.ts';
import { defaultGatewayLimits } from './gateway.ts';
import { hubEnvironment } from './test-subgraphs/hub-environment.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('configuration', () => {
  test('what has no default is enough, and means the default limits', async () => {
    const config = readGatewayConfig(await hubEnvironment());
    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 4000, EVIDENCE_POLICY: 'fail-closed' });
    expect(defaultGatewayLimits).toMatchObject(limitsOf(config));
  });

  test('no part of the enforcement can be left out, emptied, or given the wrong half of a key', async () => {
    const whole = await hubEnvironment();
    expect(() => readGatewayConfig({})).toThrow(ConfigError);
    for (const name of Object.keys(whole)) {
      for (const value of [undefined, '', '[]', '{}', 'off', 'false', 'none']) {
        const problem = () => readGatewayConfig({ ...whole, [name]: value });
        // A file or a folder can have any name; it is there or not when it is opened.
        const isName =
          ['EVIDENCE_DIR', 'REGISTRY_STATE_FILE', 'SUPERGRAPH_KEPT_FILE'].includes(name) && value;
        if (!isName) expect(problem, `${name}=${value}`).toThrow(`- ${name}: `);
      }
    }
    const { x } = JSON.parse(whole['CONTEXT_SIGNING_KEY'] ?? '') as { x: string };
    const publicOnly = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', kid: 'a', x });
    expect(() => readConfig(gatewayConfig, { ...whole, CONTEXT_SIGNING_KEY: publicOnly })).toThrow(
      '- CONTEXT_SIGNING_KEY: ',
    );
    expect(() => readConfig(gatewayConfig, { ...whole, EVIDENCE_POLICY: 'ignore' })).toThrow(
      '- EVIDENCE_POLICY: ',
    );
  });

  test('who has a supergraph file needs no place to keep the one of the registry', async () => {
    const { SUPERGRAPH_KEPT_FILE: keptFile, ...rest } = await hubEnvironment();
    expect(() => readGatewayConfig(rest)).toThrow('- SUPERGRAPH_KEPT_FILE: is missing');
    expect(readGatewayConfig({ ...rest, SUPERGRAPH_FILE: 'a.graphql' }).supergraph).toEqual({
      file: 'a.graphql',
    });
    expect(readGatewayConfig(await hubEnvironment()).supergraph).toEqual({ keptFile });
  });

  test('gateways that share a Redis must say what seals the entities in it', async () => {
    const whole = await hubEnvironment();
    const redisUrl = 'redis://127.0.0.1:1';
    const secret = 'è'.repeat(16);
    expect(readGatewayConfig(whole).sharedCache).toBeUndefined();
    expect(
      readGatewayConfig({ ...whole, REDIS_URL: redisUrl, ENTITY_CACHE_SECRET: secret }).sharedCache,
    ).toEqual({ redisUrl, secret });
    const both = () => readGatewayConfig({ ...whole, REDIS_URL: redisUrl, USER_KEY: '' });
    expect(both).toThrow('- ENTITY_CACHE_SECRET: is missing');
    expect(both).toThrow('- USER_KEY: is missing');
    expect(() =>
      readGatewayConfig({ ...whole, REDIS_URL: redisUrl, ENTITY_CACHE_SECRET: 'short' }),
    ).toThrow('- ENTITY_CACHE_SECRET: must have 32 bytes or more');
  });

  test('subgraphs are in public networks only, unless others are named', async () => {
    const whole = await hubEnvironment();
    expect(readGatewayConfig(whole).ROUTING_ALLOWED_NETWORKS).toEqual([]);
    for (const value of ['{}', 'all', '["all"]', '["10.0.0.0"]', '["10.0.0.0/99"]']) {
      expect(() => readGatewayConfig({ ...whole, ROUTING_ALLOWED_NETWORKS: value })).toThrow(
        '- ROUTING_ALLOWED_NETWORKS: must be',
      );
    }
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
    const told = [...readme.matchAll(/^\| `([A-Z_]+)` +\| (`[^`]*`|required|none) +\|/gmu)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    const real = Object.entries(gatewayConfig).map(([name, schema]) => {
      const result = schema.safeParse(undefined);
      return [name, result.success ? written(result.data) : 'required'] as const;
    });
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(real));
  });
});

function written(value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value !== 'string') return `\`${JSON.stringify(value)}\``;
  const text = value;
  return `\`${text.startsWith('/') ? relative(root, text) : text}\``;
}
