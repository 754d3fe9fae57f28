import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextKeys } from '@tavolo/caller-context';
import { conformanceReport } from '@tavolo/conformance';
import {
  type BadSubgraph,
  type SubgraphFault,
  startBadSubgraph,
} from '@tavolo/conformance/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../registry.fixture.ts';

let folder: string;
let running: BadSubgraph | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tavolo-conformance-'));
});
afterEach(() => running?.close());

const tavolo = (...args: readonly string[]) =>
  runIn(folder, ['subgraph', 'conformance', ...args], {});

async function started(...faults: readonly SubgraphFault[]) {
  await tavolo('--make-key', 'conformance-key');
  const { keys } = contextKeys.parse(
    JSON.parse(readFileSync(join(folder, 'conformance-key/keys.json'), 'utf8')),
  );
  const now = () => new Date();
  running = await startBadSubgraph({ name: 'trial', issuer: 'tavolo-gateway', keys, now, faults });
  const tavoloJson = { subgraph: 'trial', schema: ['schema.graphql'], url: running.url };
  writeFileSync(join(folder, 'tavolo.json'), JSON.stringify(tavoloJson));
  return running;
}

describe('tavolo subgraph conformance', { timeout: 60_000 }, () => {
  it('tries the subgraph of the folder, with the key it made', async () => {
    await started();
    const { exitCode, printed } = await tavolo('--lang', 'en');
    expect(printed).toContain('✓ A call without a context is refused (CONTEXT_ABSENT_REFUSED)');
    expect(printed).toContain('– None of the canaries');
    expect(printed).toMatch(/trial conforms\. \d+ kept, 0 broken, \d+ not tried\.\n$/u);
    expect(exitCode).toBe(0);
  });

  it('says of what is broken what was sent, what came and what to change, in Italian too', async () => {
    await started('counts-rows-in-health');
    const { exitCode, printed } = await tavolo('--lang', 'it');
    expect(printed).toContain('✗ /health/live e /health/ready rispondono a chiunque');
    expect(printed).toContain('inviato:  GET /health/ready without a context');
    expect(printed).toContain('arrivato: HTTP 200, numbers in its body');
    expect(printed).toContain('cambiare: Rispondere a GET /health/live con 200');
    expect(printed).toContain('trial non è conforme.');
    expect(exitCode).toBe(1);
  });

  it('takes samples and canaries, and gives programs the report', async () => {
    const { url } = await started('tells-a-name');
    writeFileSync(join(folder, 'samples.json'), '{"Person":[{"trialKey":"person-7"}]}');
    writeFileSync(join(folder, 'canaries.txt'), 'Canarini Esca\n');
    const given = ['--samples', 'samples.json', '--canaries', 'canaries.txt', '--json'];
    const { exitCode, printed } = await tavolo(url, ...given);
    const { results } = conformanceReport.parse(JSON.parse(printed));
    expect(results.filter(({ outcome }) => outcome === 'BROKEN').map(({ code }) => code)).toEqual([
      'NO_CANARIES',
    ]);
    expect(printed).not.toContain('Canarini');
    expect(exitCode).toBe(1);
  });

  it('says that nobody is there, instead of blaming every promise', async () => {
    const { url } = await started();
    await running?.close();
    const { exitCode, printed } = await tavolo(url, '--json');
    const { results } = conformanceReport.parse(JSON.parse(printed));
    expect(results.filter(({ outcome }) => outcome === 'BROKEN').map(({ code }) => code)).toEqual([
      'CONTEXT_RIGHT_ACCEPTED',
    ]);
    expect(results.at(-1)?.reason).toContain('ECONNREFUSED');
    expect(exitCode).toBe(1);
  });

  it('makes a private key for its owner alone, and never over another', async () => {
    const { printed, exitCode } = await tavolo('--make-key', 'keys');
    expect(exitCode).toBe(0);
    expect(printed).toContain('GATEWAY_KEYS');
    const file = join(folder, 'keys/private-key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'keys/keys.json'), 'utf8')).not.toContain('"d"');
    const before = readFileSync(file, 'utf8');
    expect((await tavolo('--make-key', 'keys')).exitCode).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it.each([
    ['no name', [], /which subgraph/u],
    ['no address', ['--name', 'trial'], /where does the subgraph run/u],
    ['no http', ['--name', 'trial', 'file:///etc/passwd'], /http or https/u],
    ['no key', ['--name', 'trial', 'http://127.0.0.1:1'], /--make-key/u],
  ])('is refused with %s', async (_what, args, why) => {
    const { exitCode, said } = await tavolo(...args);
    expect(said).toMatch(why);
    expect(exitCode).toBe(2);
  });

  it.each([
    ['a key that others can read', '--context-key', '{}', 0o644, /chmod 600/u],
    [
      'a key that is none',
      '--context-key',
      '{"secret":"CANARY"}',
      0o600,
      /no private Ed25519 key/u,
    ],
    ['samples that are none', '--samples', '["CANARY"]', 0o600, /names keys by type/u],
    ['a canary of three letters', '--canaries', 'abc', 0o600, /found by chance/u],
  ])(
    'is refused with %s, and does not say what is in the file',
    async (_what, option, text, mode, why) => {
      await tavolo('--make-key', 'conformance-key');
      writeFileSync(join(folder, 'given'), text);
      chmodSync(join(folder, 'given'), mode);
      const { exitCode, said } = await tavolo(
        'http://127.0.0.1:1',
        '--name',
        'trial',
        option,
        'given',
      );
      expect(said).toMatch(why);
      expect(said).not.toContain('CANARY');
      expect(exitCode).toBe(2);
    },
  );
});
