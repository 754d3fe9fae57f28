import { createServer } from 'node:http';
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Random } from './random.ts';

/** In every value of a field that the purpose does not list, in errors, extensions and fields nobody asked for. */
export const answerCanary = 'ANSWER-CANARY';

interface Asked {
  readonly query: string;
  readonly variables?: { readonly representations?: readonly { readonly __typename?: string }[] };
}

/** One server that answers for every subgraph with invented values of the right types, and talks too much. */
export async function startCanarySubgraphs(
  schema: GraphQLSchema,
  listed: ReadonlySet<string>,
  random: Random,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  function answerTo({ query, variables }: Asked): object {
    const document = parse(query, { noLocation: true });
    const fragments = new Map(
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION
          ? [[each.name.value, each.selectionSet] as const]
          : [],
      ),
    );
    const select = (
      typeName: string,
      set: SelectionSetNode,
      into: Record<string, unknown>,
      depth: number,
    ) => {
      const type = schema.getType(typeName);
      for (const selection of set.selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const inside = fragments.get(selection.name.value);
          if (inside) select(typeName, inside, into, depth);
          continue;
        }
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const on = selection.typeCondition?.name.value ?? typeName;
          const condition = schema.getType(on);
          const fits =
            on === typeName ||
            (isAbstractType(condition) && isObjectType(type) && schema.isSubType(condition, type));
          if (fits) select(typeName, selection.selectionSet, into, depth);
          continue;
        }
        const name = selection.name.value;
        const key = selection.alias?.value ?? name;
        if (name === '__typename') {
          into[key] = typeName;
          continue;
        }
        const field =
          isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
        if (field)
          into[key] = madeUp(field.type, `${typeName}.${name}`, selection.selectionSet, depth);
      }
    };
    const madeUp = (
      type: GraphQLOutputType,
      coordinate: string,
      set: SelectionSetNode | undefined,
      depth: number,
    ): unknown => {
      const nullable = getNullableType(type);
      if (isListType(nullable)) {
        return Array.from({ length: depth > 3 ? 1 : random.below(4) }, () =>
          madeUp(nullable.ofType, coordinate, set, depth + 1),
        );
      }
      const named = getNamedType(nullable);
      if (isEnumType(named)) return random.pick(named.getValues())?.name;
      if (set) {
        const concrete = isAbstractType(named)
          ? random.pick(schema.getPossibleTypes(named))
          : named;
        const into: Record<string, unknown> = { leaked: answerCanary };
        if (concrete) select(concrete.name, set, into, depth + 1);
        return into;
      }
      if (named.name === 'Int') return random.below(100);
      if (named.name === 'Float') return 0.5;
      if (named.name === 'Boolean') return random.chance(0.5);
      if (!listed.has(coordinate)) return answerCanary;
      return named.name === 'Date'
        ? '2025-01-01'
        : named.name === 'DateTime'
          ? '2025-01-01T00:00:00Z'
          : 'x1';
    };
    const data: Record<string, unknown> = {};
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const entities = definition.selectionSet.selections.find(
        (each) => each.kind === Kind.FIELD && each.name.value === '_entities',
      );
      if (entities?.kind === Kind.FIELD && entities.selectionSet) {
        const set = entities.selectionSet;
        data['_entities'] = (variables?.representations ?? []).map(({ __typename = '' }) => {
          const into: Record<string, unknown> = {};
          select(__typename, set, into, 0);
          return into;
        });
      } else select('Query', definition.selectionSet, data, 0);
    }
    return {
      data,
      ...(random.chance(0.1)
        ? { errors: [{ message: answerCanary, extensions: { code: answerCanary } }] }
        : {}),
      extensions: { leaked: answerCanary },
    };
  }

  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      // The gateway under test is the only one who writes here.
      response.end(JSON.stringify(answerTo(JSON.parse(text) as Asked)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
