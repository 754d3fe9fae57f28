import { isJsonObject, ownValue } from '../json-object.ts';
import type { FieldShape, ObjectShape } from './client-shape.ts';

type Path = readonly (string | number)[];

/** Names of one place that an error is told for; a client that asks a field a hundred times hears of ten. */
const mostNames = 10;

/**
 * A place of the plan's data in the client's own names: each of its aliases of it. What the client did not ask, such
 * as the key of another entity, is told as the nearest place around it that it did ask.
 */
export function toClientPaths(shape: ObjectShape, data: unknown, path: Path): Path[] {
  const found: Path[] = [];
  follow(shape, data, path, 'key', 'responseName', (names) => {
    if (found.length < mostNames) found.push(names);
  });
  return found;
}

/** A place of the client's answer in the plan's names. */
export function toPlanPath(shape: ObjectShape, data: unknown, path: Path): Path {
  let first: Path | undefined;
  follow(shape, data, path, 'responseName', 'key', (names) => {
    first ??= names;
  });
  return first ?? [];
}

function follow(
  shape: ObjectShape,
  data: unknown,
  path: Path,
  from: 'key' | 'responseName',
  to: 'key' | 'responseName',
  found: (path: Path) => void,
): void {
  const walk = (shapes: readonly ObjectShape[], value: unknown, depth: number, names: Path) => {
    const part = path[depth];
    if (part === undefined) {
      found(names);
      return;
    }
    if (typeof part === 'number') {
      const entry: unknown = Array.isArray(value) ? value[part] : undefined;
      walk(shapes, entry, depth + 1, [...names, part]);
      return;
    }
    const fields = fieldsOf(shapes, value).filter((field) => field[from] === part);
    if (fields.length === 0) {
      found(names);
      return;
    }
    const byName = new Map(fields.map((field) => [field[to], field] as const));
    for (const [name, field] of byName) {
      const below = isJsonObject(value) ? ownValue(value, field.key) : undefined;
      walk(shapesBelow(field), below, depth + 1, [...names, name]);
    }
  };
  walk([shape], data, 0, []);
}

/** Of the object's own type; of all that can be here, where there is no object to say it. */
function fieldsOf(shapes: readonly ObjectShape[], value: unknown): readonly FieldShape[] {
  const typeName = isJsonObject(value) ? ownValue(value, '__typename') : undefined;
  const own = shapes.filter((shape) => shape.typeName === typeName);
  return (own.length > 0 ? own : shapes).flatMap(({ fields }) => fields);
}

function shapesBelow({ below }: FieldShape): readonly ObjectShape[] {
  if (!below) return [];
  return below.typeNames.flatMap((typeName) => below.of(typeName) ?? []);
}
