import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { requiredArguments } from '../required-arguments.ts';

/** The smallest question that asks for one field, and every field it takes to get there. */
export interface Reach {
  readonly query: string;
  readonly coordinates: readonly string[];
}

interface Path {
  readonly steps: readonly string[];
  readonly detours: number;
}

/** Finds questions that reach each field, through fields that `mayRead` lets through wherever there are such. */
export function createReach(
  schema: GraphQLSchema,
  mayRead: (coordinate: string) => boolean,
): (coordinate: string) => Reach {
  const paths = pathsToTypes(schema, mayRead);
  return (coordinate) => {
    const [typeName = ''] = coordinate.split('.');
    const path = paths.get(typeName);
    if (path === undefined) throw new Error(`no question reaches ${coordinate}`);
    const coordinates = [...path.steps, coordinate];
    const query = coordinates.reduceRight((inner, step) => {
      const field = fieldOf(schema, step);
      const selected = inner === '' && !isLeafType(getNamedType(field.type)) ? '__typename' : inner;
      const written = `${field.name}${requiredArguments(field, 1)}`;
      return selected === '' ? written : `${written} { ${selected} }`;
    }, '');
    // With arguments that no change takes, so nothing is changed by asking.
    const operation = coordinates[0]?.startsWith('Mutation.') ? 'mutation ' : '';
    return { query: `${operation}{ ${query} }`, coordinates };
  };
}

/** The way from the root to each type with the fewest refused fields, then the fewest steps. */
function pathsToTypes(
  schema: GraphQLSchema,
  mayRead: (coordinate: string) => boolean,
): ReadonlyMap<string, Path> {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap(
    (root) => root?.name ?? [],
  );
  const paths = new Map<string, Path>(roots.map((root) => [root, { steps: [], detours: 0 }]));
  const waiting = [...roots];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const type = schema.getType(name);
    const path = paths.get(name);
    if (!path || !isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      if (!isObjectType(target)) continue;
      const step = `${name}.${field.name}`;
      const next = {
        steps: [...path.steps, step],
        detours: path.detours + (mayRead(step) ? 0 : 1),
      };
      const known = paths.get(target.name);
      if (known && !isShorter(next, known)) continue;
      paths.set(target.name, next);
      waiting.push(target.name);
    }
  }
  return paths;
}

function isShorter(one: Path, other: Path): boolean {
  return one.detours === other.detours
    ? one.steps.length < other.steps.length
    : one.detours < other.detours;
}

function fieldOf(schema: GraphQLSchema, coordinate: string): GraphQLField<unknown, unknown> {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`the graph has no ${coordinate}`);
  return field;
}
