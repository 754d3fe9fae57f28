import {
  type DirectiveNode,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { HubError } from './hub-error.ts';

type Verdict = 'GOOD' | 'EMPTY' | 'WRONG';

/**
 * Makes `_entities` answer each representation by itself. The federation library throws for the whole list when one
 * of them has no type of ours, and hands a key that is null, missing or no text on to loaders that throw too: here
 * an absent key is answered with null, and a wrong representation is an error in its own place.
 */
export function answerEachReference(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolveAll = field?.resolve;
  if (field === undefined || resolveAll === undefined) return schema;
  const judge = createJudge(schema);
  const resolve: GraphQLFieldResolver<unknown, unknown, { representations: readonly unknown[] }> = (
    source,
    { representations },
    context,
    info,
  ) =>
    representations.map((representation): unknown => {
      const verdict = judge(representation);
      if (verdict === 'EMPTY') return null;
      if (verdict === 'WRONG') return wrongReference();
      try {
        const answers: unknown = resolveAll(
          source,
          { representations: [representation] },
          context,
          info,
        );
        return Array.isArray(answers) ? (answers[0] as unknown) : answers;
      } catch (error) {
        // What is thrown at once would end the whole list; in its place it is an error of this one.
        return error instanceof Error ? error : wrongReference();
      }
    });
  field.resolve = resolve;
  return schema;
}

const wrongReference = () =>
  new HubError('BAD_USER_INPUT', 'A representation has no type or no key that this source knows');

function createJudge(schema: GraphQLSchema): (representation: unknown) => Verdict {
  const keysByType = new Map(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .map((type) => [type.name, keysOf(type)]),
  );
  return (representation) => {
    if (!isRecord(representation)) return 'WRONG';
    const name = representation['__typename'];
    const keys = typeof name === 'string' ? keysByType.get(name) : undefined;
    // An interface's keys are its library's affair.
    if (keys === undefined) return isInterface(schema, name) ? 'GOOD' : 'WRONG';
    if (keys.length === 0) return 'WRONG';
    const verdicts = keys.map((paths) => judgeKey(paths, representation));
    return (
      verdicts.find((one) => one === 'GOOD') ?? verdicts.find((one) => one === 'WRONG') ?? 'EMPTY'
    );
  };
}

/** Wrong = something that is no scalar stands where the key should; empty = a part of it is not there. */
function judgeKey(paths: readonly (readonly string[])[], representation: unknown): Verdict {
  const values = paths.map((path) =>
    path.reduce<unknown>(
      (value, name) => (isRecord(value) ? value[name] : value && wrong),
      representation,
    ),
  );
  if (
    values.some((value) => value != null && typeof value !== 'string' && typeof value !== 'number')
  ) {
    return 'WRONG';
  }
  return values.some((value) => value == null) ? 'EMPTY' : 'GOOD';
}

/** Stands for a value that holds no fields where a key says it does. */
const wrong = Symbol('wrong');

function isInterface(schema: GraphQLSchema, name: unknown): boolean {
  const type = typeof name === 'string' ? schema.getType(name) : undefined;
  return type !== undefined && type.astNode?.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** The scalars of each of a type's keys, by the way to them. */
function keysOf(type: GraphQLObjectType): (readonly string[])[][] {
  const directives: readonly DirectiveNode[] = [type.astNode, ...type.extensionASTNodes].flatMap(
    (node) => node?.directives ?? [],
  );
  return directives.flatMap(({ name, arguments: given = [] }) => {
    const fields = given.find((argument) => argument.name.value === 'fields')?.value;
    const isKey = name.value === 'key' || name.value === 'federation__key';
    if (!isKey || fields?.kind !== Kind.STRING) return [];
    const [operation] = parse(`{ ${fields.value} }`).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION
      ? [pathsOf(operation.selectionSet, type)]
      : [];
  });
}

function pathsOf({ selections }: SelectionSetNode, type: GraphQLObjectType): (readonly string[])[] {
  return selections.flatMap((selection): (readonly string[])[] => {
    if (selection.kind !== Kind.FIELD) return [];
    const name = selection.name.value;
    const field = type.getFields()[name];
    const inner = field === undefined ? undefined : getNamedType(field.type);
    if (selection.selectionSet === undefined || !isObjectType(inner)) return [[name]];
    return pathsOf(selection.selectionSet, inner).map((path) => [name, ...path]);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
