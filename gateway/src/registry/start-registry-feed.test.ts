import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegistryState } from '@tavolo/access-model';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hubState } from '../test-subgraphs/hub-graph.ts';
import { startTestRegistry, type TestRegistry } from '../test-subgraphs/start-test-registry.ts';
import { type RegistryFeed, startRegistryFeed } from './start-registry-feed.ts';

const state = (version: number): RegistryState => ({ ...hubState('http://127.0.0.1:1'), version });
let folder: string;
let time: number;
let registry: TestRegistry;
const feeds: RegistryFeed[] = [];
const now = () => new Date(time);

beforeEach(async () => {
  time = Date.parse('2026-11-22T10:00:00Z');
  folder = await mkdtemp(join(tmpdir(), 'feed-'));
  registry = await startTestRegistry(state(3), now);
});
afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.close()));
  await registry.close();
  await rm(folder, { recursive: true });
});

async function follow(publicKey = registry.publicKey): Promise<RegistryFeed> {
  const feed = await startRegistryFeed({
    url: registry.url,
    token: 'an invented token',
    publicKey,
    stateFile: join(folder, 'state'),
    graceMs: 60_000,
    now,
    logger: pino({ level: 'silent' }),
  });
  feeds.push(feed);
  return feed;
}

const versionOf = (feed: RegistryFeed) => feed.current()?.index.version;
const until = (feed: RegistryFeed, version: number) =>
  vi.waitFor(() => expect(versionOf(feed)).toBe(version), { timeout: 5_000, interval: 5 });
const say = (version: number, issuedAt = now(), signer: 'registry' | 'stranger' = 'registry') =>
  registry.say({ kind: 'state', issuedAt: issuedAt.toISOString(), state: state(version) }, signer);

describe('the state in force', () => {
  test('is what the registry last said, within a second of its saying so', async () => {
    const feed = await follow();
    await until(feed, 3);
    time += 1_000;
    const saidAt = performance.now();
    await say(4);
    await until(feed, 4);
    expect(performance.now() - saidAt).toBeLessThan(1_000);
  });

  test.each([
    ['signed by a stranger', () => say(9, now(), 'stranger')],
    ['older than the one it has', () => say(2)],
    ['from before the one it has', () => say(9, new Date(time - 60_000))],
    ['from the future', () => say(9, new Date(time + 600_000))],
  ])('is not one %s, and the next good one is taken', async (_title, sayBad) => {
    const feed = await follow();
    await until(feed, 3);
    await sayBad();
    const again = registry.nextListener();
    registry.refuse(503);
    registry.refuse(undefined);
    // The stream was begun anew after the bad message: it was read, and changed nothing.
    await again;
    expect(versionOf(feed)).toBe(3);
    time += 1_000;
    await say(10);
    await until(feed, 10);
  });

  test('needs the key that was configured', async () => {
    const other = await startTestRegistry(state(3), now);
    const feed = await follow(other.publicKey);
    await registry.nextListener();
    await registry.nextListener();
    expect(feed.current()).toBeUndefined();
    await other.close();
  });

  test('goes on while the registry is away: fresh, then stale, then not at all', async () => {
    const feed = await follow();
    await until(feed, 3);
    registry.refuse(503);
    expect(feed.current()?.isStale).toBe(false);
    time += 7_000;
    expect(feed.current()).toMatchObject({ isStale: true });
    time += 53_000;
    expect(versionOf(feed)).toBe(3);
    time += 1;
    expect(feed.current()).toBeUndefined();
    await registry.say({ kind: 'state', issuedAt: now().toISOString(), state: state(3) });
    registry.refuse(undefined);
    await until(feed, 3);
    expect(feed.current()?.isStale).toBe(false);
  });

  test('is confirmed by a sign of life of the same version only', async () => {
    const feed = await follow();
    await until(feed, 3);
    time += 7_000;
    await registry.say({ kind: 'still', issuedAt: now().toISOString(), version: 2 });
    await registry.say({ kind: 'still', issuedAt: now().toISOString(), version: 3 });
    await vi.waitFor(() => expect(feed.current()?.isStale).toBe(false));
    expect(feed.current()?.verifiedAt).toEqual(now());
  });

  test('is there again after a restart without the registry, and no longer than its grace', async () => {
    const first = await follow();
    await until(first, 3);
    await first.close();
    registry.refuse(503);
    const second = await follow();
    expect(versionOf(second)).toBe(3);
    time += 60_001;
    expect(second.current()).toBeUndefined();
    const third = await follow();
    expect(third.current()).toBeUndefined();
  });

  test('counts its grace from the last sign that it holds, also after a restart', async () => {
    const first = await follow();
    await until(first, 3);
    time += 70_000;
    await registry.say({ kind: 'still', issuedAt: now().toISOString(), version: 3 });
    await vi.waitFor(() => expect(first.current()?.verifiedAt).toEqual(now()));
    await first.close();
    registry.refuse(503);
    time += 50_000;
    expect(versionOf(await follow())).toBe(3);
  });
});
