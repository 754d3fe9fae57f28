import {
  GraphQLError,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { compareDamaged } from './compare.ts';
import type { LostRead } from './damage.ts';
import type { FederatedAnswer, FederatedError } from './federation.ts';
import type { MonolithAnswer } from './monolith.ts';
import type { Trace } from './subgraph-calls.ts';
import { membersOf, type World } from './world.ts';

/**
 * What the planner cannot do, and the answer tells. `CHAIN_OF_REQUIREMENTS`: a field computed from another that is
 * itself computed, of which the planner asks the second without what it is computed from, and no key leads to that.
 * `TOO_LONG_TO_PLAN`: the question is refused, since the search for a plan takes longer than its time.
 */
export type KnownLimit = 'CHAIN_OF_REQUIREMENTS' | 'TOO_LONG_TO_PLAN';

type Path = readonly (string | number)[];

/** Places of an answer whose values are computed from what is computed itself. */
export function chainedPaths(world: World, expected: MonolithAnswer): readonly Path[] {
  return [...expected.sites].flatMap(([path, { instance, field }]) =>
    // Written from a path.
    isChained(world, instance.type, field) ? [JSON.parse(path) as Path] : [],
  );
}

/**
 * The limit that explains all that is missing, beside what was lost: each such place is `null` with an `UNRESOLVED`
 * of its own, and everything else is as it must be.
 */
export function knownLimit(
  world: World,
  expected: MonolithAnswer,
  got: FederatedAnswer,
  lost: readonly LostRead[],
  chained: readonly Path[],
): KnownLimit | undefined {
  if (chained.length === 0) return undefined;
  const untold = chained.filter((path) => !got.errors.some((error) => isOf(error, path)));
  const told = chained.filter((path) => !untold.includes(path));
  if (told.length === 0) return undefined;
  if (lost.length === 0 && !got.errors.every((error) => told.some((path) => isOf(error, path)))) {
    return undefined;
  }
  const rest = compareDamaged(world, expected, got, lost, told);
  return rest === undefined ? 'CHAIN_OF_REQUIREMENTS' : undefined;
}

/** The limit by which a question was refused before anybody was asked. */
export function limitOfRefusal(error: unknown, trace: Trace): KnownLimit | undefined {
  const isRefusal = error instanceof GraphQLError && trace.calls.length === 0;
  return isRefusal && error.extensions['code'] === 'QUERY_TOO_COSTLY'
    ? 'TOO_LONG_TO_PLAN'
    : undefined;
}

/** Whether it tells of the field at the path; one for many places names the first of them. */
function isOf({ path = [], extensions }: FederatedError, place: Path): boolean {
  if (extensions?.['code'] !== 'UNRESOLVED' || path.length < place.length) return false;
  const isMany = extensions['affected'] !== undefined;
  return place.every((part, at) => {
    const named = path[at];
    return part === named || (isMany && typeof part === 'number' && typeof named === 'number');
  });
}

function isChained(world: World, typeName: string, field: string): boolean {
  const requirement = world.requirementOf(typeName, field);
  return requirement !== undefined && isComputed(world, typeName, requirement);
}

function isComputed(world: World, typeName: string, { selections }: SelectionSetNode): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      return isComputed(world, on, selection.selectionSet);
    }
    const { name, selectionSet } = selection;
    const members = membersOf(world.schema, typeName);
    if (members.some((member) => world.requirementOf(member, name.value))) return true;
    const type = typeOf(world, typeName, name.value);
    return selectionSet && type ? isComputed(world, getNamedType(type).name, selectionSet) : false;
  });
}

function typeOf(world: World, typeName: string, field: string): GraphQLOutputType | undefined {
  const type = world.schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[field]?.type : undefined;
}
