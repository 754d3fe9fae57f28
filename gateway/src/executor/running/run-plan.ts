import type { OperationContext } from '../../operation-context.ts';
import type { PublicError } from '../../subgraph-answer.ts';
import { isJsonObject, type JsonObject, ownValue } from '../json-object.ts';
import type { CompiledPlan } from '../planning/compile-plan.ts';
import type { SubgraphReply, SubgraphSource } from '../subgraph-source.ts';
import {
  type Asker,
  type EntityQuestion,
  writeEntityCall,
  writeRootCall,
} from './call-of-group.ts';
import type { FetchStep } from './fetch-step.ts';
import { findTargets } from './find-targets.ts';
import { fillWithNull, type Merge } from './merge.ts';
import { createPlacesOf, type PlacedError, placeError } from './plan-errors.ts';

/** What a run needs besides the plan. */
export interface RunParts {
  sourceOf(subgraph: string): SubgraphSource;
  readonly merge: Merge;
}

/** All that the subgraphs told, in the plan's names. */
export interface PlanResult {
  readonly data: JsonObject;
  readonly errors: readonly PlacedError[];
}

/** Steps that go to their subgraph in one call. */
interface Group {
  /** Those that have not come yet. */
  awaited: number;
  readonly ready: Asked[];
  timer: NodeJS.Timeout | undefined;
}

interface Asked {
  readonly step: FetchStep;
  readonly references: ReadonlyMap<string, readonly JsonObject[]>;
}

/**
 * Runs the fetches of a plan, each as soon as those before it have ended. Fetches of one hop to one subgraph wait for
 * each other, though not for longer than the first of them took to get there: a partner that hangs must not hold
 * the others up.
 */
