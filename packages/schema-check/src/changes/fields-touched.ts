import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** The output fields whose questions could fail when this changes: itself, what returns it, what takes it. */
export function fieldsTouched(schema: GraphQLSchema, coordinate: string): readonly string[] {
  const [, type = '', member] = /^(\w+)(?:\.(\w+))?/u.exec(coordinate) ?? [];
  const named = schema.getType(type);
  const isOutputField = member !== undefined && (isObjectType(named) || isInterfaceType(named));
  if (isOutputField) return [`${type}.${member}`];
  const found = new Set<string>();
  for (const each of Object.values(schema.getTypeMap())) {
    if (each.name.startsWith('__') || (!isObjectType(each) && !isInterfaceType(each))) continue;
    for (const field of Object.values(each.getFields())) {
      const returns = member === undefined && getNamedType(field.type).name === type;
      const takes = field.args.some((argument) => reaches(argument.type, type, new Set()));
      if (returns || takes || each.name === type) found.add(`${each.name}.${field.name}`);
    }
  }
  return [...found].sort();
}

function reaches(input: GraphQLInputType, type: string, seen: Set<string>): boolean {
  const named = getNamedType(input);
  if (named.name === type) return true;
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some((field) => reaches(field.type, type, seen));
}
