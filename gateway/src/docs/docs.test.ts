import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';
import { html } from './html.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

async function read(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${hub.gateway.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the pages', () => {
  test('tell every field with who may read it, its categories, owner, subgraph and size', async () => {
    const { status, text } = await read('/docs/');
    expect(status).toBe(200);
    const row = text.split('\n').find((line) => line.includes('id="Person.events"'));
    for (const told of ['people:read', 'HEALTH', 'health-authority', 'assumedSize: 4']) {
      expect(row).toContain(told);
    }
    expect(text).toContain('id="HiddenWord"');
    expect(text).not.toMatch(/join__|http:\/\/127/u);
  });

  test('load nothing and run nothing', async () => {
    for (const path of ['/docs/', '/docs/contract']) {
      const { headers, text } = await read(path);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-/u,
      );
      expect(text).not.toMatch(/<(?:script|img|link|iframe|form)\b|\son\w+=|javascript:/iu);
    }
  });

  test('show the contract between partners and hub', async () => {
    const { status, text } = await read('/docs/contract');
    expect(status).toBe(200);
    expect(text).toContain('<h2>');
    expect(text).toContain('<table>');
  });

  test('are for this machine only', async () => {
    expect((await read('/docs/', { 'x-forwarded-for': '192.0.2.1' })).status).toBe(403);
    expect((await read('/docs/contract', { via: '1.1 proxy' })).status).toBe(403);
  });
});

test('what partners write is text, never a tag', () => {
  expect(html`<p title="${'"\'><script>'}">${'<b>&'}</p>`.text).toBe(
    '<p title="&quot;&#39;&gt;&lt;script&gt;">&lt;b&gt;&amp;</p>',
  );
});
