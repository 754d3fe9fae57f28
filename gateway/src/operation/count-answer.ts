import { isListType, isNonNullType, isScalarType, specifiedScalarTypes } from 'graphql';
import type { FieldShape, ObjectShape, ShapesBelow } from '../executor/answering/client-shape.ts';
import type { AnswerContents } from '../executor/executor.ts';
import { isJsonObject, type JsonObject, ownValue } from '../executor/json-object.ts';
import type { CostNode } from './cost.ts';

/** What an answer turned out to be. */
export interface AnswerCount {
  /** By the same weights as the estimate, with the sizes that the lists really had. */
  readonly cost: number;
  /** Entries of lists that are objects. */
  readonly rows: number;
  /** People in the answer: different ones where it names their `ref`, else each as often as it is there. */
  readonly persons: number;
  /** Places where a person would be and none is shown: restricted, not shared, unknown, or not available. */
  readonly withheld: number;
}

/** What is counted of one field of the answer. */
interface CountNode {
  weight: number;
  isPerson: boolean;
  readonly fields: Map<string, CountNode>;
  /** Where to look for them in objects of a shape. */
  readonly places: WeakMap<ObjectShape, readonly CountedField[]>;
  /** The same in objects that have the answer's own names. */
  ownPlaces: readonly CountedField[];
}

interface CountedField {
  readonly key: string;
  readonly node: CountNode;
  readonly below: ShapesBelow | null;
}

/** Counts answers of one operation; a field selected twice is in the answer once. */
export function createAnswerCounter(root: CostNode): (answer: AnswerContents) => AnswerCount {
  const top = merge(emptyNode(), root);
  list(top);
  return (answer) => new Tally(root.weight).of(top, answer);
}

/** One answer, while it is counted. */
class Tally {
  #cost: number;
  #rows = 0;
  #unnamedPersons = 0;
  #withheld = 0;
  #refs: Set<string> | undefined;

  constructor(cost: number) {
    this.#cost = cost;
  }

  of(top: CountNode, { data, shape }: AnswerContents): AnswerCount {
    if (isJsonObject(data)) this.#visit(top, data, shape);
    return {
      cost: this.#cost,
      rows: this.#rows,
      persons: this.#unnamedPersons + (this.#refs?.size ?? 0),
      withheld: this.#withheld,
    };
  }

  #visit(node: CountNode, object: JsonObject, shape: ObjectShape | null): void {
    for (const field of shape ? placesOf(node, shape) : node.ownPlaces) {
      this.#count(field, ownValue(object, field.key), false);
    }
  }

  #count(field: CountedField, value: unknown, isRow: boolean): void {
    const { node, below } = field;
    if (value === null && node.isPerson) this.#withheld += 1;
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      for (const entry of value) this.#count(field, entry, true);
      return;
    }
    this.#cost += node.weight;
    if (!isJsonObject(value)) return;
    if (isRow) this.#rows += 1;
    const shape = below && shapeOf(value, below);
    if (node.isPerson) this.#see(refOf(value, shape));
    this.#visit(node, value, shape);
  }

  #see(ref: unknown): void {
    if (typeof ref === 'string') {
      this.#refs ??= new Set();
      this.#refs.add(ref);
    } else this.#unnamedPersons += 1;
  }
}

function shapeOf(object: JsonObject, below: ShapesBelow): ObjectShape | null {
  const typeName = object['__typename'] ?? below.typeName;
  return typeof typeName === 'string' ? (below.of(typeName) ?? null) : null;
}

/** What the answer calls `ref`. */
function refOf(person: JsonObject, shape: ObjectShape | null): unknown {
  if (!shape) return ownValue(person, 'ref');
  const key = shape.byName.get('ref')?.key;
  return key === undefined ? undefined : ownValue(person, key);
}

/** Worked out once for each shape: what counts nothing is not looked at in any object. */
function placesOf(node: CountNode, shape: ObjectShape): readonly CountedField[] {
  const known = node.places.get(shape);
  if (known) return known;
  const places: CountedField[] = [];
  for (const [name, child] of node.fields) {
    const field = shape.byName.get(name);
    if (!field || (child.weight === 0 && !child.isPerson && isPlainLeaf(field))) continue;
    places.push({ key: field.key, node: child, below: field.below });
  }
  node.places.set(shape, places);
  return places;
}

/** A text, number or truth value, or a list of them: never an object. */
function isPlainLeaf({ type, below }: FieldShape): boolean {
  if (below) return false;
  let named = type;
  while (isListType(named) || isNonNullType(named)) named = named.ofType;
  return !isScalarType(named) || specifiedNames.has(named.name);
}

const specifiedNames: ReadonlySet<string> = new Set(specifiedScalarTypes.map(({ name }) => name));

function emptyNode(): CountNode {
  return {
    weight: 0,
    isPerson: false,
    fields: new Map(),
    places: new WeakMap(),
    ownPlaces: [],
  };
}

function merge(into: CountNode, node: CostNode): CountNode {
  into.weight = Math.max(into.weight, node.weight);
  into.isPerson ||= node.isPerson;
  for (const child of node.children) {
    const known = into.fields.get(child.responseName) ?? emptyNode();
    into.fields.set(child.responseName, merge(known, child));
  }
  return into;
}

function list(node: CountNode): void {
  node.ownPlaces = [...node.fields].map(([key, child]) => ({ key, node: child, below: null }));
  for (const child of node.fields.values()) list(child);
}
