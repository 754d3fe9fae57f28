import type { Caller } from '@tavolo/caller-context';
import type { ConformanceLimits } from './conformance-limits.ts';
import type { Conversation } from './conversation.ts';
import type { EntityKey } from './entity-keys.ts';
import type { Evidence } from './evidence.ts';
import type { ContextForge } from './forge-context.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { Entity, PagedList, SubgraphModel } from './subgraph-model.ts';

/** What the trial of a promise has at hand. */
export interface Trial {
  readonly talk: Conversation;
  readonly forge: ContextForge;
  readonly limits: ConformanceLimits;
  readonly newId: () => string;
  readonly now: () => Date;
  /** What it said of itself; null = no SDL that parses, so most promises cannot be tried. */
  readonly model: SubgraphModel | null;
  readonly served: HttpAnswer | null;
  readonly publishedSdl: string | undefined;
  /** Real keys, given or found in the subgraph's own lists; empty = none are known. */
  readonly samplesOf: (entity: Entity) => readonly EntityKey[];
  /** Who is given this list: whoever may see everything, unless it is for one kind of caller only. */
  readonly callerOf: (list: PagedList) => Caller;
  /** What all answers so far have shown. */
  readonly evidence: Evidence;
  /** The canary that goes into every value of ours that could be quoted back. */
  readonly marker: string;
}

export const noModel = 'the subgraph did not give an SDL that could be read';
