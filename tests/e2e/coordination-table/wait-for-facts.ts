import { setTimeout as delay } from 'node:timers/promises';
import type { Coordinator } from './coordinator.ts';

interface FactState {
  readonly fact: string;
  readonly loadedAt: string | null;
  readonly lastFailure?: string | null;
}

const patienceMs = 110_000;

/** The table loads its facts once the hub is up: resolves when each was loaded, throws with those that were not. */
export async function waitForFacts(coordinator: Coordinator): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let waiting: readonly string[] = ['all'];
  while (Date.now() < deadline) {
    const { data } = await coordinator.run<{ facts: readonly FactState[] | null }>('facts');
    waiting = (data.facts ?? [])
      .filter(({ loadedAt }) => loadedAt === null)
      .map(({ fact }) => fact);
    if (data.facts && data.facts.length > 0 && waiting.length === 0) return;
    await delay(300);
  }
  throw new Error(`these facts were never loaded: ${waiting.join(', ')}`);
}
