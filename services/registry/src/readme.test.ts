import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { registryConfig } from './config.ts';
import { refusals } from './refusal.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the README names every refusal with its status, and every variable', () => {
  const rows = [...readme.matchAll(/^\| (\d{3}) +\| (.+?) +\|$/gmu)].flatMap(
    ([, status, codes = '']) =>
      [...codes.matchAll(/`([A-Z_]+)`/gu)].map(([, code]) => `${status} ${code}`),
  );
  const expected = Object.entries(refusals).map(([code, [status]]) => `${status} ${code}`);
  expect(rows.sort()).toEqual(expected.sort());
  for (const name of Object.keys(registryConfig)) expect(readme).toContain(`\`${name}\``);
});
