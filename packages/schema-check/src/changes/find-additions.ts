import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import type { FoundChange } from './find-changes.ts';

/** New types, and new fields of types that were there. */
export function findAdditions(before: GraphQLSchema, after: GraphQLSchema): FoundChange[] {
  return Object.values(after.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    const old = before.getType(type.name);
    if (!old) return [addition('TYPE_ADDED', type.name)];
    const haveFields =
      (isObjectType(type) || isInterfaceType(type)) && (isObjectType(old) || isInterfaceType(old));
    if (!haveFields) return [];
    const had = old.getFields();
    return Object.keys(type.getFields())
      .filter((field) => !had[field])
      .map((field) => addition('FIELD_ADDED', `${type.name}.${field}`));
  });
}

function addition(kind: string, coordinate: string): FoundChange {
  return {
    kind,
    coordinate,
    description: `${coordinate} was added.`,
    isBreaking: false,
    fields: [],
  };
}
