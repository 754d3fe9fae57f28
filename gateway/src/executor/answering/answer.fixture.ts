import { type GraphQLSchema, Kind, parse } from 'graphql';
import type { JsonObject } from '../json-object.ts';
import { type ObjectShape, readClientShape } from './client-shape.ts';
import { createHidden } from './hidden.ts';
import { createDataWriter, type WrittenData } from './write-data.ts';

interface Question {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** With everything in it. */
  readonly whole?: GraphQLSchema;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Names that the plan has for fields, by those that the client gave them; where it has others. */
  readonly keys?: Readonly<Record<string, string>>;
}

export function shapeOf({ schema, query, variables = {}, keys = {} }: Question): ObjectShape {
  const { definitions } = parse(query);
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  return readClientShape({
    schema,
    operation,
    fragments,
    keyOf: ({ name, alias }) => {
      const called = (alias ?? name).value;
      return (Object.hasOwn(keys, called) ? keys[called] : undefined) ?? name.value;
    },
    variables,
  });
}

/** A client's view of a plan's data: what of the answering the tests speak to, in one place. */
export function answer(
  question: Question,
  data: unknown,
  isShared = false,
  maxCharacters?: number,
): WrittenData {
  const { schema, whole = schema } = question;
  const write = createDataWriter(shapeOf(question), createHidden(whole, schema), maxCharacters);
  // Data come from JSON, where nothing but its shape is known.
  return write(data as JsonObject, {
    lists: isShared,
    objects: isShared ? objectsIn(data) : new Set(),
  });
}

function objectsIn(value: unknown, found = new Set<unknown>()): ReadonlySet<unknown> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  if (!Array.isArray(value)) found.add(value);
  for (const each of Object.values(value)) objectsIn(each, found);
  return found;
}
