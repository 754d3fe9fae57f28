import { declaredFields, declaredObjectFields } from './declared-fields.ts';
import { type Graph, isEntity, type Key, namedType, type ObjectType, topNames } from './graph.ts';

type Keys = Map<string, Map<string, Key[]>>;

/**
 * Gives every subgraph the entities that its fields speak of, and every entity the keys by which whoever
 * has it reaches all its owners: what composition would else refuse.
 */
export function completeCut(graph: Graph): Graph {
  let complete = graph;
  for (let before = ''; before !== JSON.stringify(complete); ) {
    before = JSON.stringify(complete);
    complete = withReachableOwners(withPresentEntities(complete));
  }
  return complete;
}

/** Types that a subgraph's fields speak of, also through value types. */
export function mentionedTypes(graph: Graph, subgraph: string): Set<string> {
  const mentioned = new Set<string>();
  const mention = (name: string): void => {
    if (mentioned.has(name)) return;
    mentioned.add(name);
    const type = graph.objects.find((each) => each.name === name);
    if (type) for (const { field } of declaredFields(graph, subgraph, type)) read(field);
    const inner = graph.interfaces.find((each) => each.name === name);
    if (inner?.objectIn === subgraph) {
      for (const { field } of declaredObjectFields(graph, subgraph, name)) read(field);
      return;
    }
    for (const member of inner?.members ?? []) mention(member);
    for (const member of graph.unions.find((each) => each.name === name)?.members ?? []) {
      mention(member);
    }
  };
  const read = (field: { readonly type: string; readonly args: readonly { type: string }[] }) => {
    mention(namedType(field.type));
    for (const { type } of field.args) mention(namedType(type));
  };
  for (const type of graph.objects) {
    const isRoot = type.name === 'Query' || type.name === 'Mutation';
    if (isRoot || type.keys[subgraph]) mention(type.name);
  }
  for (const type of graph.interfaces) {
    if (type.objectIn === subgraph || type.keyedIn.includes(subgraph)) mention(type.name);
  }
  return mentioned;
}

function withPresentEntities(graph: Graph): Graph {
  const keys = keysOf(graph);
  for (const subgraph of graph.subgraphs) {
    const mentioned = mentionedTypes(graph, subgraph);
    for (const { name, members, objectIn } of graph.interfaces) {
      if (!mentioned.has(name) || objectIn === subgraph) continue;
      for (const member of members) {
        if (isEntityName(graph, member)) {
          addKey(keys, member, subgraph, { fields: 'id', resolvable: false });
        }
      }
    }
    for (const type of graph.objects.filter(isEntity)) {
      if (mentioned.has(type.name) && !keys.get(type.name)?.has(subgraph)) {
        addKey(keys, type.name, subgraph, { fields: 'id', resolvable: false });
      }
      for (const key of keys.get(type.name)?.get(subgraph) ?? []) {
        const [, nested] = /^home \{ id \}$/u.exec(key.fields) ? [0, 'home'] : [];
        const target = type.fields.find(({ name }) => name === nested);
        if (target) {
          addKey(keys, namedType(target.type), subgraph, { fields: 'id', resolvable: false });
        }
      }
    }
  }
  return withKeys(graph, keys);
}

function withReachableOwners(graph: Graph): Graph {
  const keys = keysOf(graph);
  for (const type of graph.objects.filter(isEntity)) {
    const byObject = graph.interfaces.some(
      ({ members, objectIn }) => objectIn !== undefined && members.includes(type.name),
    );
    for (const start of Object.keys(type.keys)) {
      if (byObject) addKey(keys, type.name, start, { fields: 'id', resolvable: true });
      for (const owner of ownersOf(type)) {
        const reached = reachedFrom(keys.get(type.name) ?? new Map<string, Key[]>(), start);
        const isBack =
          owner === start && type.fields.every(({ requires }) => requires === undefined);
        if (isBack || reached.has(owner)) continue;
        addKey(keys, type.name, start, { fields: 'id', resolvable: false });
        addKey(keys, type.name, owner, { fields: 'id', resolvable: true });
      }
    }
  }
  return withKeys(graph, keys);
}

function isEntityName(graph: Graph, name: string): boolean {
  return graph.objects.some((type) => type.name === name && isEntity(type));
}

/** Who resolves a field, or has a key's field that some others have not. */
function ownersOf(type: ObjectType): string[] {
  return Object.entries(type.keys)
    .filter(
      ([subgraph, keys]) =>
        keys.some(({ fields }) => fields !== 'id') ||
        type.fields.some(({ owners }) => owners.includes(subgraph)),
    )
    .map(([subgraph]) => subgraph);
}

/** The subgraphs that can be asked, as entities are, by who holds what `start` has; itself only where others lead back. */
function reachedFrom(keys: ReadonlyMap<string, readonly Key[]>, start: string): Set<string> {
  const reached = new Set<string>();
  const known = new Set((keys.get(start) ?? []).flatMap((key) => topNames(key.fields)));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const [subgraph, candidates] of keys) {
      if (reached.has(subgraph)) continue;
      const opens = candidates.some(
        (key) => key.resolvable && topNames(key.fields).every((name) => known.has(name)),
      );
      if (!opens) continue;
      reached.add(subgraph);
      for (const key of candidates) for (const name of topNames(key.fields)) known.add(name);
    }
  }
  return reached;
}

function keysOf(graph: Graph): Keys {
  return new Map(
    graph.objects.map((type) => [
      type.name,
      new Map(Object.entries(type.keys).map(([subgraph, keys]) => [subgraph, [...keys]])),
    ]),
  );
}

function addKey(keys: Keys, type: string, subgraph: string, key: Key): void {
  const bySubgraph = keys.get(type);
  const present = bySubgraph?.get(subgraph) ?? [];
  const others = present.filter(({ fields }) => fields !== key.fields);
  const same = present.find(({ fields }) => fields === key.fields);
  const resolvable = key.resolvable || same?.resolvable === true;
  if (same?.resolvable === resolvable) return;
  bySubgraph?.set(subgraph, [...others, { fields: key.fields, resolvable }]);
}

function withKeys(graph: Graph, keys: Keys): Graph {
  return {
    ...graph,
    objects: graph.objects.map((type) => ({
      ...type,
      keys: Object.fromEntries(keys.get(type.name) ?? []),
    })),
  };
}
