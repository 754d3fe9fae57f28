import {
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { JoinFields } from './join-fields.ts';
import type { RequiredField } from './required-arguments.ts';
import type { SubgraphKeys } from './subgraph-keys.ts';

interface Facts {
  readonly subgraph: string;
  readonly schema: GraphQLSchema;
  readonly joins: JoinFields;
  readonly keys: SubgraphKeys;
  readonly requiredFields: ReadonlyMap<string, RequiredField>;
}

/** Where something is asked of a subgraph. */
export interface Place {
  readonly typeName: string;
  /** What the subgraph says it gives here although it is others'. */
  readonly provided: readonly SelectionNode[];
  /** Whether the object is found by a reference, which holds what is required of it. */
  readonly isReferred: boolean;
}

/**
 * What is asked of a subgraph that can know it. Where one `@requires` needs what itself requires something, the planner
 * asks the second field without its requirement: what came back would be computed from nothing. It is not asked, so
 * that it is told as unresolved.
 */
export function withoutUnresolvable(
  selectionSet: SelectionSetNode,
  typeName: string,
  isReferred: boolean,
  facts: Facts,
): SelectionSetNode {
  return filter(selectionSet, { typeName, provided: [], isReferred }, facts);
}

function filter(selectionSet: SelectionSetNode, place: Place, facts: Facts): SelectionSetNode {
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const typeName = selection.typeCondition?.name.value ?? place.typeName;
      const inside = filter(selection.selectionSet, { ...place, typeName }, facts);
      return inside.selections.length > 0 ? [{ ...selection, selectionSet: inside }] : [];
    }
    const field = selection.name.value;
    if (field === '__typename') return [selection];
    if (!isKnowable(field, place, facts)) return [];
    if (!selection.selectionSet) return [selection];
    const below = filter(selection.selectionSet, placeBelow(field, place, facts), facts);
    return below.selections.length > 0 ? [{ ...selection, selectionSet: below }] : [];
  });
  return { ...selectionSet, selections };
}

/** Whether the subgraph can know the field there. */
export function isKnowable(
  field: string,
  { typeName, provided, isReferred }: Place,
  { subgraph, joins, keys }: Facts,
): boolean {
  // Of an entity, its reference has been looked at for it.
  if (isReferred) return true;
  const there = namesIn(provided);
  const isOthers = joins.isOnlyRequired(subgraph, typeName, field) && !there.has(field);
  if (isOthers && !keys.of(subgraph, typeName).some((key) => namesIn(key.selections).has(field))) {
    return false;
  }
  return joins.requires(subgraph, typeName, field).every((name) => there.has(name));
}

/** The objects in the field. */
export function placeBelow(field: string, place: Place, facts: Facts): Place {
  const { subgraph, schema, joins, requiredFields } = facts;
  const type = schema.getType(place.typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const definition = fields[requiredFields.get(field)?.name ?? field];
  const inherited = place.provided.flatMap((each) =>
    each.kind === Kind.FIELD && each.name.value === field
      ? (each.selectionSet?.selections ?? [])
      : [],
  );
  return {
    typeName: definition ? getNamedType(definition.type).name : '',
    provided: [...inherited, ...joins.provides(subgraph, place.typeName, field)],
    isReferred: false,
  };
}

function namesIn(selections: readonly SelectionNode[]): ReadonlySet<string> {
  return new Set(
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection.name.value];
      return selection.kind === Kind.INLINE_FRAGMENT
        ? [...namesIn(selection.selectionSet.selections)]
        : [];
    }),
  );
}
