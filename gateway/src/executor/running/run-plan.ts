import type { OperationContext } from '../../operation-context.ts';
import type { JsonObject } from '../json-object.ts';
import type { CompiledPlan } from '../planning/compile-plan.ts';
import type { SubgraphSource } from '../subgraph-source.ts';
import type { CachedEntities } from './cached-entities.ts';
import type { FetchStep } from './fetch-step.ts';
import type { Merge } from './merge.ts';
import { type AskedEntities, PlanAnswers } from './plan-answers.ts';
import type { PlacedError } from './plan-errors.ts';
import type { Repeated } from './shared-references.ts';

/** What a run needs besides the plan. */
export interface RunParts {
  sourceOf(subgraph: string): SubgraphSource;
  readonly merge: Merge;
  /** Absent where nothing is ever kept. */
  readonly cachedEntities?: CachedEntities | undefined;
}

/** All that the subgraphs told, in the plan's names. */
export interface PlanResult {
  readonly data: JsonObject;
  readonly errors: readonly PlacedError[];
  readonly repeated: Repeated;
}

/** Steps that go to their subgraph in one call. */
interface Group {
  /** Steps that have not come yet, of its own and of those that may spare it something. */
  awaited: number;
  ready: { readonly step: FetchStep; readonly asked: readonly AskedEntities[] }[];
  timer: NodeJS.Timeout | undefined;
}

/** Runs the fetches of a plan; rejects for a defect only. */
export function runPlan(
  plan: CompiledPlan,
  parts: RunParts,
  variables: Readonly<Record<string, unknown>>,
  operation: OperationContext,
): Promise<PlanResult> {
  return new Promise((resolve, reject) => {
    new PlanRun(plan, new PlanAnswers(parts, variables, operation), resolve, reject).begin();
  });
}

/**
 * One run. Each fetch is made as soon as those before it have ended. Fetches of one hop to one subgraph wait for each
 * other, though not for longer than the first of them took to get there: a partner that hangs must not hold the
 * others up.
 */
class PlanRun {
  readonly #steps: readonly FetchStep[];
  readonly #plan: CompiledPlan;
  readonly #answers: PlanAnswers;
  readonly #resolve: (result: PlanResult) => void;
  readonly #reject: (error: unknown) => void;
  readonly #startedAt = performance.now();
  /** How many steps each step still waits for. */
  readonly #awaited: number[] = [];
  readonly #groups: Group[] = [];
  #unfinished: number;
  #isOver = false;

  constructor(
    plan: CompiledPlan,
    answers: PlanAnswers,
    resolve: (result: PlanResult) => void,
    reject: (error: unknown) => void,
  ) {
    this.#plan = plan;
    this.#steps = plan.steps;
    this.#answers = answers;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#unfinished = plan.steps.length;
    for (const { after } of plan.steps) this.#awaited.push(after.length);
    for (const awaited of plan.groupSizes) {
      this.#groups.push({ awaited, ready: [], timer: undefined });
    }
  }

  begin(): void {
    if (this.#unfinished === 0) this.#end();
    for (const step of this.#steps) if (step.after.length === 0) this.#start(step);
  }

  #end(): void {
    for (const { timer } of this.#groups) clearTimeout(timer);
    const { data, errors, repeated } = this.#answers;
    this.#resolve({ data, errors, repeated });
  }

  /** A defect: nobody is asked any more. */
  #fail(error: unknown): void {
    this.#isOver = true;
    for (const { timer } of this.#groups) clearTimeout(timer);
    this.#reject(error);
  }

  #finish(step: FetchStep): void {
    this.#unfinished -= 1;
    if (this.#unfinished === 0) {
      this.#end();
      return;
    }
    this.#answers.keepFor(this.#plan.reuses[step.index] ?? []);
    for (const index of this.#plan.sparedGroups[step.index] ?? []) {
      const group = this.#groups[index];
      if (!group) continue;
      group.awaited -= 1;
      this.#gather(group);
    }
    for (const index of this.#plan.followers[step.index] ?? []) {
      const left = (this.#awaited[index] ?? 1) - 1;
      this.#awaited[index] = left;
      const next = this.#steps[index];
      if (left === 0 && next) this.#start(next);
    }
  }

  #start(step: FetchStep): void {
    const isWanted = this.#answers.isWanted(step);
    const group = this.#groups[step.group];
    if (!group) {
      if (!isWanted || !this.#answers.hasTargets(step)) this.#finish(step);
      else this.#ask(this.#answers.askRoot(step), [step]);
      return;
    }
    group.awaited -= 1;
    const asked = isWanted ? this.#answers.entitiesOf(step) : [];
    if (asked.length > 0) group.ready.push({ step, asked });
    else this.#finish(step);
    this.#gather(group);
  }

  #gather(group: Group): void {
    if (group.ready.length === 0) return;
    if (group.awaited === 0) {
      clearTimeout(group.timer);
      this.#send(group);
    } else if (group.timer === undefined) {
      const patience = Math.max(5, performance.now() - this.#startedAt);
      group.timer = setTimeout(() => this.#orFail(() => this.#send(group)), patience);
    }
  }

  #send(group: Group): void {
    group.timer = undefined;
    if (group.ready.length === 0) return;
    const { ready } = group;
    group.ready = [];
    this.#ask(
      this.#answers.askEntities(ready.flatMap(({ asked }) => asked)),
      ready.map(({ step }) => step),
    );
  }

  #ask(answered: Promise<void>, steps: readonly FetchStep[]): void {
    answered.then(
      () => {
        this.#orFail(() => {
          for (const step of steps) this.#finish(step);
        });
      },
      (error: unknown) => this.#fail(error),
    );
  }

  /** Nobody else would hear of a defect in what goes on after an answer. */
  #orFail(goOn: () => void): void {
    if (this.#isOver) return;
    try {
      goOn();
    } catch (error) {
      this.#fail(error);
    }
  }
}
