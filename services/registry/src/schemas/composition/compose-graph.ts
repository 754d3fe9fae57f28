import { createHash } from 'node:crypto';
import type { Finding } from '@tavolo/schema-check';
import {
  applyContract,
  ContractError,
  checkSubgraphs,
  findChanges,
} from '@tavolo/schema-check/compose';
import { readFieldOwners } from '../../owners/read-owners.ts';
import type { ContractEntry } from '../model/contract-entry.ts';
import type { ReleasedContract } from '../model/release-entry.ts';
import type { CompositionJob, CompositionResult } from './composition-job.ts';
import { contractRefused } from './contract-refused.ts';

/** Composes, checks, and works out all that is served of the result; slow, for the worker. */
export function composeGraph(job: CompositionJob): CompositionResult {
  const { submitted, others, partners, waivers, before } = job;
  const checked = checkSubgraphs({ submitted, others, partners, waivers });
  const sdl = checked.supergraphSdl;
  if (sdl === null) return { findings: checked.findings, graph: null, changes: [] };
  const findings: Finding[] = [...checked.findings];
  const contracts: ReleasedContract[] = [];
  for (const contract of job.contracts) {
    const variant = variantOf(sdl, contract);
    if (variant.kind === 'made') contracts.push({ contract: contract.name, sdl: variant.sdl });
    else findings.push(variant.finding);
  }
  const id = createHash('sha256').update(sdl).digest('hex');
  return {
    findings,
    graph: { sdl, id, owners: readFieldOwners(sdl), contracts },
    changes: before === null || before.id === id ? [] : findChanges(before.sdl, sdl),
  };
}

function variantOf(
  sdl: string,
  contract: ContractEntry,
):
  | { readonly kind: 'made'; readonly sdl: string }
  | { readonly kind: 'refused'; readonly finding: Finding } {
  try {
    return { kind: 'made', sdl: applyContract(sdl, contract) };
  } catch (cause) {
    if (!(cause instanceof ContractError)) throw cause;
    return { kind: 'refused', finding: contractRefused(contract.name, cause.code) };
  }
}
