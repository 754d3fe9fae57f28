import type {
  CheckReport,
  CheckRequest,
  PublicationRequest,
  PublicationResult,
} from '@tavolo/registry-api';
import type { Request } from '../keep-change.ts';
import { mustMay } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import type { RegistryReader, RegistryStore } from '../store/registry-store.ts';
import { type Basis, ownerOf, readBasis, sourceOf } from './basis.ts';
import type { CheckGraph, Proposal } from './check-graph.ts';
import type { CheckRoutingUrls } from './check-routing-urls.ts';
import type { KeepSchemaChange, SchemaEvidence } from './keep-schema-change.ts';
import type { SubgraphEntry, VersionText } from './model/subgraph-entry.ts';
import { mustOwn } from './must-own.ts';
import { readSubmission, type Submission } from './read-submission.ts';
import type { ReleaseGraph } from './release-graph.ts';
import { unchangedResult } from './unchanged-result.ts';

/** What a partner does with its subgraphs' schemas. */
export interface Publications {
  /** What would happen; changes nothing. */
  check(request: Request, body: CheckRequest): Promise<CheckReport>;
  /** All of them or none. */
  publish(request: Request, body: PublicationRequest): Promise<PublicationResult>;
}

export interface PublicationsOptions {
  readonly store: RegistryStore;
  readonly checkGraph: CheckGraph;
  readonly checkRoutingUrls: CheckRoutingUrls;
  readonly releaseGraph: ReleaseGraph;
  readonly keepSchemaChange: KeepSchemaChange;
  readonly now: () => Date;
}

