import { parse } from 'graphql';
import { composeRead } from './compose-subgraphs.ts';
import { createFinding } from './create-finding.ts';
import type { Finding } from './finding.ts';
import { type ComposedGraph, createJudged, type Judged } from './judged.ts';
import { type ReadSubgraph, readSubgraph } from './read-subgraph.ts';
import { readDecisions } from './reading/read-decisions.ts';
import { findClosedBorders } from './rules/find-closed-borders.ts';
import { findDifferingSharedTypes } from './rules/find-differing-shared-types.ts';
import { findHeadProblems } from './rules/find-head-problems.ts';
import { findIdentifiers } from './rules/find-identifiers.ts';
import { findNameProblems } from './rules/find-name-problems.ts';
import { findSpecialCategories } from './rules/find-special-categories.ts';
import { findUndecided } from './rules/find-undecided.ts';
import { findUndescribed } from './rules/find-undescribed.ts';
import { findUnexecutedFeatures } from './rules/find-unexecuted-features.ts';
import { findUnknownWords } from './rules/find-unknown-words.ts';
import { findUnsizedLists } from './rules/find-unsized-lists.ts';
import type { SubgraphSource } from './subgraph-source.ts';
import { type Waiver, waive } from './waive.ts';

export interface SubgraphsToCheck {
  /** Judged by the rules of the house, all of them as if published at once. */
  readonly submitted: readonly SubgraphSource[];
  /** Those in the graph; one that has the name of a submitted one gives way to it. */
  readonly others: readonly SubgraphSource[];
  /** Every partner's id that `@owner` may name; `hub` is always known. */
  readonly partners: readonly string[];
  /** Those in force now. */
  readonly waivers: readonly Waiver[];
}

export interface SubgraphsChecked {
  /** Errors first; then by subgraph, file and line. */
  readonly findings: readonly Finding[];
  /** Null when they do not compose; what it is also when a rule of the house is broken. */
  readonly supergraphSdl: string | null;
}

const rules: readonly ((judged: Judged) => readonly Finding[])[] = [
  findHeadProblems,
  findNameProblems,
  findDifferingSharedTypes,
  findIdentifiers,
  findUnknownWords,
  findUnexecutedFeatures,
  findUndecided,
  findSpecialCategories,
  findClosedBorders,
  findUnsizedLists,
  findUndescribed,
];

/** Judges schemas before anything is served from them; pure, synchronous and slow: for a worker thread. */
export function checkSubgraphs(toCheck: SubgraphsToCheck): SubgraphsChecked {
  const { submitted, partners, waivers } = toCheck;
  const names = new Set(submitted.map(({ name }) => name));
  const others = toCheck.others.filter(({ name }) => !names.has(name));
  const mine = readAll(submitted);
  const theirs = readAll(others);
  const unreadable = [...repeated([...submitted, ...others]), ...mine.findings, ...theirs.findings];
  if (unreadable.length > 0) return { findings: unreadable, supergraphSdl: null };
  const composed = composeRead(mine.read, theirs.read);
  const sdl = composed.kind === 'composed' ? composed.supergraphSdl : null;
  const judged = createJudged(mine.read, theirs.read, partners, sdl === null ? null : graphOf(sdl));
  const found = rules.flatMap((rule) => rule(judged));
  const findings = waive(
    [...(composed.kind === 'refused' ? composed.findings : []), ...found],
    waivers,
  );
  return { findings: [...findings].sort(byWeightAndPlace), supergraphSdl: sdl };
}

function readAll(sources: readonly SubgraphSource[]) {
  const readings = sources.map(readSubgraph);
  return {
    read: readings.flatMap((each): ReadSubgraph[] => (each.kind === 'read' ? [each.subgraph] : [])),
    findings: readings.flatMap((each) => (each.kind === 'unreadable' ? each.findings : [])),
  };
}

function repeated(sources: readonly SubgraphSource[]): Finding[] {
  const seen = new Set<string>();
  return sources.flatMap(({ name }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [createFinding('SUBGRAPH_REPEATED', { coordinate: name })];
  });
}

function graphOf(sdl: string): ComposedGraph | null {
  try {
    return { document: parse(sdl, { noLocation: true }), decisions: readDecisions(sdl) };
  } catch {
    // A directive whose argument cannot be read: `findUnknownWords` and `findHeadProblems` say which.
    return null;
  }
}

const weights = ['ERROR', 'WARNING', 'NOTE'];

function byWeightAndPlace(one: Finding, other: Finding): number {
  return (
    weights.indexOf(one.severity) - weights.indexOf(other.severity) ||
    text(one).localeCompare(text(other)) ||
    (one.place?.line ?? 0) - (other.place?.line ?? 0) ||
    (one.place?.column ?? 0) - (other.place?.column ?? 0)
  );
}

function text({ place }: Finding): string {
  return place ? `${place.subgraph}\n${place.file}` : '';
}
