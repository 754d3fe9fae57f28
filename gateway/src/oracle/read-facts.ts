import { type ConstDirectiveNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { selectionOf } from './declared-fields.ts';

/** What one subgraph's SDL says of its part; fields by coordinate, like `Book.title`. */
export interface SubgraphFacts {
  /** By type name, in the order of the SDL. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  readonly provides: ReadonlyMap<string, SelectionSetNode>;
  readonly external: ReadonlySet<string>;
  /** Objects that stand for an interface whose members are known elsewhere. */
  readonly interfaceObjects: ReadonlySet<string>;
  /** Fields that another subgraph took over, by that one's SDL. */
  readonly takenFrom: readonly { readonly coordinate: string; readonly subgraph: string }[];
}

export function readFacts(sdl: string): SubgraphFacts {
  const keys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const provides = new Map<string, SelectionSetNode>();
  const external = new Set<string>();
  const interfaceObjects = new Set<string>();
  const takenFrom: { coordinate: string; subgraph: string }[] = [];
  for (const type of parse(sdl).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      continue;
    }
    const typeName = type.name.value;
    for (const directive of type.directives ?? []) {
      if (directive.name.value === 'interfaceObject') interfaceObjects.add(typeName);
      if (directive.name.value !== 'key' || !isResolvable(directive)) continue;
      const fields = selectionOf(stringOf(directive, 'fields'));
      keys.set(typeName, [...(keys.get(typeName) ?? []), fields]);
    }
    for (const field of type.fields ?? []) {
      const coordinate = `${typeName}.${field.name.value}`;
      for (const directive of field.directives ?? []) {
        const read = () => selectionOf(stringOf(directive, 'fields'));
        if (directive.name.value === 'requires') requires.set(coordinate, read());
        if (directive.name.value === 'provides') provides.set(coordinate, read());
        if (directive.name.value === 'external') external.add(coordinate);
        if (directive.name.value === 'override') {
          takenFrom.push({ coordinate, subgraph: stringOf(directive, 'from') });
        }
      }
    }
  }
  return { keys, requires, provides, external, interfaceObjects, takenFrom };
}

/** Every selection of a key, also of keys that cannot be asked by. */
export function readKeySelections(sdl: string): { type: string; selection: SelectionSetNode }[] {
  return parse(sdl).definitions.flatMap((type) => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      return [];
    }
    return (type.directives ?? [])
      .filter((directive) => directive.name.value === 'key')
      .map((directive) => ({
        type: type.name.value,
        selection: selectionOf(stringOf(directive, 'fields')),
      }));
  });
}

function stringOf(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind !== Kind.STRING) throw new Error(`@${directive.name.value} needs ${name}`);
  return value.value;
}

function isResolvable(directive: ConstDirectiveNode): boolean {
  const value = directive.arguments?.find((each) => each.name.value === 'resolvable')?.value;
  return value?.kind !== Kind.BOOLEAN || value.value;
}
