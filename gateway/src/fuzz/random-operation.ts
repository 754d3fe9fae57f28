import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Random } from './random.ts';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Stands where a person's name would: none of it may come back or be written down. */
export const questionCanary = 'QUESTION-CANARY';

const damage: readonly ((query: string, random: Random) => string)[] = [
  (query) => query.replace(/\b[a-z]\w{3,}/u, 'nothingSuch'),
  (query) => query.replace('}', ' ...Nobody }'),
  (query) => query.replace('{', '{ __schema { types { name } } '),
  (query, random) => query.slice(0, random.below(query.length)),
  (query) => `${query} ${query}`,
  (query) => query.replace(/\{(?=[^{}]*\})/u, '{ __typename @nothing(of: "QUESTION-CANARY") '),
  (query, random) => query.replace('{', `{ ${'a: __typename '.repeat(random.below(80))}`),
  (query, random) => `${query} ${'fragment F on Query { ...F } '.repeat(random.below(4))}`,
  (query) => query.replace('query', 'subscription'),
  (query) => query.replace(/\d+/u, '1e9'),
  (query) => query.replace(/\(/u, '(where: "QUESTION-CANARY" '),
  (query) => query.replace(/"[^"]*"/u, '["QUESTION-CANARY"]'),
];

/** Valid in `schema`, or damaged in one to three of the ways people and attackers do it. */
export function randomOperation(
  schema: GraphQLSchema,
  random: Random,
  isDamaged: boolean,
): RandomOperation {
  let fieldsLeft = 5 + random.below(random.chance(0.1) ? 300 : 60);
  const fragments: string[] = [];
  const root = schema.getQueryType();
  if (!root) throw new Error('a schema without a query type');

  function selections(type: GraphQLNamedType, depth: number): string {
    if (isUnionType(type)) return onPossible(type, depth);
    if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
    const fields = Object.values(type.getFields());
    const wanted = 1 + random.below(Math.min(fields.length, 8));
    const texts = random.chance(0.1) ? ['__typename'] : [];
    for (let at = 0; at < wanted && fieldsLeft > 0; at += 1) {
      const field = random.pick(fields);
      if (field) texts.push(fieldText(field, depth));
    }
    if (isInterfaceType(type) && random.chance(0.5)) texts.push(onPossible(type, depth));
    if (texts.length === 0) texts.push('__typename');
    const text = texts.join(' ');
    if (!random.chance(0.1)) return text;
    if (random.chance(0.5)) return `... on ${type.name} { ${text} }`;
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `...${name}`;
  }

  function onPossible(type: GraphQLNamedType, depth: number): string {
    const possible =
      isUnionType(type) || isInterfaceType(type)
        ? random.pick(schema.getPossibleTypes(type))
        : undefined;
    return possible
      ? `__typename ... on ${possible.name} { ${selections(possible, depth + 1)} }`
      : '__typename';
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    fieldsLeft -= 1;
    const type = getNamedType(field.type);
    if (!isLeafType(type) && depth > 10) return '__typename';
    const given = field.args.filter((arg) => isNonNullType(arg.type) || random.chance(0.3));
    const args = given.map((arg) => `${arg.name}: ${valueText(arg.type, 0)}`);
    const alias = random.chance(0.15) ? `a${random.below(1_000)}: ` : '';
    const condition = random.chance(0.05) ? ` @include(if: ${random.chance(0.8)})` : '';
    const inside = isLeafType(type) ? '' : ` { ${selections(type, depth + 1)} }`;
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${condition}${inside}`;
  }

  function valueText(type: GraphQLInputType, depth: number): string {
    const nullable = getNullableType(type);
    if (isListType(nullable))
      return depth > 2 ? '[]' : `[${valueText(nullable.ofType, depth + 1)}]`;
    if (isEnumType(nullable)) return random.pick(nullable.getValues())?.name ?? 'NONE';
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (field) => isNonNullType(field.type) || (depth < 2 && random.chance(0.4)),
      );
      return `{${fields.map((field) => `${field.name}: ${valueText(field.type, depth + 1)}`).join(', ')}}`;
    }
    if ('name' in nullable && nullable.name === 'Int')
      return String(random.pick([0, 1, 10, 50, 100, 1_000]));
    if ('name' in nullable && nullable.name === 'Boolean') return String(random.chance(0.5));
    if ('name' in nullable && nullable.name === 'Float') return '1.5';
    return (
      random.pick(['"2025-01-01"', '"2025-01-01T00:00:00Z"', `"${questionCanary}"`, '"p1"']) ??
      '"x"'
    );
  }

  let query = `query Asked { ${selections(root, 0)} } ${fragments.join(' ')}`;
  for (let times = isDamaged ? 1 + random.below(3) : 0; times > 0; times -= 1) {
    query = random.pick(damage)?.(query, random) ?? query;
  }
  return { query, variables: random.chance(0.2) ? { cf: questionCanary } : {} };
}
