import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type FormattedExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { readEntityKeys } from './entity-keys.ts';
import { type ListSize, listSizeOf } from './list-size.ts';
import { mockScalar } from './mock-scalar.ts';
import type { MockWorld } from './mock-world.ts';

/** A subgraph that nobody runs: answers from its schema alone, always the same. */
export interface MockSubgraph {
  answer(request: MockRequest): Promise<FormattedExecutionResult>;
}

export interface MockRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

/** What every mocked value is a function of. */
const identity = Symbol('identity');
/** The length that the field which led here set for lists below. */
const sizes = Symbol('sizes');

interface MockNode extends Readonly<Record<string, unknown>> {
  readonly __typename: string;
  readonly [identity]: string;
  readonly [sizes]?: ListSize;
}

/** `listLength` is how many a list has where nothing says fewer. */
export function createMockSubgraph(
  sdl: string,
  world: MockWorld,
  listLength: number,
): MockSubgraph {
  const typeDefs = parse(sdl);
  const keys = readEntityKeys(typeDefs);
  // Only for entities that are asked by their key: everything else is the field resolver's.
  const resolvers = Object.fromEntries(
    [...keys.keys()].map((typeName) => [
      typeName,
      {
        __resolveReference: (
          representation: Readonly<Record<string, unknown>>,
          _context: unknown,
          { schema }: GraphQLResolveInfo,
        ) => {
          const record = world.recordOf(typeName, keys, representation);
          // A null key is nobody: every partner answers so.
          if (record === null) return null;
          return { ...nodeOfRecord(schema, typeName, record), ...representation };
        },
      },
    ]),
  );
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);

  function nodeOfRecord(inSchema: GraphQLSchema, typeName: string, record: string): MockNode {
    const type = inSchema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    const names = [...new Set((keys.get(typeName) ?? []).flat())];
    const values = names.flatMap((name) => {
      const field = fields[name];
      // A key made of objects is mocked like any field.
      if (!field || isObjectType(getNamedType(field.type))) return [];
      const isNumber = ['Int', 'Float'].includes(getNamedType(field.type).name);
      return [[name, world.keyOf(typeName, record, name, isNumber)] as const];
    });
    return {
      ...Object.fromEntries(values),
      __typename: typeName,
      [identity]: `${typeName}:${record}`,
    };
  }

  function objectOf(
    type: GraphQLObjectType,
    path: string,
    index: number,
    size: ListSize,
  ): MockNode {
    if (!keys.has(type.name)) {
      return { __typename: type.name, [identity]: `${path}#${index}`, [sizes]: size };
    }
    const records = world.recordsOf(type.name);
    const record = (world.number(path, records) + index) % records;
    return { ...nodeOfRecord(schema, type.name, String(record)), [sizes]: size };
  }

  function mockOf(type: GraphQLOutputType, path: string, index: number, size: ListSize): unknown {
    if (isNonNullType(type)) return mockOf(type.ofType, path, index, size);
    if (isListType(type)) {
      // A list in which one record stands twice is no list that a partner would give.
      const named = getNamedType(type);
      const most = keys.has(named.name) ? world.recordsOf(named.name) : size.length;
      return Array.from({ length: Math.min(size.length, most) }, (_, at) =>
        mockOf(type.ofType, path, at, size),
      );
    }
    if (isObjectType(type)) return objectOf(type, path, index, size);
    if (isAbstractType(type)) {
      const possible = [...schema.getPossibleTypes(type)].sort((one, other) =>
        one.name.localeCompare(other.name),
      );
      const chosen = possible[world.number(`${path}#${index}`, Math.max(possible.length, 1))];
      return chosen ? objectOf(chosen, path, index, size) : null;
    }
    if (isEnumType(type)) {
      const values = type.getValues();
      return values[world.number(`${path}#${index}`, values.length)]?.value;
    }
    return mockScalar(type.name, `${path}#${index}`, world);
  }

  const fieldResolver: GraphQLFieldResolver<unknown, unknown, Readonly<Record<string, unknown>>> = (
    parent,
    args,
    _context,
    info,
  ) => {
    const node = isNode(parent) ? parent : undefined;
    const given = node?.[info.fieldName];
    if (given !== undefined) return given;
    const field = info.parentType.getFields()[info.fieldName];
    const own = field ? listSizeOf(field, args, listLength) : { length: 1, sizedFields: [] };
    const fromAbove = node?.[sizes];
    const size = fromAbove?.sizedFields.includes(info.fieldName)
      ? { ...own, length: Math.min(own.length, fromAbove.length) }
      : own;
    const asked = Object.keys(args).length > 0 ? JSON.stringify(args) : '';
    const path = `${node?.[identity] ?? info.parentType.name}.${info.fieldName}${asked}`;
    return mockOf(info.returnType, path, 0, size);
  };

  return {
    async answer({ query, variables, operationName }) {
      const { data, errors } = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        operationName,
        fieldResolver,
      });
      return {
        data: data ?? null,
        ...(errors === undefined ? {} : { errors: errors.map((error) => error.toJSON()) }),
      };
    },
  };
}

function isNode(value: unknown): value is MockNode {
  return typeof value === 'object' && value !== null && identity in value;
}
