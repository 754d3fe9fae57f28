import { Kind, type SelectionSetNode } from 'graphql';
import type { SubgraphFacts } from './read-facts.ts';
import { canonical, type Instance, membersOf, type World } from './world.ts';

type Representation = Readonly<Record<string, unknown>>;

/** The entity that a representation names, or what is wrong with the representation; never says a value. */
export function matchEntity(
  world: World,
  facts: SubgraphFacts,
  representation: Representation,
): Instance | string {
  const typeName = representation['__typename'];
  if (typeof typeName !== 'string') return 'a representation without __typename';
  const given = (facts.keys.get(typeName) ?? []).filter((key) => isGiven(representation, key));
  if (given.length === 0)
    return `a representation of ${typeName} that has no whole key of this subgraph`;
  const candidates = membersOf(world.schema, typeName).flatMap(
    (member) => world.entities.get(member) ?? [],
  );
  const match = candidates.find((instance) =>
    given.every(
      (key) =>
        canonical(receivedValues(representation, key)) === canonical(world.project(instance, key)),
    ),
  );
  return match ?? `a representation of ${typeName} whose keys name no entity`;
}

function isGiven(value: unknown, key: SelectionSetNode): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return key.selections.every((node) => {
    if (node.kind !== Kind.FIELD) return true;
    // Own keys only: what comes from JSON may be named like what every object inherits.
    const inner: unknown = Object.hasOwn(value, node.name.value)
      ? (value as Representation)[node.name.value]
      : null;
    if (inner === null) return false;
    return node.selectionSet ? isGiven(inner, node.selectionSet) : true;
  });
}

/** What a representation holds of a selection; what it lacks is marked, so that it makes a difference. */
export function receivedValues(
  representation: Representation,
  selection: SelectionSetNode,
): unknown {
  const found: Record<string, unknown> = {};
  const read = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const on = node.typeCondition?.name.value;
        if (on === undefined || representation['__typename'] === on) read(node.selectionSet);
      } else if (node.kind === Kind.FIELD) {
        const name = node.name.value;
        const value = Object.hasOwn(representation, name) ? representation[name] : '<missing>';
        found[name] = node.selectionSet ? inside(value, node.selectionSet) : value;
      }
    }
  };
  read(selection);
  return found;
}

function inside(value: unknown, selection: SelectionSetNode): unknown {
  if (Array.isArray(value)) return value.map((each) => inside(each, selection));
  if (typeof value !== 'object' || value === null) return value;
  return receivedValues(value as Representation, selection);
}
