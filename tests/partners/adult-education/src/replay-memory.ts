/** Contexts that were used: a bounded memory that never forgets one early, and refuses when it is full. */
export interface ReplayMemory {
  readonly remember: (id: string, until: number, now: number) => 'new' | 'known' | 'full';
}

export function createReplayMemory(size = 200_000): ReplayMemory {
  // Ids in order of arrival: those at the front end first, but for the minute that lifetimes may differ.
  const untilById = new Map<string, number>();
  return {
    remember(id, until, now) {
      for (const [old, end] of untilById) {
        if (end >= now) break;
        untilById.delete(old);
      }
      if (untilById.has(id)) return 'known';
      if (untilById.size >= size) return 'full';
      untilById.set(id, until);
      return 'new';
    },
  };
}
