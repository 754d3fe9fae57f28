import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from './certificate.fixture.ts';
import { connectionSteps } from './connection-steps.ts';
import { runSteps } from './run-steps.ts';

const now = () => new Date();
const days = (count: number) => new Date(Date.now() + count * 86_400_000);
let server: (Server & { closeAllConnections(): void }) | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(made: NonNullable<typeof server>): Promise<number> {
  server = made.listen(0, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // it listens on TCP
}

const answer: RequestListener = (_request, response) => response.end('{}');
const withCertificate = (name: string, from: Date, to: Date) =>
  listen(createTlsServer(selfSigned({ name, from, to }), answer));

/** What is said of a host, by the first words of the steps' codes. */
async function lookAt(url: string, timeoutMs = 5_000): Promise<Readonly<Record<string, string>>> {
  const host = { code: 'REGISTRY', whom: 'the registry', url: new URL(url), path: '/' };
  const { steps } = await runSteps(connectionSteps(host, now, timeoutMs), () => undefined);
  const said = new Map(
    steps.map(({ code, outcome, finding, advice }) => [
      code.split('_')[0] ?? '',
      `${outcome}: ${finding}${advice === null ? '' : ` → ${advice}`}`,
    ]),
  );
  return Object.fromEntries<string>(said);
}

describe('the way to a host', () => {
  it('is good when it is', async () => {
    const port = await listen(createServer(answer));
    expect(await lookAt(`http://localhost:${port}`)).toEqual({
      DNS: expect.stringMatching(/^GOOD: localhost: /u) as unknown,
      TCP: `GOOD: localhost:${port}`,
      TLS: 'GOOD: plain http, of this machine',
      CLOCK: expect.stringMatching(/^GOOD: [0-2] s apart$/u) as unknown,
    });
  });

  it('ends at a name that nobody knows, and the rest is not tried', async () => {
    const found = await lookAt('https://registry.invalid');
    expect(found['DNS']).toMatch(/^WRONG: registry\.invalid has no address here \(E\w+\) → .*DNS/u);
    expect(found['TCP']).toBe('NOT_TRIED: waits for “The name of the registry is known”');
    expect(found['CLOCK']).toMatch(/^NOT_TRIED/u);
  });

  it('ends at a port where nobody listens', async () => {
    const port = await listen(createServer(answer));
    server?.close();
    const found = await lookAt(`http://localhost:${port}`);
    expect(found['TCP']).toMatch(/^WRONG: .*\(ECONNREFUSED\) → Nobody listens/u);
    expect(found['TLS']).toMatch(/^NOT_TRIED/u);
  });

  it.each([
    [
      'that nobody vouches for',
      'localhost',
      -1,
      90,
      /\(DEPTH_ZERO_SELF_SIGNED_CERT\) → .*NODE_EXTRA_CA_CERTS/u,
    ],
    ['that has ended', 'localhost', -90, -1, /the certificate ended on \d{4}-/u],
    ['that has not begun', 'localhost', 1, 90, /begins on .* → .*clock of this machine/u],
    ['for another name', 'elsewhere.example', -1, 90, /is not for localhost/u],
  ])('ends at a certificate %s', async (_what, name, from, to, why) => {
    const port = await withCertificate(name, days(from), days(to));
    const found = await lookAt(`https://localhost:${port}`);
    expect(found['TCP']).toMatch(/^GOOD/u);
    expect(found['TLS']).toMatch(/^WRONG/u);
    expect(found['TLS']).toMatch(why);
    expect(found['CLOCK']).toMatch(/^NOT_TRIED/u);
  });

  it('ends where https is spoken to plain http', async () => {
    const port = await listen(createServer(answer));
    expect((await lookAt(`https://localhost:${port}`))['TLS']).toMatch(
      /^WRONG: no TLS on that port/u,
    );
  });

  it.each([
    [3_600_000, /^WRONG: this machine is 3\d{3} s behind the registry → .*NTP/u],
    [-3_600_000, /^WRONG: this machine is 3\d{3} s ahead of the registry/u],
  ])('tells clocks apart (%i ms)', async (offMs, why) => {
    const port = await listen(
      createServer((_request, response) => {
        response.setHeader('date', new Date(Date.now() + offMs).toUTCString());
        response.end('{}');
      }),
    );
    expect((await lookAt(`http://localhost:${port}`))['CLOCK']).toMatch(why);
  });

  it('does not wait for ever for one who says nothing', async () => {
    const port = await listen(createServer(() => undefined));
    expect((await lookAt(`http://localhost:${port}`, 200))['CLOCK']).toBe(
      'WRONG: failed (TIMEOUT) → Read what it says; the steps before this one were right.',
    );
  });
});
