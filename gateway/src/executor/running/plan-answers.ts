import type { OperationContext } from '../../operation-context.ts';
import type { PublicError } from '../../subgraph-answer.ts';
import { isJsonObject, type JsonObject, ownValue } from '../json-object.ts';
import type { Reuse } from '../planning/find-reuses.ts';
import type { SubgraphReply, WantedField } from '../subgraph-source.ts';
import { type CachedAnswers, mayBeCached } from './cached-entities.ts';
import {
  type Asker,
  type EntityQuestion,
  lostWithOthers,
  nameQuestions,
  type OpenQuestion,
  writeEntityCall,
  writeRootCall,
} from './call-of-group.ts';
import type { Fetch, FetchStep } from './fetch-step.ts';
import { findTargets } from './find-targets.ts';
import { fillWithNull } from './merge.ts';
import type { OutputShape } from './output-shape.ts';
import { forgetFailed, type PlacedError, PlacesOfTargets, placeError } from './plan-errors.ts';
import type { RunParts } from './run-plan.ts';
import { type Repeated, SharedReferences } from './shared-references.ts';
import { writeReferences } from './write-references.ts';

/** A fetch and the references of its objects, each once. */
export interface AskedEntities {
  readonly step: Fetch;
  readonly references: Map<string, readonly JsonObject[]>;
}

/** What one run has asked and been told. */
export class PlanAnswers {
  readonly data: JsonObject = {};
  readonly errors: PlacedError[] = [];
  readonly #parts: RunParts;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #operation: OperationContext;
  /** Entities that were answered, by question and reference: nobody is asked the same twice. */
  readonly #known = new Map<string, Map<string, JsonObject | null>>();
  #hasRepeatedLists = false;
  #isMutation = false;
  /** Objects of which a subgraph said that there is no such entity. */
  readonly #unknown = new Set<JsonObject>();
  readonly #underWay = new Map<string, Promise<SubgraphReply>>();
  readonly #references = new SharedReferences();

  constructor(
    parts: RunParts,
    variables: Readonly<Record<string, unknown>>,
    operation: OperationContext,
  ) {
    this.#parts = parts;
    this.#variables = variables;
    this.#operation = operation;
  }