export function runPlan(
  { steps }: CompiledPlan,
  parts: RunParts,
  variables: Readonly<Record<string, unknown>>,
  operation: OperationContext,
): Promise<PlanResult> {
  const data: JsonObject = {};
  const errors: PlacedError[] = [];
  if (steps.length === 0) return Promise.resolve({ data, errors });
  const startedAt = performance.now();
  const awaited = steps.map(({ after }) => after.length);
  const groups = new Map<string, Group>();
  for (const step of steps) {
    if (!step.writeRepresentation) continue;
    const group = groups.get(groupKey(step));
    if (group) group.awaited += 1;
    else groups.set(groupKey(step), { awaited: 1, ready: [], timer: undefined });
  }
  /** Entities that were answered in this run, by question and reference: nobody is asked the same twice. */
  const known = new Map<string, Map<string, JsonObject | null>>();
  const underWay = new Map<string, Promise<SubgraphReply>>();
  let unfinished = steps.length;

  return new Promise((resolve, reject) => {
    function finish(step: FetchStep): void {
      unfinished -= 1;
      if (unfinished === 0) {
        for (const { timer } of groups.values()) clearTimeout(timer);
        resolve({ data, errors });
        return;
      }
      for (const next of steps) {
        if (!next.after.includes(step.index)) continue;
        const left = (awaited[next.index] ?? 1) - 1;
        awaited[next.index] = left;
        if (left === 0) start(next);
      }
    }

    function start(step: FetchStep): void {
      const isWanted = step.conditions.every(
        ({ variable, value }) => variables[variable] === value,
      );
      if (step.writeRepresentation) {
        const group = groups.get(groupKey(step));
        if (!group) throw new Error('an entity step without its group');
        const references = isWanted ? referencesOf(step) : new Map<string, JsonObject[]>();
        group.awaited -= 1;
        if (references.size > 0) group.ready.push({ step, references });
        else finish(step);
        gather(group);
        return;
      }
      const targets = isWanted ? findTargets(data, step.path) : [];
      if (targets.length === 0) finish(step);
      else askRoot(step, targets).catch(reject);
    }

    function gather(group: Group): void {
      if (group.ready.length === 0) return;
      if (group.awaited === 0) {
        clearTimeout(group.timer);
        send(group);
      } else if (group.ready.length === 1) {
        const patience = Math.max(5, performance.now() - startedAt);
        group.timer = setTimeout(() => send(group), patience);
      }
    }

    function send(group: Group): void {
      const asked = group.ready.splice(0);
      if (asked.length > 0) askEntities(asked).catch(reject);
    }

    /** The references of the step's objects; those of which something is missing stay without its fields. */
    function referencesOf(step: FetchStep): Map<string, JsonObject[]> {
      const references = new Map<string, JsonObject[]>();
      for (const target of findTargets(data, step.path)) {
        const reference = step.writeRepresentation?.(target);
        if (reference === null) fillWithNull(target, step.shape);
        if (typeof reference !== 'string') continue;
        const same = references.get(reference);
        if (same) same.push(target);
        else references.set(reference, [target]);
      }
      return references;
    }

    async function askRoot(step: FetchStep, targets: readonly JsonObject[]): Promise<void> {
      const reply = await ask(step, writeRootCall(step, variables), {
        wanted: step.wanted.map((key) => ({ path: [key] })),
        entities: [],
      });
      for (const target of targets) {
        if (reply.data) receive(step, target, reply.data);
      }
      if (reply.errors.length > 0) {
        const [first] = targets;
        const places = first ? createPlacesOf(data, step)(first) : [];
        for (const error of reply.errors) {
          errors.push(...placeError(error, step.subgraph, places, error.path ?? []));
        }
      }
      finish(step);
    }

    async function askEntities(asked: readonly Asked[]): Promise<void> {
      const questions = questionsOf(asked);
      const [first] = questions;
      if (first) {
        const reply = await ask(first.step, writeEntityCall(questions, variables), {
          wanted: questions.flatMap(({ name, step, wanted }) =>
            step.wanted.map((key) => ({ path: [name, 0, key], affected: wanted.size })),
          ),
          entities: questions.map(({ name, wanted }) => ({ name, count: wanted.size })),
        });
        for (const question of questions) takeEntities(question, reply);
        for (const error of reply.errors) placeEntityError(questions, error);
      }
      for (const { step } of asked) finish(step);
    }

    /** Steps that ask the same are one question; what was answered before is not asked again. */
    function questionsOf(asked: readonly Asked[]): EntityQuestion[] {
      const bySelection = new Map<string, { step: FetchStep; wanted: Map<string, Asker[]> }>();
      for (const { step, references } of asked) {
        const earlier = known.get(questionKey(step));
        const question = bySelection.get(step.selection) ?? { step, wanted: new Map() };
        for (const [reference, targets] of references) {
          const answered = earlier?.get(reference);
          if (answered !== undefined) {
            for (const target of targets) receive(step, target, answered);
            continue;
          }
          const askers = question.wanted.get(reference) ?? [];
          for (const target of targets) askers.push({ step, target });
          question.wanted.set(reference, askers);
        }
        if (question.wanted.size > 0) bySelection.set(step.selection, question);
      }
      const questions = [...bySelection.values()];
      return questions.map(({ step, wanted }, index) => ({
        name: questions.length === 1 ? '_entities' : `r${index}`,
        step,
        wanted,
      }));
    }

    function takeEntities({ name, step, wanted }: EntityQuestion, reply: SubgraphReply): void {
      const list = reply.data && ownValue(reply.data, name);
      if (!Array.isArray(list)) return;
      const key = questionKey(step);
      const answered = known.get(key) ?? new Map<string, JsonObject | null>();
      known.set(key, answered);
      let index = 0;
      for (const [reference, askers] of wanted) {
        const entity: unknown = list[index];
        index += 1;
        if (entity === null || isJsonObject(entity)) {
          answered.set(reference, entity);
          for (const { step: asker, target } of askers) receive(asker, target, entity);
        }
      }
    }

    function receive(step: FetchStep, target: JsonObject, received: JsonObject | null): void {
      if (received === null) {
        fillWithNull(target, step.shape);
        return;
      }
      step.rewriteOutput?.(received);
      parts.merge(target, received, step.shape);
    }

    function placeEntityError(questions: readonly EntityQuestion[], error: PublicError): void {
      const [name, index, ...below] = error.path ?? [];
      const question = questions.find((each) => each.name === name) ?? questions[0];
      if (!question) return;
      const askers = [...question.wanted.values()];
      const about = (typeof index === 'number' ? askers[index] : askers[0]) ?? [];
      const places = about.flatMap(({ step, target }) => createPlacesOf(data, step)(target));
      const unique = [...new Map(places.map((place) => [place.join(), place])).values()];
      errors.push(...placeError(error, question.step.subgraph, unique, below));
    }

    /** Equal reads of one run are one call. */
    function ask(
      step: FetchStep,
      body: string,
      about: Pick<Parameters<SubgraphSource['ask']>[0], 'wanted' | 'entities'>,
    ): Promise<SubgraphReply> {
      const source = parts.sourceOf(step.subgraph);
      if (!step.isQuery) return source.ask({ body, isQuery: false, ...about, operation });
      const key = `${step.subgraph} ${body}`;
      const same = underWay.get(key);
      if (same) return same;
      const reply = source.ask({ body, isQuery: true, ...about, operation });
      underWay.set(key, reply);
      return reply;
    }

    for (const step of steps) if (step.after.length === 0) start(step);
  });
}

const groupKey = ({ hop, subgraph }: FetchStep): string => `${hop} ${subgraph}`;

const questionKey = ({ subgraph, selection }: FetchStep): string => `${subgraph} ${selection}`;
