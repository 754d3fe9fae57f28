/** A schema and how it is cut: whole, so that shrinking can take away one piece at a time. */
export interface Graph {
  readonly subgraphs: readonly string[];
  readonly objects: readonly ObjectType[];
  readonly interfaces: readonly InterfaceType[];
  readonly unions: readonly { readonly name: string; readonly members: readonly string[] }[];
}

/** An entity where it has keys, else a value type or an operation's root. */
export interface ObjectType {
  readonly name: string;
  readonly fields: readonly Field[];
  /** By subgraph; an entity is in the subgraphs that are named here. */
  readonly keys: Readonly<Record<string, readonly Key[]>>;
}

export interface Key {
  readonly fields: string;
  readonly resolvable: boolean;
}

export interface Field {
  readonly name: string;
  /** As SDL writes it, like `[Book!]!`. */
  readonly type: string;
  readonly args: readonly Argument[];
  /** Who resolves it; of value types, everybody, and of keys' fields, whoever has the key. */
  readonly owners: readonly string[];
  /** Declares it too, and is never to be asked for it. */
  readonly overridden?: string;
  /** What its one owner must be told of the entity first. */
  readonly requires?: string;
  /** What a subgraph may answer of the entity on this path only. */
  readonly provides?: Readonly<Record<string, string>>;
  readonly isHidden?: boolean;
}

export interface Argument {
  readonly name: string;
  readonly type: string;
  /** A literal of GraphQL. */
  readonly default?: string;
}

export interface InterfaceType {
  readonly name: string;
  readonly members: readonly string[];
  /** Candidates: it has those that every member has in one subgraph. */
  readonly fieldNames: readonly string[];
  /** Where it is an entity itself, with the key `id`. */
  readonly keyedIn: readonly string[];
  /** Where it is an object that knows no member. */
  readonly objectIn?: string;
  readonly objectFields: readonly Field[];
}

export const enumName = 'Color';
export const enumValues = ['RED', 'GREEN', 'BLUE'] as const;
export const customScalar = 'Json';
export const inputName = 'Filter';

/** The name in a type as SDL writes it. */
export function namedType(type: string): string {
  return type.replaceAll(/[[\]!]/gu, '');
}

export function isEntity(type: ObjectType): boolean {
  return Object.keys(type.keys).length > 0;
}

/** The names that a selection like `a b { c }` has on its first level. */
export function topNames(selection: string): string[] {
  let depth = 0;
  let hidden = 0;
  const names: string[] = [];
  for (const [token] of selection.matchAll(/"[^"]*"|[{}()]|\.\.\. on|[A-Za-z_]\w*/gu)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    else if (token === '(') hidden += 1;
    else if (token === ')') hidden -= 1;
    else if (depth === 0 && hidden === 0) names.push(token);
  }
  return names;
}