  get repeated(): Repeated {
    return { lists: this.#hasRepeatedLists, objects: this.#references.objects };
  }

  isWanted({ conditions }: FetchStep): boolean {
    for (const { variable, value } of conditions) {
      if (this.#variables[variable] !== value) return false;
    }
    return true;
  }

  hasTargets({ path }: FetchStep): boolean {
    return path.length === 0 || findTargets(this.data, path).length > 0;
  }

  /** What is to be asked for the step's objects; those of which something is missing are asked what needs less. */
  entitiesOf(step: FetchStep): AskedEntities[] {
    const missing: JsonObject[] = [];
    const references = writeReferences(
      step,
      findTargets(this.data, step.path),
      missing,
      this.#unknown,
    );
    this.#takeKnown(step, references);
    const asked: AskedEntities[] = references.size > 0 ? [{ step, references }] : [];
    if (missing.length === 0) return asked;
    for (const part of step.parts) {
      const less = writeReferences(part, missing, [], this.#unknown);
      this.#takeKnown(part, less);
      if (less.size > 0) asked.push({ step: part, references: less });
    }
    return asked;
  }

  async askRoot(step: FetchStep): Promise<void> {
    if (!step.isQuery) this.#isMutation = true;
    const wanted = step.wanted.map((key) => ({ path: [key] }));
    const reply = await this.#ask(step, writeRootCall(step, this.#variables), wanted, []);
    if (!step.isQuery) this.#forgetAll();
    const targets = findTargets(this.data, step.path);
    if (reply.data) {
      for (const target of targets) this.#receive(step, target, reply.data);
    }
    if (reply.errors.length === 0) return;
    const [first] = targets;
    const places = first ? new PlacesOfTargets(this.data, step).of(first) : [];
    for (const error of reply.errors) {
      this.#tell(placeError(error, step.subgraph, places, error.path ?? []));
    }
  }

  /** What was told before a change is not what is so after it. */
  #forgetAll(): void {
    this.#known.clear();
    this.#underWay.clear();
  }

  /** Keeps what was told of objects for later steps that would ask the same of the same entities. */
  keepFor(reuses: readonly Reuse[]): void {
    // What an operation changes may be another from one field to the next.
    if (this.#isMutation) return;
    for (const { path, later } of reuses) {
      for (const object of findTargets(this.data, path)) {
        // A `null` may be for want of a value at this place: an entity that has one is asked for it.
        if (!hasAll(object, later.shape)) continue;
        const reference = later.representations?.of(object)?.write(object);
        if (typeof reference === 'string') this.#knownOf(later).set(reference, object);
      }
    }
  }

  async askEntities(asked: readonly AskedEntities[]): Promise<void> {
    const open = this.#questionsOf(asked);
    const cached = open.some(mayBeCached) ? await this.#findCached(open) : undefined;
    const questions = nameQuestions(open);
    const lost = nameQuestions(await this.#askQuestions(questions, cached));
    // Alone they would have been answered.
    await this.#askQuestions(lost, cached);
  }

  /** Returns those that were lost because of others. */
  async #askQuestions(
    questions: readonly EntityQuestion[],
    cached: CachedAnswers | undefined,
  ): Promise<readonly EntityQuestion[]> {
    const [first] = questions;
    if (!first) return [];
    const reply = await this.#ask(
      first.step,
      writeEntityCall(questions, this.#variables),
      questions.flatMap(({ name, step, wanted }) =>
        step.wanted.map((key) => ({ path: [name, 0, key], affected: wanted.size })),
      ),
      questions.map(({ name, wanted }) => ({ name, count: wanted.size })),
    );
    cached?.keep(questions, reply);
    const isAboutAny = reply.errors.some((error) => !isPlaced(error, questions));
    for (const question of questions) this.#takeEntities(question, reply, isAboutAny);
    if (reply.errors.length > 0) this.#placeEntityErrors(questions, reply.errors);
    return lostWithOthers(questions, reply);
  }

  /** Steps that ask the same are one question; what was answered before is not asked again. */
  #questionsOf(asked: readonly AskedEntities[]): readonly OpenQuestion[] {
    const bySelection = new Map<string, OpenQuestion>();
    for (const { step, references } of asked) {
      this.#takeKnown(step, references);
      const question: OpenQuestion = bySelection.get(step.question) ?? { step, wanted: new Map() };
      for (const [reference, targets] of references) {
        const askers = question.wanted.get(reference);
        if (askers) askers.push({ step, targets });
        else question.wanted.set(reference, [{ step, targets }]);
      }
      if (question.wanted.size > 0) bySelection.set(step.question, question);
    }
    return [...bySelection.values()];
  }

  /** Leaves those that nobody has been asked for yet. */
  #takeKnown(step: Fetch, references: Map<string, readonly JsonObject[]>): void {
    const known = this.#known.get(step.question);
    if (!known) return;
    for (const [reference, targets] of references) {
      const answered = known.get(reference);
      if (answered === undefined) continue;
      this.#hasRepeatedLists = true;
      for (const target of targets) this.#receive(step, target, answered);
      references.delete(reference);
    }
  }

  /** Answers what had been kept, so that only the rest is asked. */
  async #findCached(open: readonly OpenQuestion[]): Promise<CachedAnswers | undefined> {
    // What an operation has just changed is not what was kept before.
    if (this.#isMutation) return undefined;
    const cached = await this.#parts.cachedEntities?.find(open, this.#variables, this.#operation);
    for (const { question, reference, entity } of cached?.found ?? []) {
      const { step, wanted } = question;
      this.#give(this.#knownOf(step), reference, wanted.get(reference) ?? [], entity);
      wanted.delete(reference);
    }
    return cached;
  }

  #takeEntities(
    { name, step, wanted }: EntityQuestion,
    reply: SubgraphReply,
    mayAnyHaveFailed: boolean,
  ): void {
    const list = reply.data && ownValue(reply.data, name);
    if (!Array.isArray(list)) return;
    const answered = this.#knownOf(step);
    const failed = failedIn(name, reply.errors);
    let index = 0;
    for (const [reference, askers] of wanted) {
      const entity: unknown = list[index];
      // One that failed is not one that is unknown.
      const isUnknown = entity === null && !mayAnyHaveFailed && !failed.has(index);
      const isUsable = isJsonObject(entity) || isUnknown;
      index += 1;
      if (!isUsable) continue;
      this.#give(answered, reference, askers, entity);
    }
  }

