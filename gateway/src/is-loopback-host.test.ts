import { expect, it } from 'vitest';
import { isLoopbackHost } from './is-loopback-host.ts';

it.each(['127.0.0.1:4000', 'localhost:4000', 'LOCALHOST', '[::1]:4000', '127.0.0.1'])(
  'a caller that names this machine is let in: %s',
  (host) => expect(isLoopbackHost(host)).toBe(true),
);

it.each([
  'evil.example:4000',
  '127.0.0.1.evil.example',
  'localhost.evil.example:4000',
  '',
  undefined,
])('a page from elsewhere whose name resolves to this machine is not: %s', (host) =>
  expect(isLoopbackHost(host)).toBe(false),
);
