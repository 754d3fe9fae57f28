import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

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
      const written = `${field.name}${argumentsOf(field)}`;
      return selected === '' ? written : `${written} { ${selected} }`;
    }, '');
    return { query: `{ ${query} }`, coordinates };
  };
}

/** The way from the root to each type with the fewest refused fields, then the fewest steps. */
function pathsToTypes(
  schema: GraphQLSchema,
  mayRead: (coordinate: string) => boolean,
): ReadonlyMap<string, Path> {
  const root = schema.getQueryType();
  if (!root) throw new Error('the graph has no queries');
  const paths = new Map<string, Path>([[root.name, { steps: [], detours: 0 }]]);
  const waiting = [root.name];
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

/** What has to be given, and pages as small as they can be. */
function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args.flatMap((arg) => {
    if (arg.name === 'first') return ['first: 1'];
    const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
    return isRequired ? [`${arg.name}: ${exampleOf(arg.type)}`] : [];
  });
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function exampleOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return exampleOf(type.ofType);
  if (isListType(type)) return `[${exampleOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${fields.map((field) => `${field.name}: ${exampleOf(field.type)}`).join(', ')} }`;
  }
  const values: Readonly<Record<string, string>> = {
    Int: '1',
    Float: '1',
    Boolean: 'true',
    Date: '"2026-11-01"',
    DateTime: '"2026-11-01T00:00:00Z"',
  };
  return values[type.toString()] ?? '"none"';
}
