import { createHash } from 'node:crypto';
import type { Finding } from '@tavolo/schema-check';
import { checkSubgraphs } from '@tavolo/schema-check/compose';
import { readFieldOwners } from '../../owners/read-owners.ts';
import type { CompositionJob, CompositionResult } from './composition-job.ts';

/** Composes, checks, and works out all that is served of the result; slow, for the worker. */
export function composeGraph(job: CompositionJob): CompositionResult {
  const { submitted, others, partners, waivers } = job;
  const { findings: found, supergraphSdl: sdl } = checkSubgraphs({
    submitted,
    others,
    partners,
    waivers,
  });
  if (sdl === null) return { findings: found, graph: null, changes: [] };
  const findings: Finding[] = [...found];
  return {
    findings,
    graph: {
      sdl,
      id: createHash('sha256').update(sdl).digest('hex'),
      owners: readFieldOwners(sdl),
      contracts: [],
    },
    changes: [],
  };
}
