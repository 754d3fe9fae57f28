import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type FetchOperation, insideFragment, responseName } from './fetch-operation.ts';

type Path = readonly (string | number)[];
type AnswerObject = Record<string, unknown>;

/** A value that is not of the schema's shape: where in the answer, and of which field of the graph. */
export interface Misshapen {
  readonly path: Path;
  readonly coordinate: string;
}

/**
 * Replaces by `null`, in place, whatever is a list where the schema has none, or no list or no object where
 * it has one, and returns the places. The planner's executor throws the whole answer away at the first of
 * these; a wrong scalar it nulls by itself.
 */
export function conformShape(
  schema: GraphQLSchema,
  operation: FetchOperation,
  data: AnswerObject,
): Misshapen[] {
  const wrong: Misshapen[] = [];

  function walkObject(
    value: AnswerObject,
    selections: SelectionSetNode,
    typeName: string,
    path: Path,
  ): void {
    const type = schema.getType(typeName);
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    for (const selection of selections.selections) {
      if (selection.kind !== Kind.FIELD) {
        const inside = insideFragment(selection, operation.fragments);
        if (inside) walkObject(value, inside.selectionSet, inside.typeName ?? typeName, path);
        continue;
      }
      const name = responseName(selection);
      const here = [...path, name];
      if (selection.name.value === '_entities' && selection.selectionSet) {
        walkEntities(value, selection.selectionSet, here);
        continue;
      }
      const field = fields[selection.name.value];
      // Its own only: a name such as `__proto__` would be found in every object, and written to for all of them.
      if (!field || !Object.hasOwn(value, name)) continue;
      if (value[name] === null || value[name] === undefined) continue;
      const coordinate = `${typeName}.${selection.name.value}`;
      if (!fits(value[name], field.type, selection.selectionSet, here, coordinate)) {
        value[name] = null;
        wrong.push({ path: here, coordinate });
      }
    }
  }

  function walkEntities(data_: AnswerObject, selections: SelectionSetNode, path: Path): void {
    const entities = data_['_entities'];
    if (!Array.isArray(entities)) return;
    for (const [index, entity] of entities.entries()) {
      if (entity === null) continue;
      if (isAnswerObject(entity))
        walkObject(entity, selections, typeNameOf(entity), [...path, index]);
      else {
        entities[index] = null;
        wrong.push({ path: [...path, index], coordinate: 'Query._entities' });
      }
    }
  }

  /** Elements of a list are replaced one by one; the list around them stays. */
  function fits(
    value: unknown,
    type: GraphQLOutputType,
    selections: SelectionSetNode | undefined,
    path: Path,
    coordinate: string,
  ): boolean {
    if (value === null) return true;
    if (isNonNullType(type)) return fits(value, type.ofType, selections, path, coordinate);
    if (isListType(type)) {
      if (!Array.isArray(value)) return false;
      for (const [index, element] of value.entries()) {
        const here = [...path, index];
        if (fits(element, type.ofType, selections, here, coordinate)) continue;
        value[index] = null;
        wrong.push({ path: here, coordinate });
      }
      return true;
    }
    if (!isCompositeType(type) || !selections) return true;
    if (!isAnswerObject(value)) return false;
    walkObject(value, selections, typeNameOf(value) || type.name, path);
    return true;
  }

  walkObject(data, operation.selectionSet, operation.rootTypeName, []);
  return wrong;
}

function typeNameOf(value: AnswerObject): string {
  const typeName = value['__typename'];
  return typeof typeName === 'string' ? typeName : '';
}

/** An object whose `__typename`, if it has one, is text. */
function isAnswerObject(value: unknown): value is AnswerObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return (
    !('__typename' in value) || value.__typename === null || typeof value.__typename === 'string'
  );
}
