import { startHubFrom, type TestHub } from '@tavolo/harness';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';

let hub: TestHub;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const foreign: string[] = [];
beforeAll(async () => {
  hub = await startHubFrom(inject('preparedHubFolder'));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  page = await context.newPage();
  // Whatever is neither the gateway nor its issuer is refused, as on a machine without a network.
  await page.route('**/*', (route) => {
    const { origin, protocol, href } = new URL(route.request().url());
    const isKnown = [hub.gatewayUrl, hub.issuerUrl].includes(origin);
    if (isKnown || protocol === 'data:' || protocol === 'blob:') return route.continue();
    foreign.push(href);
    return route.abort();
  });
});
afterEach(() => context.close());
afterAll(async () => {
  await browser.close();
  await hub.close();
});

/** From the page's own button to the issuer's page and back. */
async function logIn(name: RegExp): Promise<void> {
  await page.goto(`${hub.gatewayUrl}/explorer/`);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${hub.issuerUrl}/**`);
  expect(await page.getByRole('note').textContent()).toContain('invented accounts');
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

/** Nothing that could ask in somebody's name, where somebody else at this desk could find it. */
async function expectNoTraces(): Promise<void> {
  expect(page.url()).toBe(`${hub.gatewayUrl}/explorer/`);
  const kept = String(
    await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])'),
  );
  expect(kept).not.toMatch(/eyJ|token|code_verifier/iu);
}

it('shows nothing of the graph to whoever has not logged in', async () => {
  await page.goto(`${hub.gatewayUrl}/explorer/`);
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  expect(await page.locator('body').textContent()).not.toContain('facilities');
});

it('lets a case worker log in, says as whom and what for, and answers the table’s question', async () => {
  await logIn(/Chiara Inventata, case-worker/u);
  const bar = await page.getByRole('banner').first().textContent();
  expect(bar).toMatch(/Chiara Inventata as case-worker for the purpose integrated-care/u);
  await expectNoTraces();

  await page.getByRole('tab', { name: /TablesQuestion/u }).waitFor();
  const titles = await page.getByRole('tab').allTextContents();
  expect(titles[0]).toMatch(/^TablesQuestion/u);
  expect(titles.length).toBeGreaterThanOrEqual(6);
  // Those of the feeds' diagnostics are for somebody else's purpose.
  expect(titles.filter((title) => /refused/iu.test(title))).toEqual([]);

  const answer = page.locator('.result-window');
  // GraphiQL loads its editors after its frame and drops a click that comes before both are there.
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'TablesQuestion' }).waitFor();
  await answer.locator('.monaco-editor').waitFor();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await expect.poll(() => answer.textContent(), { timeout: 60_000 }).toContain('entryAt');
  expect(await answer.textContent()).not.toContain('"errors"');

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await expectNoTraces();
  await page.reload();
  await page.getByRole('button', { name: 'Log in' }).waitFor();
});

it('tells a privacy officer that this account reads nothing of the graph', async () => {
  await logIn(/Paola Inventata, privacy-officer/u);
  await page.getByRole('heading', { name: 'This account reads nothing of the graph' }).waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
  await expectNoTraces();
});

it('talks to its own gateway and the login, and to nobody else', () => {
  expect(foreign).toEqual([]);
});
