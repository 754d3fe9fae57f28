import { expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig } from './read-config.ts';
import { serverConfig } from './server-config.ts';

it('reports every problem at once, by name and rule, and never shows a value', () => {
  const shape = {
    ...serverConfig,
    SECTOR_KEY_SECRET: z.string().min(32),
    MODE: z.enum(['a', 'b']),
  };
  const env = { HOST: '10.0.0.7', PORT: 'ninety', SECTOR_KEY_SECRET: 'short-secret', MODE: '' };
  const error = (() => {
    try {
      return readConfig(shape, env);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(ConfigError);
  const { message, problems } = error as ConfigError;
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'HOST',
    'PORT',
    'SECTOR_KEY_SECRET',
    'MODE',
  ]);
  expect(problems[3]).toBe('MODE: is missing');
  for (const value of ['10.0.0.7', 'ninety', 'short-secret']) expect(message).not.toContain(value);
});

it('refuses to listen outside the machine, since nobody is authenticated yet', () => {
  expect(() => readConfig(serverConfig, { HOST: '0.0.0.0', PORT: '1' })).toThrow(/loopback/u);
});

it('reads defaults, coerces, and cannot be changed afterwards', () => {
  const config = readConfig(serverConfig, { PORT: '4000' });
  expect(config).toEqual({ HOST: '127.0.0.1', PORT: 4000, LOG_LEVEL: 'info' });
  expect(Object.isFrozen(config)).toBe(true);
});
