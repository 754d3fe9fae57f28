import type { ContractContent, ContractView } from '@tavolo/registry-api';
import type { Request } from '../keep-change.ts';
import { mustMay } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import type { RegistryReader } from '../store/registry-store.ts';
import { sourceOf } from './basis.ts';
import type { KeepSchemaChange, SchemaEvidence } from './keep-schema-change.ts';
import type { ContractEntry } from './model/contract-entry.ts';
import type { ReleaseGraph } from './release-graph.ts';

/** Variants of the graph for an audience. */
export interface Contracts {
  /** Refused when nothing would be left of the graph in force. */
  put(request: Request, name: string, content: ContractContent): Promise<ContractView>;
}

export interface ContractsOptions {
  readonly reader: RegistryReader;
  readonly releaseGraph: ReleaseGraph;
  readonly keepSchemaChange: KeepSchemaChange;
}

const mostContracts = 20;

export function createContracts({
  reader,
  releaseGraph,
  keepSchemaChange,
}: ContractsOptions): Contracts {
  return {
    async put(request, name, content) {
      mustMay(request.caller, 'changeContract');
      const after: ContractEntry = { name, ...content };
      const evidence = (before: ContractEntry | null): SchemaEvidence => ({
        action: before === null ? 'CREATED' : 'CHANGED',
        subject: { kind: 'contract', id: name },
        revisionBefore: before === null ? 0 : 1,
        revisionAfter: 1,
      });
      if ((await reader.schemas.releaseHead()) === null) {
        return keepSchemaChange(request, async (writer) => {
          const contracts = await writer.schemas.contracts();
          const before = contracts.find((one) => one.name === name) ?? null;
          mustFit(contracts, before);
          if (before !== null && isSame(before, after)) return { result: content, evidence: [] };
          await writer.schemas.saveContract(after);
          return { result: content, evidence: [evidence(before)] };
        }).then(() => ({ name, ...content }));
      }
      return releaseGraph<ContractView>(request, async (basis) => {
        const before = basis.contracts.find((one) => one.name === name) ?? null;
        if (before !== null && isSame(before, after)) {
          return { kind: 'settled', result: { name, ...content } };
        }
        mustFit(basis.contracts, before);
        return {
          kind: 'release',
          cause: 'CONTRACT_CHANGED',
          proposal: {
            submitted: [],
            others: basis.inForce.map((version) => sourceOf(basis, version)),
            contracts: [...basis.contracts.filter((one) => one.name !== name), after].sort(
              (a, b) => (a.name < b.name ? -1 : 1),
            ),
            findings: [],
            // The graph itself stays as it is.
            acceptBreaking: true,
          },
          async save(writer, { sequence }) {
            await writer.schemas.saveContract(after);
            return {
              result: { name, ...content },
              evidence: [{ ...evidence(before), sequence }],
            };
          },
        };
      });
    },
  };
}

function mustFit(contracts: readonly ContractEntry[], before: ContractEntry | null): void {
  if (before !== null || contracts.length < mostContracts) return;
  throw new Refusal('LIMIT_REACHED', `The registry holds no more than ${mostContracts} contracts`);
}

function isSame(a: ContractEntry, b: ContractEntry): boolean {
  return (
    JSON.stringify([a.includeTags, a.excludeTags]) ===
    JSON.stringify([b.includeTags, b.excludeTags])
  );
}
