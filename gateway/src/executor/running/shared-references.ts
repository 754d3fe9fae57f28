import { isJsonObject, type JsonObject, mostNestedLists } from '../json-object.ts';

/**
 * Where below an answered object references stand: objects of the name of a type and one key, and nothing else, of
 * which later steps ask more.
 */
export interface ReferencePlace {
  /** Keys from the answered object; lists between are opened. */
  readonly keys: readonly string[];
  /** The only thing that is known of the object. */
  readonly only: string;
  /** Whether that says which entity of a type it is: a whole key. */
  identifies(typeName: string): boolean;
}

/** What of a run's data may be in several places of it. */
export interface Repeated {
  /** Whether lists may. */
  readonly lists: boolean;
  readonly objects: ReadonlySet<unknown>;
}

/** `null` for a type of which it says too little. */
type ByKey = Map<unknown, JsonObject> | null;

/**
 * Makes one object of all equal references at one place of the data, so that what later steps are told of an entity
 * is asked, merged and completed once, however often it is there.
 */
export class SharedReferences {
  /** Those that were met, each of which may be in several places. */
  readonly objects = new Set<unknown>();
  readonly #byPlace = new Map<ReferencePlace, Map<string, ByKey>>();

  /** In place, below an object that a subgraph answered. */
  share(received: JsonObject, place: ReferencePlace): void {
    let known = this.#byPlace.get(place);
    if (!known) {
      known = new Map();
      this.#byPlace.set(place, known);
    }
    this.#walk(received, place, 0, known);
  }

  #walk(
    value: unknown,
    place: ReferencePlace,
    depth: number,
    known: Map<string, ByKey>,
    lists = 0,
  ): void {
    if (Array.isArray(value)) {
      if (lists >= mostNestedLists) return;
      for (const entry of value) this.#walk(entry, place, depth, known, lists + 1);
      return;
    }
    if (!isJsonObject(value)) return;
    // Not `__proto__`: no such key leads to a reference.
    const key = place.keys[depth] as string;
    const below = value[key];
    if (depth < place.keys.length - 1) this.#walk(below, place, depth + 1, known);
    else if (Array.isArray(below)) this.#shareEntries(below, place, known);
    else value[key] = this.#oneOf(below, place, known);
  }

  #shareEntries(
    list: unknown[],
    place: ReferencePlace,
    known: Map<string, ByKey>,
    lists = 1,
  ): void {
    if (lists > mostNestedLists) return;
    for (const [index, entry] of list.entries()) {
      if (Array.isArray(entry)) this.#shareEntries(entry, place, known, lists + 1);
      else list[index] = this.#oneOf(entry, place, known);
    }
  }

  #oneOf(value: unknown, place: ReferencePlace, known: Map<string, ByKey>): unknown {
    if (!isJsonObject(value)) return value;
    const { __typename: typeName } = value;
    const id = value[place.only];
    // What is not quite a reference stays what it is.
    if (typeof typeName !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) {
      return value;
    }
    let ofType = known.get(typeName);
    if (ofType === undefined) {
      ofType = place.identifies(typeName) ? new Map() : null;
      known.set(typeName, ofType);
    }
    if (ofType === null) return value;
    const same = ofType.get(id);
    if (same) return same;
    ofType.set(id, value);
    this.objects.add(value);
    return value;
  }
}
