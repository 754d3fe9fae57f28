import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  print,
} from 'graphql';
import { directivesOf, readSubgraphModel } from './subgraph-model.ts';

/**
 * What two SDLs of one subgraph say otherwise, by coordinate; null = the first cannot be read. Order, layout,
 * descriptions and what federation libraries add count for nothing.
 */
export function diffSdl(published: string, served: string): string[] | null {
  const wanted = linesOf(published);
  const there = linesOf(served);
  if (wanted === null || there === null) return null;
  const differences: string[] = [];
  for (const [coordinate, line] of wanted) {
    const other = there.get(coordinate);
    if (other === undefined) differences.push(`${coordinate} is published and not served`);
    else if (other !== line) differences.push(`${coordinate} is served otherwise than published`);
  }
  for (const coordinate of there.keys()) {
    if (!wanted.has(coordinate)) differences.push(`${coordinate} is served and not published`);
  }
  return differences;
}

const libraryNames = /^_|__|^(?:FieldSet|Import|Purpose|ContextArgument|Scope|Policy)$/u;

function linesOf(sdl: string): Map<string, string> | null {
  let schema: GraphQLSchema;
  try {
    ({ schema } = readSubgraphModel(sdl));
  } catch {
    return null;
  }
  const lines = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (libraryNames.test(type.name)) continue;
    if (type.astNode == null) continue; // graphql's own scalars and introspection
    const more = isUnionType(type)
      ? type.getTypes().map(String).sort()
      : isObjectType(type) || isInterfaceType(type)
        ? type.getInterfaces().map(String).sort()
        : [];
    lines.set(
      type.name,
      `${kindOf(type)} ${more.join('|')} ${writtenDirectives(directivesOf(type))}`,
    );
    if (isEnumType(type)) {
      for (const value of type.getValues()) {
        lines.set(`${type.name}.${value.name}`, writtenDirectives(directivesOf(value)));
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    const fields: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(
      type.getFields(),
    );
    for (const field of fields) {
      if (libraryNames.test(field.name)) continue;
      lines.set(
        `${type.name}.${field.name}`,
        `${String(field.type)} ${writtenDirectives(directivesOf(field))}`,
      );
      if (!('args' in field)) continue;
      for (const argument of field.args) {
        const given = argument.astNode?.defaultValue;
        lines.set(
          `${type.name}.${field.name}(${argument.name}:)`,
          `${String(argument.type)} = ${given ? print(given) : ''} ${writtenDirectives(directivesOf(argument))}`,
        );
      }
    }
  }
  return lines;
}

const kindOf = (type: object): string => type.constructor.name;

function writtenDirectives(directives: readonly ConstDirectiveNode[]): string {
  return directives
    .map(({ name, arguments: given = [] }) => {
      const values = given
        .map(
          (argument) =>
            `${argument.name.value}: ${print(argument.value).replaceAll(/[\s,]+/gu, ' ')}`,
        )
        .sort();
      return `@${name.value.replace(/^federation__/u, '')}(${values.join(', ')})`;
    })
    .sort()
    .join(' ');
}
