/**
 * What GraphiQL would keep in the browser's storage: questions, variables, tabs. Here it ends with the page,
 * because a shared desk computer must not remember what somebody asked about.
 */
export function createMemoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => {
      entries.set(name, value);
    },
    removeItem: (name) => {
      entries.delete(name);
    },
    clear: () => entries.clear(),
  };
}
