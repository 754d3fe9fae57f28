import type { OutputShape } from './output-shape.ts';
import type { Representations } from './representation.ts';
import type { RewriteOutput } from './rewrite-output.ts';
import type { ReferencePlace } from './shared-references.ts';

/** A key on the way to the objects of a fetch. */
export interface PathStep {
  readonly key: string;
  readonly isInherited: boolean;
  /** The types of the objects in it that the way goes on through; `null` = whatever they are. */
  readonly types: ReadonlySet<string> | null;
  /** Whether one object may be in several places of it. */
  readonly isShared: boolean;
}

/** One fetch of a plan, compiled. */
export interface FetchStep extends Fetch {
  readonly index: number;
  /** Which steps go in one call; -1 where it goes alone, as what asks the root does. */
  readonly group: number;
  /** What is asked in its place of objects whose whole reference cannot be had. */
  readonly parts: readonly Fetch[];
}

/** What is asked of which objects. */
export interface Fetch {
  readonly subgraph: string;
  readonly isQuery: boolean;
  /** Keys from the root of the data to the objects it is about; lists between are opened. */
  readonly path: readonly PathStep[];
  /** Variables that decide whether it is made. */
  readonly conditions: readonly { readonly variable: string; readonly value: boolean }[];
  /** Steps that must have ended before. */
  readonly after: readonly number[];
  /** Steps of equal hops do not wait for each other: those to one subgraph go in one call. */
  readonly hop: number;
  /** Equal of steps that ask their subgraph the same of entities. */
  readonly question: string;
  /** What is asked, in braces. */
  readonly selection: string;
  /** Definitions of the variables in it, by their names. */
  readonly variables: ReadonlyMap<string, string>;
  /** Of the root's data, or of each entity. */
  readonly shape: OutputShape;
  /** Where below the root's data, or each entity, there are references. */
  readonly references: readonly ReferencePlace[];
  /** Keys that stay empty when the whole call fails. */
  readonly wanted: readonly string[];
  readonly rewriteOutput: RewriteOutput | null;
  /** For how long what it answers may be kept; `null` = not at all, as most. */
  readonly cacheMaxAgeSeconds: number | null;
  /** `null` where the fetch asks the root. */
  readonly representations: Representations | null;
}
