import type { CheckReport } from '@tavolo/registry-api';
import type { Request } from '../keep-change.ts';
import { Refusal } from '../refusal.ts';
import type { RegistryStore, RegistryWriter } from '../store/registry-store.ts';
import { type Basis, basisKey, ownerOf, readBasis } from './basis.ts';
import type { CheckedGraph, CheckGraph, Proposal } from './check-graph.ts';
import type { KeepSchemaChange, SchemaEvidence } from './keep-schema-change.ts';
import type { ReleaseEntry, ReleaseHead } from './model/release-entry.ts';

/** What is saved besides the release, once the graph was found good. */
export type SaveChange<T> = (
  writer: RegistryWriter,
  checked: CheckedGraph & { readonly sequence: number },
) => Promise<{ readonly result: T; readonly evidence: readonly SchemaEvidence[] }>;

/** A new graph, as one request wants it of the graph in force; `settled` = there is nothing to do. */
export type Plan<T> =
  | { readonly kind: 'settled'; readonly result: T }
  | {
      readonly kind: 'release';
      readonly cause: ReleaseHead['cause'];
      readonly proposal: Proposal;
      readonly save: SaveChange<T>;
    };

export type ReleaseGraph = <T>(
  request: Request,
  plan: (basis: Basis) => Promise<Plan<T>>,
) => Promise<T>;

export interface ReleaseGraphOptions {
  readonly store: RegistryStore;
  readonly checkGraph: CheckGraph;
  readonly keepSchemaChange: KeepSchemaChange;
  readonly now: () => Date;
}

/** Only other processes of the registry come between: those of this one take turns. */
const mostAttempts = 5;
const mostWaiting = 32;
const isOutdated = Symbol('the graph is another one than was composed');

/**
 * Composes outside of the writers' lock against the graph as it is read, then keeps the release only if the graph
 * is still that one; else composes anew. Nothing is half-published: versions, release and evidence are one change.
 */
export function createReleaseGraph(options: ReleaseGraphOptions): ReleaseGraph {
  const { store, checkGraph, keepSchemaChange, now } = options;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function attempt<T>(
    request: Request,
    makePlan: (basis: Basis) => Promise<Plan<T>>,
  ): Promise<T | typeof isOutdated> {
    const basis = await readBasis(store);
    const plan = await makePlan(basis);
    if (plan.kind === 'settled') return plan.result;
    const checked = await checkGraph(basis, plan.proposal);
    const { graph, report } = checked;
    if (graph === null || report.verdict === 'REFUSED') throw refusedBy(report);
    return keepSchemaChange<T | typeof isOutdated>(request, async (writer) => {
      if ((await basisKey(writer)) !== basis.key) return { result: isOutdated, evidence: [] };
      const sequence = (basis.release?.sequence ?? 0) + 1;
      const { result, evidence } = await plan.save(writer, { ...checked, sequence });
      const { id, sdl, owners, contracts } = graph;
      const head = await nextHead(writer, { sequence, id, cause: plan.cause, now: now() });
      const release: ReleaseEntry = { head, sdl, owners, contracts };
      await writer.schemas.saveRelease(release);
      return { result, evidence };
    });
  }

  return async (request, plan) => {
    if (waiting >= mostWaiting) {
      throw new Refusal('COMPOSITION_BUSY', `${mostWaiting} publications are waiting already`);
    }
    waiting += 1;
    const turn = last.then(async () => {
      for (let times = 0; times < mostAttempts; times += 1) {
        const kept = await attempt(request, plan);
        if (kept !== isOutdated) return kept;
      }
      throw new Refusal('GRAPH_CHANGED', 'The graph changed each time it was composed');
    });
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}

export function refusedBy(report: CheckReport): Refusal {
  const errors = report.findings.filter(({ severity }) => severity === 'ERROR').length;
  return new Refusal(
    'CHECK_REFUSED',
    `The check found ${errors + report.moreFindings} reasons not to publish`,
    [],
    report,
  );
}

/** A release of the subgraphs as they are saved by now. */
export async function nextHead(
  writer: RegistryWriter,
  release: {
    readonly sequence: number;
    readonly id: string;
    readonly cause: ReleaseHead['cause'];
    readonly now: Date;
  },
): Promise<ReleaseHead> {
  const partners = await writer.partners();
  const subgraphs = new Map((await writer.schemas.subgraphs()).map((entry) => [entry.name, entry]));
  const inForce = await writer.schemas.versionsInForce();
  return {
    sequence: release.sequence,
    id: release.id,
    cause: release.cause,
    issuedAt: release.now.toISOString(),
    subgraphs: inForce.map(({ subgraph, version, url }) => ({
      name: subgraph,
      version,
      url,
      owner: ownerOf({ partners, subgraphs }, subgraph) ?? 'hub',
      deprecatedUntil: subgraphs.get(subgraph)?.deprecation?.until ?? null,
    })),
  };
}
