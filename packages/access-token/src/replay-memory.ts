/** Remembers what was used until it would be refused for its age anyway. */
export interface ReplayMemory {
  /** False when it was used before, or when there is no room to remember it: refusing is the safe side. */
  use(id: string, untilMs: number): boolean;
}

/** In the memory of this process, bounded; what is remembered for the shortest time comes first. */
export function createReplayMemory(now: () => Date, maxEntries: number): ReplayMemory {
  const used = new Map<string, number>();
  return {
    use(id, untilMs) {
      const nowMs = now().getTime();
      // All are kept for about as long, so that the oldest are the first to go.
      for (const [oldest, until] of used) {
        if (until > nowMs) break;
        used.delete(oldest);
      }
      if (used.has(id) || used.size >= maxEntries) return false;
      used.set(id, untilMs);
      return true;
    },
  };
}
