import { readFile } from 'node:fs/promises';
import {
  type ConsumerState,
  type PurposeState,
  type RegistryState,
  sensitiveCategory,
} from '@tavolo/access-model';
import { demoPurposeFile, type SubgraphName, subgraphNames } from '@tavolo/schemas';
import { z } from 'zod';

/**
 * Organisations that ask for the same thing: the gateway counts each by itself, so that a benchmark asks faster
 * than any one of them may.
 */
const organisations = 32;

/** What each client of the benchmark may, by its purpose; the token says which. */
export const gatePurposes = {
  /** Everything the demo's case workers may. */
  care: Array.from({ length: organisations }, (_, number) => `care-${number + 1}`),
  suspended: 'suspended',
  /** All but one field that both questions read. */
  narrow: 'narrow',
  /** Of a class for which the table's question costs too much. */
  modest: 'modest',
} as const;

/** Read by both questions, and left out of the narrow purpose. */
export const forbiddenField = 'Facility.receptionType';

const listedPurpose = z.object({
  coordinates: z.array(z.string()),
  categories: z.array(sensitiveCategory),
});

/** The registry of the benchmark: a consumer for each purpose, a client for each consumer, all named alike. */
export async function gateRegistryState(issuer: string): Promise<RegistryState> {
  const listed = listedPurpose.parse(
    JSON.parse(await readFile(demoPurposeFile('integrated-care'), 'utf8')),
  );
  const purpose = (id: string, more: Partial<PurposeState> = {}): PurposeState => ({
    id,
    version: 1,
    title: id,
    consumerId: id,
    class: 'CASE_WORK',
    roles: ['case-worker'],
    documents: 'FREE',
    districts: null,
    coordinates: listed.coordinates,
    categories: listed.categories,
    grants: Object.fromEntries(subgraphNames.map((name) => [name, listed.categories])),
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2120-01-01T00:00:00Z',
    dailyQuota: Number.MAX_SAFE_INTEGER,
    suspensions: [],
    ...more,
  });
  const { care, suspended, narrow, modest } = gatePurposes;
  const purposes = [
    ...care.map((id) => purpose(id)),
    purpose(suspended, {
      suspensions: [
        { side: 'consumer', by: suspended, reason: 'a pause', at: '2026-01-01T00:00:00Z' },
      ],
    }),
    purpose(narrow, {
      coordinates: listed.coordinates.filter((coordinate) => coordinate !== forbiddenField),
    }),
    purpose(modest, { class: 'DIAGNOSTICS' }),
  ];
  return {
    version: 1,
    partners: subgraphNames.map((id: SubgraphName) => ({
      id,
      name: id,
      subgraphs: [id],
      suspensions: [],
    })),
    consumers: purposes.map(({ id }) => consumer(id, issuer)),
    purposes,
  };
}

function consumer(id: string, issuer: string): ConsumerState {
  return {
    id,
    name: id,
    partnerId: null,
    districts: null,
    clients: [
      { issuer, clientId: id, organisation: null, roles: ['case-worker'], actsFor: 'itself' },
    ],
    suspensions: [],
  };
}
