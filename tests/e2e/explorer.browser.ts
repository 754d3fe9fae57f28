import { startHubFrom, type TestHub } from '@tavolo/harness';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

let hub: TestHub;
let browser: Browser;
let page: Page;
const foreign: string[] = [];
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  // Whatever is not the gateway itself is refused, as on a machine without a network.
  await page.route('**/*', (route) => {
    const { origin, protocol, href } = new URL(route.request().url());
    if (origin === hub.gatewayUrl || protocol === 'data:' || protocol === 'blob:') {
      return route.continue();
    }
    foreign.push(href);
    return route.abort();
  });
});
afterAll(async () => {
  await browser.close();
  await hub.close();
});

it('opens on the example questions, the table’s question first', async () => {
  await page.goto(`${hub.gatewayUrl}/explorer/`);
  await page.getByRole('tab', { name: /TablesQuestion/u }).waitFor();
  const titles = await page.getByRole('tab').allTextContents();
  expect(titles[0]).toMatch(/^TablesQuestion/u);
  expect(titles.length).toBeGreaterThanOrEqual(6);
});

it('answers the question it opens on, with the state of every source', async () => {
  const answer = page.locator('.result-window');
  // GraphiQL loads its editors after its frame and drops a click that comes before both are there.
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'TablesQuestion' }).waitFor();
  await answer.locator('.monaco-editor').waitFor();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await expect.poll(() => answer.textContent(), { timeout: 30_000 }).toContain('entryAt');
  expect(await answer.textContent()).not.toContain('"errors"');
});

it('asks nobody but its own gateway', () => {
  expect(foreign).toEqual([]);
});
