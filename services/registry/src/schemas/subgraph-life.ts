import type { PublicationResult } from '@tavolo/registry-api';
import type { Request } from '../keep-change.ts';
import { mustMay } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { type Basis, sourceOf } from './basis.ts';
import type { KeepSchemaChange } from './keep-schema-change.ts';
import type { SubgraphEntry, VersionText } from './model/subgraph-entry.ts';
import { mustOwn } from './must-own.ts';
import { nextHead, type ReleaseGraph } from './release-graph.ts';
import type { SchemaReader } from './store/schema-store.ts';
import { unchangedResult } from './unchanged-result.ts';

/** What happens to a subgraph after it was published. */
export interface SubgraphLife {
  /** Back to a version that was served before, with the others as they are now. */
  rollBack(
    request: Request,
    name: string,
    to: { readonly version: number; readonly acceptBreaking: boolean },
  ): Promise<PublicationResult>;
  /** Says until when it is served at the least; `until` null takes it back. */
  deprecate(
    request: Request,
    name: string,
    deprecation: { readonly until: string | null; readonly reason: string },
  ): Promise<void>;
  /** Takes it out of the graph. */
  archive(
    request: Request,
    name: string,
    how: { readonly acceptBreaking: boolean },
  ): Promise<PublicationResult>;
}

export interface SubgraphLifeOptions {
  readonly schemas: SchemaReader;
  readonly releaseGraph: ReleaseGraph;
  readonly keepSchemaChange: KeepSchemaChange;
  readonly now: () => Date;
}

