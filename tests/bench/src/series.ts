/** Values by name, in the order they were measured. */
export interface Series {
  add(name: string, value: number): void;
  /** Throws for a name nothing was measured under: an empty figure would look like a measured one. */
  of(name: string): readonly number[];
}

export function createSeries(): Series {
  const values = new Map<string, number[]>();
  return {
    add(name, value) {
      const list = values.get(name) ?? [];
      list.push(value);
      values.set(name, list);
    },
    of(name) {
      const list = values.get(name);
      if (!list) throw new Error(`nothing was measured as ${name}`);
      return list;
    },
  };
}
