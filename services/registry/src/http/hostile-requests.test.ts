import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  officer,
  openRegistry,
  purpose,
  type RegistryUnderTest,
  riskAnalysis,
  tokenOf,
} from '../registry.fixture.ts';

const row = z.strictObject({
  case: z.string(),
  method: z.enum(['PUT', 'POST']).default('PUT'),
  path: z.string().default('/purposes/free-beds'),
  contentType: z.string().default('application/json'),
  headers: z.record(z.string(), z.string()).default({}),
  /** Sent as it is, in place of the purpose of the fixture. */
  body: z.string().optional(),
  change: z.record(z.string(), z.unknown()).default({}),
  analysis: z.record(z.string(), z.unknown()).default({}),
  /** A field that is so many letters long. */
  repeat: z.record(z.string(), z.int()).default({}),
  status: z.int(),
  code: z.string(),
  /** The first field refused. */
  field: z.string().optional(),
});

const table = z
  .array(row)
  .parse(JSON.parse(readFileSync(new URL('hostile-requests.json', import.meta.url), 'utf8')));

describe('requests that are not what they should be', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await openRegistry();
    await registry.seed();
  });
  afterAll(() => registry.close());

  it.each(table)('$case', async (test) => {
    const long = Object.entries(test.repeat).map(([field, times]) => [field, 'a'.repeat(times)]);
    const body =
      test.body ??
      JSON.stringify({
        ...purpose(),
        ...(Object.keys(test.analysis).length === 0
          ? {}
          : { riskAnalysis: { ...riskAnalysis(), ...test.analysis } }),
        ...test.change,
        ...Object.fromEntries(long),
      });
    // Partner's technicians as well, so that what is refused is what was sent.
    const token = tokenOf('centre-office', ['privacy-officer', 'partner-it']);
    const sender = test.path.startsWith('/purposes') ? officer('asker') : token;
    const answer = await registry.send(sender, test.method, test.path, body, {
      'content-type': test.contentType,
      ...test.headers,
    });
    expect(answer).toMatchObject({ status: test.status, json: { code: test.code } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const errors = answer.json['errors'] as { field: string }[] | undefined; // as the problem's shape says
    expect(errors?.[0]?.field).toBe(test.field);
    expect(answer.text).not.toMatch(/Canary|isAdmin|javascript|MILANO|EVERYTHING/u);
    expect((await registry.send(officer('asker'), 'GET', '/purposes/free-beds')).status).toBe(404);
  });

  it('whatever is sent anywhere is refused without an error of the registry, and never repeated', async () => {
    const paths = [
      ['PUT', '/purposes/any'],
      ['PUT', '/partners/any'],
      ['POST', '/purposes/any/approve'],
      ['POST', '/consumers/any/suspend'],
      ['POST', '/publications'],
      ['POST', '/checks'],
      ['POST', '/subgraphs/any/rollback'],
      ['PUT', '/contracts/any'],
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async ([method, path], value) => {
        const body = JSON.stringify({ canary: 'canary-7f3a', value });
        const answer = await registry.send(officer('asker'), method, path, body);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(answer.text).not.toContain('canary-7f3a');
      }),
      { numRuns: 60 },
    );
  });
});