export function createSubgraphLife(options: SubgraphLifeOptions): SubgraphLife {
  const { schemas, releaseGraph, keepSchemaChange, now } = options;
  return {
    async rollBack(request, name, { version: number, acceptBreaking }) {
      mustMay(request.caller, 'publishSchema');
      return releaseGraph<PublicationResult>(request, async (basis) => {
        const before = existing(basis, request, name);
        const version = await schemas.version(name, number);
        if (version === null || version.publishedAt === null) {
          throw new Refusal('NO_SUCH_VERSION', 'This version was never served, or is kept no more');
        }
        if (before.version === number) {
          const settled = [{ name, version: number }];
          return { kind: 'settled', result: unchangedResult(basis, settled) };
        }
        return {
          kind: 'release',
          cause: 'ROLLED_BACK',
          // It was judged by the rules of the house when it was published: nothing keeps it from coming back fast.
          proposal: proposalOf(basis, acceptBreaking, [...othersThan(basis, name), version]),
          async save(writer, { report, graph, sequence, brokenConsumers }) {
            await writer.schemas.saveSubgraph({ ...before, version: number, isArchived: false });
            return {
              result: {
                sequence,
                supergraphId: graph?.id ?? null,
                subgraphs: [{ name, version: number }],
                report,
              },
              evidence: [
                {
                  action: 'ROLLED_BACK',
                  subject: { kind: 'subgraph', id: name },
                  revisionBefore: before.version ?? 0,
                  revisionAfter: number,
                  sequence,
                  digest: version.digest,
                  brokenConsumers,
                },
              ],
            };
          },
        };
      });
    },
    async deprecate(request, name, { until, reason }) {
      mustMay(request.caller, 'publishSchema');
      await keepSchemaChange(request, async (writer) => {
        const entries = await writer.schemas.subgraphs();
        const subgraphs = new Map(entries.map((entry) => [entry.name, entry]));
        const basis = { partners: await writer.partners(), subgraphs };
        const before = existing(basis, request, name);
        const release = await writer.schemas.release();
        if (before.version === null || release === null) {
          throw new Refusal('STATE_CONFLICT', 'Only a subgraph that is in the graph is deprecated');
        }
        if (until !== null && until <= now().toISOString()) {
          throw new Refusal('INVALID', 'The request has another form', [
            { field: 'until', rule: 'CUSTOM', message: 'must be in the future' },
          ]);
        }
        const deprecation = until === null ? null : { until, reason };
        if (
          before.deprecation?.until === deprecation?.until &&
          before.deprecation?.reason === deprecation?.reason
        ) {
          return { result: undefined, evidence: [] };
        }
        await writer.schemas.saveSubgraph({ ...before, deprecation });
        // The same graph, told anew: gateways say with every answer what is going to end.
        const sequence = release.head.sequence + 1;
        const { id } = release.head;
        const head = await nextHead(writer, { sequence, id, cause: 'DEPRECATED', now: now() });
        await writer.schemas.saveRelease({ ...release, head });
        return {
          result: undefined,
          evidence: [
            {
              action: until === null ? 'RESUMED' : 'DEPRECATED',
              subject: { kind: 'subgraph', id: name },
              revisionBefore: before.version,
              revisionAfter: before.version,
              sequence,
            },
          ],
        };
      });
    },
    async archive(request, name, { acceptBreaking }) {
      const { caller } = request;
      mustMay(caller, 'publishSchema');
      if (acceptBreaking && !caller.roles.has('hub-operator')) {
        throw new Refusal('FORBIDDEN', 'Only the hub operator archives what is still asked for');
      }
      return releaseGraph<PublicationResult>(request, async (basis) => {
        const before = existing(basis, request, name);
        if (before.version === null) {
          if (before.isArchived) return { kind: 'settled', result: unchangedResult(basis, []) };
          throw new Refusal('STATE_CONFLICT', 'The subgraph is not in the graph');
        }
        if (!acceptBreaking) mustBeOver(before, now());
        const others = othersThan(basis, name);
        if (others.length === 0) {
          throw new Refusal('LAST_SUBGRAPH', 'The graph has no other subgraph');
        }
        const wasInForce = before.version;
        return {
          kind: 'release',
          cause: 'ARCHIVED',
          proposal: proposalOf(basis, acceptBreaking, others),
          async save(writer, { report, graph, sequence, brokenConsumers }) {
            await writer.schemas.saveSubgraph({
              ...before,
              version: null,
              deprecation: null,
              isArchived: true,
            });
            return {
              result: { sequence, supergraphId: graph?.id ?? null, subgraphs: [], report },
              evidence: [
                {
                  action: 'ARCHIVED',
                  subject: { kind: 'subgraph', id: name },
                  revisionBefore: wasInForce,
                  revisionAfter: wasInForce,
                  sequence,
                  brokenConsumers,
                },
              ],
            };
          },
        };
      });
    },
  };
}

function existing(
  basis: Pick<Basis, 'partners' | 'subgraphs'>,
  { caller }: Request,
  name: string,
): SubgraphEntry {
  const entry = basis.subgraphs.get(name);
  if (entry === undefined) throw new Refusal('NOT_FOUND', 'There is no such subgraph');
  mustOwn(caller, basis, [name]);
  return entry;
}

function othersThan({ inForce }: Basis, name: string): readonly VersionText[] {
  return inForce.filter(({ subgraph }) => subgraph !== name);
}

/** Nothing is new in it, so the composition and what is asked are all that is judged. */
function proposalOf(basis: Basis, acceptBreaking: boolean, versions: readonly VersionText[]) {
  return {
    submitted: [],
    others: versions
      .toSorted((a, b) => (a.subgraph < b.subgraph ? -1 : 1))
      .map((version) => sourceOf(basis, version)),
    contracts: basis.contracts,
    findings: [],
    acceptBreaking,
  };
}

function mustBeOver({ deprecation }: SubgraphEntry, now: Date): void {
  if (deprecation === null) {
    throw new Refusal('NOT_DEPRECATED', 'The subgraph was not deprecated');
  }
  if (deprecation.until > now.toISOString()) {
    throw new Refusal('GRACE_NOT_OVER', 'The grace period is not over');
  }
}
