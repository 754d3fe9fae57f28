import type { FetchNode, FlattenNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
  isObjectType,
  Kind,
  OperationTypeNode,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
} from 'graphql';
import type { GraphFacts } from './compile-fetch.ts';
import { gives, typeOfField } from './gives.ts';

/** How a field is had that the subgraph at hand does not know as it is asked. */
export interface Detour {
  /** What the subgraph at hand is asked in its place: the keys by which others find the object. */
  readonly keys: readonly SelectionNode[];
  readonly fetch: FlattenNode;
  /** What the fetch's references hold of others comes by these. */
  readonly after: readonly Detour[];
  /** How many fetches of detours, one after another, come before this one. */
  readonly level: number;
}

/** What is left for all detours of a plan together. */
export interface DetourLimits {
  fetches: number;
  /** Fields that are looked at in the search. */
  looks: number;
}

/** Chains of requirements are followed this far, and each key that is not at hand is had by one that is. */
const mostRequirements = 6;

const typeNameField: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

/** Finds detours for the fields of the objects at one place; equal fetches are one and the same detour. */
export class Detours {
  readonly #facts: GraphFacts;
  readonly #subgraph: string;
  readonly #typeName: string;
  readonly #path: (string | number)[];
  readonly #variables: string;
  readonly #limits: DetourLimits;
  readonly #found = new Map<string, Detour | undefined>();
  readonly #made = new Map<string, Detour>();

  constructor(
    facts: GraphFacts & { readonly subgraph: string },
    here: { readonly typeName: string; readonly path: readonly (string | number)[] },
    variables: readonly VariableDefinitionNode[],
    limits: DetourLimits,
  ) {
    this.#facts = facts;
    this.#subgraph = facts.subgraph;
    this.#typeName = here.typeName;
    this.#path = [...here.path];
    this.#variables = variables
      .filter(({ variable }) => variable.name.value !== 'representations')
      .map(print)
      .join();
    this.#limits = limits;
  }

  /** `undefined` where nobody gives it whom the keys at hand lead to. */
  to(field: FieldNode): Detour | undefined {
    if (!isObjectType(this.#facts.schema.getType(this.#typeName))) return undefined;
    return this.#through(field, mostRequirements, true);
  }

  #through(field: FieldNode, most: number, mayChange: boolean): Detour | undefined {
    if (most === 0) return undefined;
    const question = `${most} ${mayChange} ${print(field)}`;
    if (this.#found.has(question)) return this.#found.get(question);
    const detour = this.#search(field, most, mayChange);
    this.#found.set(question, detour);
    return detour;
  }

  #search(field: FieldNode, most: number, mayChange: boolean): Detour | undefined {
    const givers = this.#facts.joins.givers(this.#typeName, field.name.value);
    // Who was asked knows best what the plan wants below the field.
    const inTurn = [...givers].sort(
      (one, other) => Number(other === this.#subgraph) - Number(one === this.#subgraph),
    );
    for (const giver of inTurn) {
      const detour = this.#by(giver, field, most, mayChange);
      if (detour) return detour;
    }
    return undefined;
  }

  #by(giver: string, field: FieldNode, most: number, mayChange: boolean): Detour | undefined {
    if (!this.#mayLook()) return undefined;
    const { joins, keys } = this.#facts;
    const below = field.selectionSet?.selections ?? [];
    const type = typeOfField(this.#facts, this.#typeName, field.name.value);
    if (giver !== this.#subgraph && !gives(this.#facts, giver, type, below)) return undefined;
    const required = joins.requirement(giver, this.#typeName, field.name.value);
    const before = this.#all(required, most, mayChange);
    if (!before) return undefined;
    for (const isAtHand of mayChange ? [true, false] : [true]) {
      for (const { selections } of keys.of(giver, this.#typeName)) {
        if (isAtHand !== gives(this.#facts, this.#subgraph, this.#typeName, selections)) continue;
        const key = this.#all(selections, most, false);
        if (!key) continue;
        const fetch = this.#fetch(giver, field, [typeNameField, ...selections, ...required]);
        return this.#once(fetch, {
          keys: [typeNameField, ...key.keys, ...before.keys],
          after: [...key.after, ...before.after],
        });
      }
    }
    return undefined;
  }

  /** What is asked of the subgraph at hand, and of others, for all of it. */
  #all(
    selections: readonly SelectionNode[],
    most: number,
    mayChange: boolean,
  ): Pick<Detour, 'keys' | 'after'> | undefined {
    const asked: SelectionNode[] = [];
    const after = new Set<Detour>();
    for (const each of selections) {
      if (!this.#mayLook()) return undefined;
      if (gives(this.#facts, this.#subgraph, this.#typeName, [each])) {
        asked.push(each);
        continue;
      }
      const detour =
        each.kind === Kind.FIELD ? this.#through(each, most - 1, mayChange) : undefined;
      if (!detour) return undefined;
      after.add(detour);
    }
    return {
      keys: eachOnce([...asked, ...[...after].flatMap(({ keys }) => keys)]),
      after: [...after],
    };
  }

  /** The first of equal fetches stands for all: what it needs was there before it, so that none waits for itself. */
  #once(node: FetchNode, { keys, after }: Pick<Detour, 'keys' | 'after'>): Detour {
    const text = JSON.stringify([node.serviceName, node.requires, node.operation]);
    const same = this.#made.get(text);
    if (same) return same;
    const detour: Detour = {
      keys: eachOnce(keys),
      fetch: { kind: 'Flatten', path: this.#path, node },
      after: [...new Set(after)],
      level: after.reduce((most, { level }) => Math.max(most, level + 1), 0),
    };
    this.#made.set(text, detour);
    return detour;
  }

  #mayLook(): boolean {
    if (this.#limits.looks === 0) return false;
    this.#limits.looks -= 1;
    return true;
  }

  #fetch(serviceName: string, field: FieldNode, reference: readonly SelectionNode[]): FetchNode {
    const asked = `...on ${this.#typeName}{${print(field)}}`;
    return {
      kind: 'Fetch',
      serviceName,
      requires: [
        {
          kind: 'InlineFragment',
          typeCondition: this.#typeName,
          selections: [...byName(reference).values()],
        },
      ],
      operation: stripIgnoredCharacters(
        `query($representations:[_Any!]!,${this.#variables}){_entities(representations:$representations){${asked}}}`,
      ),
      operationKind: OperationTypeNode.QUERY,
      operationName: undefined,
    };
  }
}

/** Selections without those that are written alike. */
export function eachOnce(selections: readonly SelectionNode[]): readonly SelectionNode[] {
  return [...new Map(selections.map((each) => [print(each), each])).values()];
}

/** As the planner writes what a reference holds, each field once. */
function byName(selections: readonly SelectionNode[]): Map<string, QueryPlanSelectionNode> {
  const found = new Map<string, QueryPlanSelectionNode>();
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    const inside = selection.selectionSet?.selections ?? [];
    const below = [...byName(inside).values()];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      found.set(print(selection), {
        kind: 'InlineFragment',
        ...(on === undefined ? {} : { typeCondition: on }),
        selections: below,
      });
    } else {
      const name = selection.name.value;
      found.set(name, { kind: 'Field', name, ...(below.length > 0 ? { selections: below } : {}) });
    }
  }
  return found;
}
