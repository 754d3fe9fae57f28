import {
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type NameNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import { houseDefinitions } from '../house-definitions.ts';
import type { Judged } from '../judged.ts';
import { plainName } from '../reading/machinery.ts';

/** To which institutions add fields of their own; all else of the house is shared whole. */
const growing: ReadonlySet<string> = new Set(['Municipality']);

const house: ReadonlyMap<string, DefinitionNode> = new Map(
  parse(houseDefinitions, { noLocation: true }).definitions.map((each) => [nameOf(each), each]),
);

/** Every definition that the house has too and that says something else; how they are described may differ. */
export function findDifferingSharedTypes({ submitted }: Judged): Finding[] {
  return submitted.flatMap(({ document }) =>
    document.definitions.flatMap((definition) => {
      const name = nameOf(definition);
      const canonical = house.get(name);
      if (!canonical || isSame(definition, canonical, growing.has(name))) return [];
      const wanted = print(withoutDescriptions(canonical));
      return [
        createFinding('SHARED_TYPE_DIFFERS', {
          coordinate: name,
          at: definition,
          fix: {
            en: `Replace it by the house’s definition:\n${wanted}`,
            it: `Sostituirlo con la definizione della casa:\n${wanted}`,
          },
        }),
      ];
    }),
  );
}

function isSame(definition: DefinitionNode, canonical: DefinitionNode, mayGrow: boolean): boolean {
  if (!mayGrow) return normal(definition) === normal(canonical);
  if (!isObject(canonical)) return false;
  if (!isObject(definition)) return false;
  const fields = new Map((definition.fields ?? []).map((field) => [field.name.value, field]));
  const wanted = canonical.fields ?? [];
  // A subgraph that only refers to it gives its key, or the key and its own fields.
  return wanted.every((field) => {
    const own = fields.get(field.name.value);
    return !own || normalField(own) === normalField(field);
  });
}

function isObject(
  definition: DefinitionNode,
): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION
  );
}

function normalField(field: FieldDefinitionNode): string {
  return print(sorted(withoutDescriptions({ ...field, directives: [] })));
}

function normal(definition: DefinitionNode): string {
  return print(sorted(withoutDescriptions(definition)));
}

/** Order says nothing: of fields, of values, of directives and of their arguments. */
function sorted<Node extends DefinitionNode | FieldDefinitionNode>(node: Node): Node {
  return visit(node, {
    enter: (each) => {
      if (!('directives' in each)) return undefined;
      const directives = [...each.directives]
        .map((directive) => ({
          ...directive,
          name: { ...directive.name, value: plainName(directive.name.value) },
        }))
        .sort(byText);
      const fields = 'fields' in each ? { fields: [...(each.fields ?? [])].sort(byText) } : {};
      const values = 'values' in each ? { values: [...(each.values ?? [])].sort(byText) } : {};
      return { ...each, ...fields, ...values, directives };
    },
  });
}

function byText(one: Parameters<typeof print>[0], other: Parameters<typeof print>[0]): number {
  return print(one) < print(other) ? -1 : 1;
}

function withoutDescriptions<Node extends DefinitionNode | FieldDefinitionNode>(node: Node): Node {
  return visit(node, {
    enter: (each) => ('description' in each ? { ...each, description: undefined } : undefined),
  });
}

function nameOf(definition: DefinitionNode): string {
  // A parser writes the name of a nameless operation too: as undefined, which its type does not say.
  const named: NameNode | undefined = 'name' in definition ? definition.name : undefined;
  const name = named?.value ?? '';
  return definition.kind === Kind.DIRECTIVE_DEFINITION ? `@${plainName(name)}` : name;
}
