import { declaredFields } from './declared-fields.ts';
import type { Draw } from './draw.ts';
import { drawLiteral } from './draw-field.ts';
import { type Field, type Graph, isEntity, namedType, type ObjectType } from './graph.ts';

/** Fields of an interface that only a subgraph has which knows none of its members. */
export function drawObjectFields(
  draw: Draw,
  subgraph: string,
  common: readonly Field[],
  taken: readonly Field[],
): Field[] {
  const names = ['stars', 'shelf'].filter((name) => !taken.some((field) => field.name === name));
  return names.slice(0, 1 + draw.below(2)).map((name) => {
    const plain: Field = {
      name,
      type: draw.pick(['Int', 'String!', 'Media', '[Media!]']),
      args: [],
      owners: [subgraph],
    };
    const [required] = common;
    const isOther = required && required.args.length === 0 && !required.owners.includes(subgraph);
    return isOther && draw.chance(0.25) && !plain.type.includes('Media')
      ? { ...plain, requires: required.name }
      : plain;
  });
}

/** Adds `@requires`, `@provides`, `@override` and what clients must not see. */
export function withDirectives(draw: Draw, graph: Graph): Graph {
  let drawn = graph;
  for (const type of graph.objects) {
    for (const { name } of type.fields) {
      drawn = replaceField(drawn, type.name, name, (field, current) => {
        if (isEntity(current) && field.owners.length === 1) {
          if (draw.chance(0.35)) return withRequires(draw, drawn, current, field);
          if (draw.chance(0.1)) return withOverride(draw, drawn, current, field);
        }
        if (field.owners.length > 0 && draw.chance(0.2)) return withProvides(draw, drawn, field);
        const inInterface = graph.interfaces.some(
          ({ members, fieldNames }) => members.includes(type.name) && fieldNames.includes(name),
        );
        const isFirst = current.fields.findIndex((each) => each.name === name) < 1;
        const mandatory = field.args.some(
          (arg) => arg.type.endsWith('!') && arg.default === undefined,
        );
        return draw.chance(0.06) && !inInterface && !isFirst && !mandatory
          ? { ...field, isHidden: true }
          : field;
      });
    }
  }
  return drawn;
}

function replaceField(
  graph: Graph,
  typeName: string,
  fieldName: string,
  replace: (field: Field, type: ObjectType) => Field,
): Graph {
  return {
    ...graph,
    objects: graph.objects.map((type) =>
      type.name === typeName
        ? {
            ...type,
            fields: type.fields.map((field) =>
              field.name === fieldName ? replace(field, type) : field,
            ),
          }
        : type,
    ),
  };
}

function withRequires(draw: Draw, graph: Graph, type: ObjectType, field: Field): Field {
  const [owner] = field.owners;
  if (owner === undefined) return field;
  const position = type.fields.indexOf(field);
  const declared = new Set(declaredFields(graph, owner, type).map((each) => each.field.name));
  // Only what stands before it, so that no two fields wait for each other.
  const others = type.fields
    .slice(0, position)
    .filter(
      (each) => each.owners.length > 0 && !declared.has(each.name) && each.overridden !== owner,
    );
  const selections = draw
    .some(others, 0.7)
    .flatMap((other) => selectionFor(draw, graph, owner, other) ?? []);
  return selections.length === 0 ? field : { ...field, requires: selections.join(' ') };
}

/** How a subgraph may ask for the field: with arguments, and with what is inside it. */
function selectionFor(
  draw: Draw,
  graph: Graph,
  subgraph: string,
  field: Field,
): string | undefined {
  const args = field.args
    .filter((arg) => arg.default === undefined || draw.chance(0.7))
    .map((arg) => `${arg.name}: ${drawLiteral(draw, arg.type)}`);
  const head = args.length > 0 ? `${field.name}(${args.join(', ')})` : field.name;
  const named = namedType(field.type);
  const inner = graph.objects.find((each) => each.name === named);
  if (inner) {
    const leaves = inner.fields.filter(
      (each) =>
        !graph.objects.some(({ name }) => name === namedType(each.type)) &&
        !isAbstract(graph, namedType(each.type)) &&
        each.args.every((arg) => arg.default !== undefined || !arg.type.endsWith('!')) &&
        each.requires === undefined,
    );
    const isStub = isEntity(inner) && inner.keys[subgraph] === undefined;
    const named = draw.some(isStub ? leaves.filter(({ name }) => name === 'id') : leaves, 0.5);
    return named.length === 0
      ? undefined
      : `${head} { ${named.map(({ name }) => name).join(' ')} }`;
  }
  return isAbstract(graph, named) ? undefined : head;
}

function isAbstract(graph: Graph, name: string): boolean {
  return [...graph.interfaces, ...graph.unions].some((each) => each.name === name);
}

function withOverride(draw: Draw, graph: Graph, type: ObjectType, field: Field): Field {
  const others = Object.keys(type.keys).filter((each) => !field.owners.includes(each));
  const named = namedType(field.type);
  const isPlain = !graph.objects.some(({ name }) => name === named) && !isAbstract(graph, named);
  return others.length > 0 && isPlain ? { ...field, overridden: draw.pick(others) } : field;
}

function withProvides(draw: Draw, graph: Graph, field: Field): Field {
  const [owner] = field.owners;
  const inner = graph.objects.find((each) => each.name === namedType(field.type));
  if (owner === undefined || field.owners.length !== 1 || !inner || !isEntity(inner)) return field;
  const declared = new Set(declaredFields(graph, owner, inner).map((each) => each.field.name));
  const plain = inner.fields.filter(
    (each) =>
      each.owners.length > 0 &&
      !declared.has(each.name) &&
      each.args.length === 0 &&
      each.requires === undefined &&
      !graph.objects.some(({ name }) => name === namedType(each.type)) &&
      !isAbstract(graph, namedType(each.type)),
  );
  const chosen = draw.some(plain, 0.6).map(({ name }) => name);
  return chosen.length === 0 ? field : { ...field, provides: { [owner]: chosen.join(' ') } };
}