export function createPublications(options: PublicationsOptions): Publications {
  const { store, checkGraph, checkRoutingUrls, releaseGraph, keepSchemaChange, now } = options;

  async function propose(
    basis: Basis,
    submissions: readonly Submission[],
    acceptBreaking: boolean,
  ): Promise<Proposal> {
    const names = new Set(submissions.map(({ subgraph }) => subgraph));
    return {
      submitted: submissions.map((submission) => sourceOf(basis, submission)),
      others: basis.inForce
        .filter(({ subgraph }) => !names.has(subgraph))
        .map((version) => sourceOf(basis, version)),
      contracts: basis.contracts,
      findings: await checkRoutingUrls(
        submissions.map((submission) => sourceOf(basis, submission)),
      ),
      acceptBreaking,
    };
  }

  async function readAll(
    reader: RegistryReader,
    request: Request,
    basis: Basis,
    { subgraphs }: CheckRequest,
  ): Promise<readonly Submission[]> {
    mustOwn(
      request.caller,
      basis,
      subgraphs.map(({ name }) => name),
    );
    return Promise.all(
      subgraphs.map((one, at) => readSubmission(reader.schemas, basis.subgraphs, one, at)),
    );
  }

  return {
    async check(request, body) {
      mustMay(request.caller, 'publishSchema');
      const basis = await readBasis(store);
      const submissions = await readAll(store, request, basis, body);
      const { report } = await checkGraph(basis, await propose(basis, submissions, false));
      return report;
    },
    async publish(request, body) {
      mustMay(request.caller, 'publishSchema');
      if (body.draft) return draft(request, body);
      return releaseGraph<PublicationResult>(request, async (basis) => {
        const submissions = await readAll(store, request, basis, body);
        const changed = submissions.filter((submission) => !isInForce(basis, submission));
        const unchanged = submissions
          .filter((submission) => isInForce(basis, submission))
          .map(({ subgraph }) => ({
            name: subgraph,
            version: basis.subgraphs.get(subgraph)?.version ?? 0,
          }));
        if (changed.length === 0) {
          return { kind: 'settled', result: unchangedResult(basis, unchanged) };
        }
        return {
          kind: 'release',
          cause: 'PUBLISHED',
          proposal: await propose(basis, changed, body.acceptBreaking),
          async save(writer, { report, graph, sequence, brokenConsumers }) {
            const at = now().toISOString();
            const saved: { name: string; version: number }[] = [];
            const evidence: SchemaEvidence[] = [];
            for (const submission of changed) {
              const { subgraph } = submission;
              const before = basis.subgraphs.get(subgraph) ?? null;
              const version: VersionText = {
                ...toVersion(submission, before, request, body.note, at),
                publishedAt: at,
              };
              await writer.schemas.saveSubgraph({
                ...entryOf(basis, submission, before),
                version: version.version,
                lastVersion: Math.max(before?.lastVersion ?? 0, version.version),
                isArchived: false,
              });
              await writer.schemas.saveVersion(version);
              saved.push({ name: subgraph, version: version.version });
              evidence.push({
                action: 'PUBLISHED',
                subject: { kind: 'subgraph', id: subgraph },
                revisionBefore: before?.version ?? 0,
                revisionAfter: version.version,
                sequence,
                digest: version.digest,
                brokenConsumers,
              });
            }
            const subgraphs = [...saved, ...unchanged].sort((a, b) => (a.name < b.name ? -1 : 1));
            return {
              result: { sequence, supergraphId: graph?.id ?? null, subgraphs, report },
              evidence,
            };
          },
        };
      });
    },
  };

  /** Checked, told what is wrong, and kept: nothing is served of it. */
  async function draft(request: Request, body: PublicationRequest): Promise<PublicationResult> {
    const basis = await readBasis(store);
    const submissions = await readAll(store, request, basis, body);
    const proposal = await propose(basis, submissions, body.acceptBreaking);
    const { report } = await checkGraph(basis, proposal);
    return keepSchemaChange(request, async (writer) => {
      // Anew under the lock: what a draft is counted from may have grown meanwhile.
      const entries = await writer.schemas.subgraphs();
      const subgraphs = new Map(entries.map((entry) => [entry.name, entry]));
      mustOwn(
        request.caller,
        { partners: await writer.partners(), subgraphs },
        submissions.map(({ subgraph }) => subgraph),
      );
      const evidence: SchemaEvidence[] = [];
      const saved: { name: string; version: number }[] = [];
      for (const submission of submissions) {
        const before = subgraphs.get(submission.subgraph) ?? null;
        const version = {
          ...toVersion(
            { ...submission, draftVersion: null },
            before,
            request,
            body.note,
            now().toISOString(),
          ),
          publishedAt: null,
        };
        await writer.schemas.saveSubgraph({
          ...entryOf(basis, submission, before),
          lastVersion: version.version,
        });
        await writer.schemas.saveVersion(version);
        saved.push({ name: submission.subgraph, version: version.version });
        evidence.push({
          action: 'DRAFTED',
          subject: { kind: 'subgraph', id: submission.subgraph },
          revisionBefore: before?.version ?? 0,
          revisionAfter: version.version,
          digest: version.digest,
        });
      }
      return { result: { sequence: null, supergraphId: null, subgraphs: saved, report }, evidence };
    });
  }
}

function isInForce(basis: Basis, { subgraph, digest, url }: Submission): boolean {
  const now = basis.inForce.find((version) => version.subgraph === subgraph);
  return now !== undefined && now.digest === digest && now.url === url;
}

function entryOf(
  basis: Basis,
  { subgraph }: Submission,
  before: SubgraphEntry | null,
): SubgraphEntry {
  const owner = ownerOf(basis, subgraph);
  if (owner === null) throw new Refusal('SUBGRAPH_UNREGISTERED', 'No partner has this subgraph');
  return {
    ...(before ?? {
      name: subgraph,
      version: null,
      lastVersion: 0,
      deprecation: null,
      isArchived: false,
    }),
    owner,
  };
}

/** A new version, or the newest draft when it is the same. */
function toVersion(
  { subgraph, digest, url, files, draftVersion }: Submission,
  before: SubgraphEntry | null,
  { caller }: Request,
  note: string,
  createdAt: string,
): Omit<VersionText, 'publishedAt'> {
  return {
    subgraph,
    version: draftVersion ?? (before?.lastVersion ?? 0) + 1,
    digest,
    url,
    note,
    createdAt,
    createdBy: caller.organisation,
    files,
  };
}
