/**
 * Gives each group the id that most of its members already carry, so that a person's reference survives
 * news about that person. When a cluster splits, the larger part keeps the id; ties go to the smaller id.
 */
export function assignClusterIds(
  groups: readonly (readonly string[])[],
  presentIdOf: (ref: string) => string | null,
  newId: () => string,
): string[] {
  const claims = groups.flatMap((refs, group) => {
    const counts = new Map<string, number>();
    for (const ref of refs) {
      const id = presentIdOf(ref);
      if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return [...counts].map(([id, count]) => ({
      group,
      id,
      count,
      first: [...refs].sort()[0] ?? '',
    }));
  });
  claims.sort((x, y) => y.count - x.count || compare(x.id, y.id) || compare(x.first, y.first));
  const idOfGroup = new Map<number, string>();
  const taken = new Set<string>();
  for (const { group, id } of claims) {
    if (idOfGroup.has(group) || taken.has(id)) continue;
    idOfGroup.set(group, id);
    taken.add(id);
  }
  return groups.map((_, group) => idOfGroup.get(group) ?? newId());
}

function compare(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
