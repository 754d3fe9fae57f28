/** Remembers which contexts were used until none of them could be used again. */
export interface ReplayMemory {
  /** False = used before; `'full'` = cannot say, since there is no room to remember it. */
  use(id: string, forgetAtSecond: number): boolean | 'full';
  forgetBefore(second: number): void;
}

/**
 * A memory of at most `max` ids; a full one takes no more and forgets nothing early. It belongs to one process:
 * two processes behind one name need one memory between them (a Redis `SET id 1 NX EX 70` is enough).
 */
export function createReplayMemory(max: number): ReplayMemory {
  // By the second in which they lapse: forgetting takes whole groups and looks at no id.
  const bySecond = new Map<number, string[]>();
  const used = new Set<string>();
  return {
    use(id, forgetAtSecond) {
      if (used.has(id)) return false;
      if (used.size >= max) return 'full';
      used.add(id);
      const group = bySecond.get(forgetAtSecond);
      if (group) group.push(id);
      else bySecond.set(forgetAtSecond, [id]);
      return true;
    },
    forgetBefore(second) {
      for (const [lapsed, ids] of bySecond) {
        if (lapsed >= second) continue;
        for (const id of ids) used.delete(id);
        bySecond.delete(lapsed);
      }
    },
  };
}
