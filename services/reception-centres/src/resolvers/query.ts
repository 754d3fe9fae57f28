import { readPageRequest, toConnection } from '@tavolo/subgraph-kit';
import type { QueryResolvers } from '../generated/resolver-types.ts';

export const Query: QueryResolvers = {
  async facilities(_parent, { district, receptionType, first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const filter = { district: district ?? null, receptionType: receptionType ?? null };
    return toConnection(await store.facilities(filter, page), page, (row) => row.id);
  },
  async immediateReceptions(_parent, { district, from, to, first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const filter = { district: district ?? null, from: from ?? null, to: to ?? null };
    return toConnection(await store.immediateReceptions(filter, page), page, (row) => row.id);
  },
  async presenceAlarms(_parent, { district, kind, since, first, after }, { store, today }) {
    const page = readPageRequest({ first, after: after ?? null });
    const filter = { district: district ?? null, kind: kind ?? null, since: since ?? null };
    return toConnection(await store.presenceAlarms(filter, today(), page), page, (row) => row.id);
  },
  async receptionCentresRejections(_parent, { first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    return toConnection(await store.rejections(page), page, (row) => row.id);
  },
};
