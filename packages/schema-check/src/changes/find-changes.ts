import { findBreakingChanges, findDangerousChanges, type GraphQLSchema } from 'graphql';
import { readClientSchema } from '../reading/client-schema.ts';
import { readDecisions } from '../reading/read-decisions.ts';
import { coordinateOfChange } from './coordinate-of-change.ts';
import { fieldsTouched } from './fields-touched.ts';
import { findAdditions } from './find-additions.ts';
import { findDecisionChanges } from './find-decision-changes.ts';

/** One difference between two graphs, not yet held against what is asked. */
export interface FoundChange {
  /** As graphql-js names it, `…_ADDED`, or a decision: `ACCESS_NARROWED`, `CATEGORY_ADDED`, `OWNER_CHANGED`, … */
  readonly kind: string;
  readonly coordinate: string;
  readonly description: string;
  /** Whether some question could fail by it. */
  readonly isBreaking: boolean;
  /** Output fields (`Type.field`) whose questions could fail, in alphabetical order. */
  readonly fields: readonly string[];
}

/** Every difference that a client could notice between two supergraphs, those that could break one first. */
export function findChanges(before: string, after: string): readonly FoundChange[] {
  return findChangesOf(readGraph(before), readGraph(after));
}

/** A supergraph, read once for all that is asked of it. */
export interface ReadGraph {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

export function readGraph(sdl: string): ReadGraph {
  return { sdl, schema: readClientSchema(sdl) };
}

/** The same of what was read already. */
export function findChangesOf(before: ReadGraph, after: ReadGraph): readonly FoundChange[] {
  const graphqlChanges = [
    ...findBreakingChanges(before.schema, after.schema).map((change) => ({
      ...change,
      isBreaking: true,
    })),
    // A new value or a new member reaches clients that did not expect it; their questions still run.
    ...findDangerousChanges(before.schema, after.schema).map((change) => ({
      ...change,
      isBreaking: false,
    })),
  ].map(({ type, description, isBreaking }) => {
    const coordinate = coordinateOfChange(type, description);
    const fields = isBreaking ? fieldsTouched(before.schema, coordinate) : [];
    return { kind: type, coordinate, description, isBreaking, fields };
  });
  return [
    ...graphqlChanges,
    ...findDecisionChanges(readDecisions(before.sdl), readDecisions(after.sdl)),
    ...findAdditions(before.schema, after.schema),
  ].sort(byImpactAndCoordinate);
}

function byImpactAndCoordinate(one: FoundChange, other: FoundChange): number {
  return (
    Number(other.isBreaking) - Number(one.isBreaking) ||
    (one.coordinate < other.coordinate ? -1 : one.coordinate > other.coordinate ? 1 : 0)
  );
}