  #knownOf({ question }: Fetch): Map<string, JsonObject | null> {
    const known = this.#known.get(question) ?? new Map<string, JsonObject | null>();
    this.#known.set(question, known);
    return known;
  }

  #give(
    known: Map<string, JsonObject | null>,
    reference: string,
    askers: readonly Asker[],
    entity: JsonObject | null,
  ): void {
    known.set(reference, entity);
    for (const { step, targets } of askers) {
      if (targets.length > 1) this.#hasRepeatedLists = true;
      for (const target of targets) this.#receive(step, target, entity);
    }
  }

  #receive(step: Fetch, target: JsonObject, received: JsonObject | null): void {
    if (received === null) {
      this.#unknown.add(target);
      fillWithNull(target, step.shape);
      return;
    }
    step.rewriteOutput?.(received);
    for (const place of step.references) this.#references.share(received, place);
    this.#parts.merge(target, received, step.shape);
  }

  #placeEntityErrors(questions: readonly EntityQuestion[], errors: readonly PublicError[]): void {
    const places = new Map<Fetch, PlacesOfTargets>();
    const placesOf = ({ step, targets }: Asker) => {
      const known = places.get(step) ?? new PlacesOfTargets(this.data, step);
      places.set(step, known);
      return targets.flatMap((target) => known.of(target));
    };
    // An entity may have thousands of errors, and be in thousands of places.
    const ofAskers = new Map<readonly Asker[], ReturnType<typeof placesOf>>();
    const allPlacesOf = (about: readonly Asker[]) => {
      const found = ofAskers.get(about) ?? about.flatMap(placesOf);
      ofAskers.set(about, found);
      return found;
    };
    const askersOf = new Map(questions.map(({ name, wanted }) => [name, [...wanted.values()]]));
    for (const error of errors) {
      const [name, index, ...below] = error.path ?? [];
      const question = questions.find((each) => each.name === name) ?? questions[0];
      const askers = question && askersOf.get(question.name);
      if (!askers) continue;
      const about = (typeof index === 'number' ? askers[index] : askers[0]) ?? [];
      this.#tell(placeError(error, question.step.subgraph, allPlacesOf(about), below));
    }
  }

  #tell(errors: readonly PlacedError[]): void {
    for (const error of errors) {
      this.errors.push(error);
      if (error.path) forgetFailed(this.data, error.path);
    }
  }

  /** Equal reads of one run are one call. */
  #ask(
    step: Fetch,
    body: string,
    wanted: readonly WantedField[],
    entities: readonly { readonly name: string; readonly count: number }[],
  ): Promise<SubgraphReply> {
    const source = this.#parts.sourceOf(step.subgraph);
    const { isQuery } = step;
    const call = { body, isQuery, wanted, entities, operation: this.#operation };
    if (!isQuery) return source.ask(call);
    const key = `${step.subgraph} ${body}`;
    const same = this.#underWay.get(key);
    if (same) return same;
    const reply = source.ask(call);
    this.#underWay.set(key, reply);
    return reply;
  }
}

function hasAll(object: JsonObject, { fields }: OutputShape): boolean {
  for (const { key, isInherited } of fields) {
    const value = isInherited ? ownValue(object, key) : object[key];
    if (value === undefined || value === null) return false;
  }
  return true;
}

/** Whether an error says which entity it is about. */
function isPlaced({ path }: PublicError, questions: readonly EntityQuestion[]): boolean {
  return typeof path?.[1] === 'number' && questions.some(({ name }) => name === path[0]);
}

/** Which entities of a list an error is about. */
function failedIn(name: string, errors: readonly PublicError[]): ReadonlySet<unknown> {
  return new Set(errors.flatMap(({ path }) => (path?.[0] === name ? [path[1]] : [])));
}
