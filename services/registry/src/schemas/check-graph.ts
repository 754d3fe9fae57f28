import type { CheckReport, FieldUse } from '@tavolo/registry-api';
import type { Finding } from '@tavolo/schema-check';
import type { Basis } from './basis.ts';
import { breaksConsumers } from './breaks-consumers.ts';
import type { Composer } from './composition/composer.ts';
import type {
  ComposedGraph,
  CompositionResult,
  DigestedSource,
  FoundChange,
} from './composition/composition-job.ts';
import type { ContractEntry } from './model/contract-entry.ts';
import type { OperationReader } from './store/operation-store.ts';

/** A graph that could be. */
export interface Proposal {
  /** Judged by the rules of the house. */
  readonly submitted: readonly DigestedSource[];
  readonly others: readonly DigestedSource[];
  readonly contracts: readonly ContractEntry[];
  /** What was found before anything was composed. */
  readonly findings: readonly Finding[];
  /** Whether recorded questions may fail by it. */
  readonly acceptBreaking: boolean;
}

export interface CheckedGraph {
  readonly report: CheckReport;
  /** Null when it does not compose. */
  readonly graph: ComposedGraph | null;
  /** Whose recorded questions would fail. */
  readonly brokenConsumers: readonly string[];
}

export type CheckGraph = (basis: Basis, proposal: Proposal) => Promise<CheckedGraph>;

export interface CheckGraphOptions {
  readonly composer: Composer;
  readonly operations: OperationReader;
  readonly now: () => Date;
}

const mostFindings = 500;
const mostChanges = 500;

/** Judges a graph that could be against the one in force and what was asked of it. */
export function createCheckGraph({ composer, operations, now }: CheckGraphOptions): CheckGraph {
  return async (basis, proposal) => {
    const startedAt = performance.now();
    const moment = now().toISOString();
    const { submitted, others, contracts } = proposal;
    const result = await composer.compose({
      submitted,
      others,
      contracts,
      partners: basis.partners.map(({ id }) => id),
      waivers: basis.waivers
        .filter(({ until }) => until > moment)
        .map(({ subgraph, code, coordinate }) => ({ subgraph, code, coordinate })),
      before: basis.release === null ? null : { id: basis.release.id, sdl: basis.release.sdl },
    });
    const usage = await operations.usage(fieldsThatCouldFail(result));
    const changes = result.changes.map((change) => judge(change, usage));
    const broken = changes.filter(({ impact }) => impact === 'BREAKING');
    const findings = [
      ...proposal.findings,
      ...result.findings,
      ...broken.map((change) => breaksConsumers(change, proposal.acceptBreaking)),
    ].sort((a, b) => weight(a) - weight(b));
    return {
      graph: result.graph,
      brokenConsumers: [
        ...new Set(broken.flatMap(({ usedBy }) => usedBy.map(({ consumer }) => consumer))),
      ].sort(),
      report: {
        verdict: findings.some(({ severity }) => severity === 'ERROR') ? 'REFUSED' : 'PASSED',
        findings: findings.slice(0, mostFindings),
        moreFindings: Math.max(0, findings.length - mostFindings),
        changes: changes.slice(0, mostChanges),
        moreChanges: Math.max(0, changes.length - mostChanges),
        supergraphId: result.graph?.id ?? null,
        milliseconds: Math.round(performance.now() - startedAt),
      },
    };
  };
}

function fieldsThatCouldFail({ changes }: CompositionResult): readonly string[] {
  return [...new Set(changes.flatMap(({ isBreaking, fields }) => (isBreaking ? fields : [])))];
}

function judge(
  { kind, coordinate, description, isBreaking, fields }: FoundChange,
  usage: ReadonlyMap<string, readonly FieldUse[]>,
): CheckReport['changes'][number] {
  const usedBy = isBreaking ? addUp(fields.flatMap((field) => usage.get(field) ?? [])) : [];
  const impact = !isBreaking ? 'SAFE' : usedBy.length > 0 ? 'BREAKING' : 'DANGEROUS';
  return { kind, coordinate, description, impact, usedBy };
}

/** One entry for each consumer; a question that asks two fields counts for the greater. */
function addUp(uses: readonly FieldUse[]): FieldUse[] {
  const byConsumer = new Map<string, FieldUse>();
  for (const use of uses) {
    const before = byConsumer.get(use.consumer);
    byConsumer.set(use.consumer, {
      consumer: use.consumer,
      count: Math.max(use.count, before?.count ?? 0),
      lastUsedOn:
        before !== undefined && before.lastUsedOn > use.lastUsedOn
          ? before.lastUsedOn
          : use.lastUsedOn,
      operations: [...new Set([...(before?.operations ?? []), ...use.operations])]
        .sort()
        .slice(0, 20),
    });
  }
  return [...byConsumer.values()].sort((a, b) => b.count - a.count);
}

function weight({ severity }: Finding): number {
  return ['ERROR', 'WARNING', 'NOTE'].indexOf(severity);
}
