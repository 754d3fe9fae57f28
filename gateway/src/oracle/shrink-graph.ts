import { type Field, type Graph, isEntity, namedType, type ObjectType } from './graph.ts';

/** Graphs with one piece less each; some of them do not compose. */
export function smallerGraphs(graph: Graph): Graph[] {
  const { subgraphs, objects, interfaces, unions } = graph;
  return [
    ...subgraphs.map((each) => withoutSubgraph(graph, each)),
    ...objects.filter(({ name }) => name !== 'Query').map(({ name }) => withoutType(graph, name)),
    ...[...interfaces, ...unions].map(({ name }) => withoutType(graph, name)),
    ...unions.flatMap((union) =>
      union.members.map((member) => ({
        ...graph,
        unions: unions.map((each) =>
          each === union
            ? { ...each, members: each.members.filter((one) => one !== member) }
            : each,
        ),
      })),
    ),
    ...interfaces.flatMap((type) => [
      ...type.keyedIn.map((subgraph) =>
        withInterface(graph, {
          ...type,
          keyedIn: type.keyedIn.filter((each) => each !== subgraph),
        }),
      ),
      ...smallerFieldLists(type.objectFields).map((objectFields) =>
        withInterface(graph, { ...type, objectFields }),
      ),
      ...type.members.slice(1).map((member) =>
        withInterface(graph, {
          ...type,
          members: type.members.filter((each) => each !== member),
        }),
      ),
    ]),
    ...objects.flatMap((type) => [
      ...smallerFieldLists(type.fields).map((fields) => withObject(graph, { ...type, fields })),
      ...smallerKeys(type).map((keys) => withObject(graph, { ...type, keys })),
    ]),
  ].map(tidy);
}

function withoutSubgraph(graph: Graph, subgraph: string): Graph {
  const strip = (fields: readonly Field[]) =>
    fields.flatMap((field): Field[] => {
      const owners = field.owners.filter((each) => each !== subgraph);
      if (owners.length === 0 && field.owners.length > 0) return [];
      const { overridden, ...plain } = field;
      return [
        overridden === undefined || overridden === subgraph
          ? { ...plain, owners }
          : { ...field, owners },
      ];
    });
  return {
    ...graph,
    subgraphs: graph.subgraphs.filter((each) => each !== subgraph),
    objects: graph.objects.map((type) => ({
      ...type,
      fields: strip(type.fields),
      keys: Object.fromEntries(Object.entries(type.keys).filter(([each]) => each !== subgraph)),
    })),
    interfaces: graph.interfaces.map(({ objectIn, ...type }) => ({
      ...type,
      ...(objectIn === undefined || objectIn === subgraph ? {} : { objectIn }),
      keyedIn: type.keyedIn.filter((each) => each !== subgraph),
      objectFields: strip(type.objectFields),
    })),
  };
}

function withoutType(graph: Graph, name: string): Graph {
  const isOther = (each: { readonly name: string }) => each.name !== name;
  return {
    ...graph,
    objects: graph.objects.filter(isOther),
    interfaces: graph.interfaces
      .filter(isOther)
      .map((each) => ({ ...each, members: each.members.filter((one) => one !== name) })),
    unions: graph.unions
      .filter(isOther)
      .map((each) => ({ ...each, members: each.members.filter((one) => one !== name) })),
  };
}

function smallerFieldLists(fields: readonly Field[]): Field[][] {
  return fields.flatMap((field) => [
    fields.filter((each) => each !== field),
    ...smallerFields(field).map((smaller) =>
      fields.map((each) => (each === field ? smaller : each)),
    ),
  ]);
}

function smallerFields(field: Field): Field[] {
  const { requires, provides, overridden, isHidden, ...plain } = field;
  const marks = {
    ...(requires === undefined ? {} : { requires }),
    ...(provides === undefined ? {} : { provides }),
    ...(overridden === undefined ? {} : { overridden }),
    ...(isHidden === undefined ? {} : { isHidden }),
  };
  const smaller: Field[] = Object.keys(marks).map((name) => ({
    ...plain,
    ...Object.fromEntries(Object.entries(marks).filter(([each]) => each !== name)),
  }));
  if (requires?.includes(' ')) {
    for (const part of requires.split(/(?<=^[^{}()]*) /u))
      smaller.push({ ...field, requires: part });
  }
  if (field.owners.length > 1) {
    for (const owner of field.owners)
      smaller.push({ ...field, owners: field.owners.filter((each) => each !== owner) });
  }
  for (const arg of field.args)
    smaller.push({ ...field, args: field.args.filter((each) => each !== arg) });
  // A key's fields stay what they are: one that is null finds nothing.
  for (const unwrapped of field.owners.length === 0
    ? []
    : [
        namedType(field.type),
        field.type.replace(/^\[(.*)\]!?$/u, '$1'),
        field.type.replace(/!$/u, ''),
      ]) {
    if (unwrapped !== field.type) smaller.push({ ...field, type: unwrapped });
  }
  return smaller;
}

function smallerKeys(type: ObjectType): ObjectType['keys'][] {
  return Object.entries(type.keys).flatMap(([subgraph, keys]) => [
    ...keys.map((key) => ({ ...type.keys, [subgraph]: keys.filter((each) => each !== key) })),
    ...keys
      .filter((key) => !key.resolvable)
      .map((key) => ({
        ...type.keys,
        [subgraph]: keys.map((each) => (each === key ? { ...each, resolvable: true } : each)),
      })),
  ]);
}

function withObject(graph: Graph, type: ObjectType): Graph {
  return {
    ...graph,
    objects: graph.objects.map((each) => (each.name === type.name ? type : each)),
  };
}

function withInterface(graph: Graph, type: Graph['interfaces'][number]): Graph {
  return {
    ...graph,
    interfaces: graph.interfaces.map((each) => (each.name === type.name ? type : each)),
  };
}

/** Without fields of types that are gone, types without fields, and entities that are nowhere. */
function tidy(graph: Graph): Graph {
  const leaves = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Color', 'Json'];
  const names = new Set(
    [...graph.objects, ...graph.interfaces, ...graph.unions].map(({ name }) => name).concat(leaves),
  );
  const keep = (fields: readonly Field[]) =>
    fields.filter(({ type }) => names.has(namedType(type)));
  const objects = graph.objects.map((type) => ({
    ...type,
    fields: keep(type.fields),
    keys: Object.fromEntries(Object.entries(type.keys).filter(([, keys]) => keys.length > 0)),
  }));
  const tidied: Graph = {
    ...graph,
    objects: objects.filter(
      (type) =>
        type.fields.length > 0 &&
        (isEntity(type) || !type.fields.some(({ name }) => name === 'id')),
    ),
    interfaces: graph.interfaces
      .filter(({ members }) => members.length > 0)
      .map((type) => ({ ...type, objectFields: keep(type.objectFields) })),
    unions: graph.unions.filter(({ members }) => members.length > 0),
  };
  const size = (each: Graph) => each.objects.length + each.interfaces.length + each.unions.length;
  return size(tidied) < size(graph) ? tidy(tidied) : tidied;
}
