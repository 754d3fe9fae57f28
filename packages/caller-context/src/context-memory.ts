/** Remembers which contexts were used until none of them could be used again. */
export interface ContextMemory {
  /** False = used before, `'full'` = cannot say, since there is no room to remember it. */
  use(id: string, forgetAt: number): boolean | 'full';
  /** Forgets what lapsed before this second. */
  forgetBefore(second: number): void;
}

/** A memory of at most `max` ids; a full one takes no more and forgets nothing early. */
export function createContextMemory(max: number): ContextMemory {
  // By the second in which they lapse: forgetting takes whole groups and looks at no id.
  const bySecond = new Map<number, string[]>();
  const used = new Set<string>();
  return {
    use(id, forgetAt) {
      if (used.has(id)) return false;
      if (used.size >= max) return 'full';
      used.add(id);
      const group = bySecond.get(forgetAt);
      if (group) group.push(id);
      else bySecond.set(forgetAt, [id]);
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
