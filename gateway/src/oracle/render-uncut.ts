import { mentionedTypes } from './complete-cut.ts';
import { type Graph, isEntity, topNames } from './graph.ts';
import { renderField, renderLeafTypes } from './render-field.ts';
import { interfaceFields, interfacesIn } from './render-subgraph.ts';

/** The SDL of the whole: no directive of federation but the one on what clients must not see. */
export function renderUncut(graph: Graph): string {
  const mentioned = new Map(graph.subgraphs.map((each) => [each, mentionedTypes(graph, each)]));
  const somewhere = new Set([...mentioned.values()].flatMap((names) => [...names]));
  const parts = ['directive @inaccessible on FIELD_DEFINITION'];
  const interfaces = graph.interfaces.flatMap((type) => {
    const names = new Set(
      graph.subgraphs
        .filter((each) => interfacesIn(graph, each).includes(type))
        .flatMap((each) => interfaceFields(graph, each, type).map((field) => field.name)),
    );
    return names.size > 0 ? [{ type, names }] : [];
  });
  for (const type of graph.objects) {
    if (!somewhere.has(type.name)) continue;
    const keyNames = new Set(
      Object.values(type.keys).flatMap((keys) => keys.flatMap((key) => topNames(key.fields))),
    );
    const above = interfaces.filter((each) => each.type.members.includes(type.name));
    const fields = [
      ...type.fields.filter(
        (field) => !isEntity(type) || keyNames.has(field.name) || field.owners.length > 0,
      ),
      ...above.flatMap((each) => each.type.objectFields),
    ];
    const implemented =
      above.length > 0 ? ` implements ${above.map((each) => each.type.name).join(' & ')}` : '';
    parts.push(
      `type ${type.name}${implemented} {\n${fields.map((field) => `  ${renderField(field)}${field.isHidden ? ' @inaccessible' : ''}\n`).join('')}}`,
    );
  }
  for (const { type, names } of interfaces) {
    const [member] = graph.objects.filter((each) => type.members.includes(each.name));
    const fields = [
      ...(member?.fields ?? []).filter((field) => names.has(field.name)),
      ...type.objectFields,
    ];
    parts.push(
      `interface ${type.name} {\n${fields.map((field) => `  ${renderField(field)}\n`).join('')}}`,
    );
  }
  for (const { name, members } of graph.unions) {
    if (somewhere.has(name)) parts.push(`union ${name} = ${members.join(' | ')}`);
  }
  parts.push(...renderLeafTypes(somewhere));
  return parts.join('\n');
}
