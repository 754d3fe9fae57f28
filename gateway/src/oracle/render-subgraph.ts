import { mentionedTypes } from './complete-cut.ts';
import { type DeclaredField, declaredFields, declaredObjectFields } from './declared-fields.ts';
import {
  type Field,
  type Graph,
  type InterfaceType,
  isEntity,
  type Key,
  namedType,
  topNames,
} from './graph.ts';
import { renderField, renderLeafTypes } from './render-field.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@override", "@shareable", "@inaccessible", "@interfaceObject"])';

/** One subgraph's SDL. */
export function renderSubgraph(graph: Graph, subgraph: string): string {
  const mentioned = mentionedTypes(graph, subgraph);
  const parts = [link];
  for (const type of graph.objects) {
    if (!mentioned.has(type.name)) continue;
    const fields = declaredFields(graph, subgraph, type);
    if (fields.length === 0) continue;
    const above = interfacesIn(graph, subgraph, mentioned)
      .filter((each) => each.members.includes(type.name))
      .map((each) => each.name);
    const isValue = !isEntity(type);
    const head = `type ${type.name}${implementing(above)}${keys(type.keys[subgraph] ?? [])}`;
    const isRoot = type.name === 'Query' || type.name === 'Mutation';
    parts.push(
      block(
        head,
        fields.map((each) =>
          declaration(
            each,
            subgraph,
            (isValue && !isRoot) || isProvided(graph, type.name, each.field),
          ),
        ),
      ),
    );
  }
  for (const type of graph.interfaces) {
    if (type.objectIn === subgraph) {
      const head = `type ${type.name} @interfaceObject @key(fields: "id")`;
      const fields = declaredObjectFields(graph, subgraph, type.name);
      parts.push(
        block(
          head,
          fields.map((each) => declaration(each, subgraph, false)),
        ),
      );
    }
  }
  for (const type of interfacesIn(graph, subgraph, mentioned)) {
    const key = type.keyedIn.includes(subgraph) ? ' @key(fields: "id")' : '';
    parts.push(
      block(
        `interface ${type.name}${key}`,
        interfaceFields(graph, subgraph, type).map(renderField),
      ),
    );
  }
  for (const { name, members } of graph.unions) {
    if (mentioned.has(name)) parts.push(`union ${name} = ${members.join(' | ')}`);
  }
  parts.push(...renderLeafTypes(mentioned));
  return parts.join('\n');
}

/** The interfaces of one subgraph that have fields there. */
export function interfacesIn(
  graph: Graph,
  subgraph: string,
  mentioned = mentionedTypes(graph, subgraph),
): InterfaceType[] {
  return graph.interfaces.filter(
    (type) =>
      mentioned.has(type.name) &&
      type.objectIn !== subgraph &&
      interfaceFields(graph, subgraph, type).length > 0,
  );
}

/** Those that every member has in this subgraph. */
export function interfaceFields(graph: Graph, subgraph: string, type: InterfaceType): Field[] {
  const members = graph.objects.filter((each) => type.members.includes(each.name));
  const declared = members.map((member) => declaredFields(graph, subgraph, member));
  const [first] = declared;
  return (first ?? [])
    .filter(
      ({ field, role }) =>
        (role === 'resolved' || role === 'key') &&
        type.fieldNames.includes(field.name) &&
        declared.every((fields) =>
          fields.some(
            (each) =>
              each.field.name === field.name &&
              each.role !== 'external' &&
              each.role !== 'overridden',
          ),
        ),
    )
    .map(({ field }) => field);
}

function declaration(
  { field, role }: DeclaredField,
  subgraph: string,
  isShareable: boolean,
): string {
  const marks: string[] = [];
  if (role === 'external') marks.push('@external');
  if (role === 'resolved') {
    if (isShareable || field.owners.length > 1) marks.push('@shareable');
    if (field.overridden !== undefined) marks.push(`@override(from: "${field.overridden}")`);
    if (field.requires !== undefined)
      marks.push(`@requires(fields: ${JSON.stringify(field.requires)})`);
    const provided = field.provides?.[subgraph];
    if (provided !== undefined) marks.push(`@provides(fields: ${JSON.stringify(provided)})`);
  }
  if (field.isHidden && role !== 'external') marks.push('@inaccessible');
  return [renderField(field), ...marks].join(' ');
}

function isProvided(graph: Graph, typeName: string, { name }: Field): boolean {
  return graph.objects.some((type) =>
    type.fields.some(
      ({ type: target, provides }) =>
        namedType(target) === typeName &&
        Object.values(provides ?? {}).some((fields) => topNames(fields).includes(name)),
    ),
  );
}

function keys(all: readonly Key[]): string {
  return all
    .map(
      ({ fields, resolvable }) =>
        ` @key(fields: "${fields}"${resolvable ? '' : ', resolvable: false'})`,
    )
    .join('');
}

function implementing(names: readonly string[]): string {
  return names.length > 0 ? ` implements ${names.join(' & ')}` : '';
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;
}
