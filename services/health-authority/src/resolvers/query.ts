import { municipalities } from '@tavolo/schemas';
import { mayReadDiagnostics, readPageRequest, toConnection } from '@tavolo/subgraph-kit';
import type { QueryResolvers } from '../generated/resolver-types.ts';

/** What a feed says that nothing ever came through. */
const emptyFeed = {
  received: 0,
  applied: 0,
  quarantined: 0,
  duplicates: 0,
  unmappedServices: 0,
  lastAcceptedAt: null,
};

/** Roots that speak of services, material and the feed; none of them lists people. */
export const Query: QueryResolvers = {
  async healthServiceSites(_parent, { district, serviceType, first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const within = district
      ? municipalities.filter((one) => one.district === district).map(({ istatCode }) => istatCode)
      : null;
    const rows = await store.listSites(
      { municipalities: within, serviceType: serviceType ?? null },
      page,
    );
    return toConnection(rows, page, ({ id }) => id);
  },
  async infoMaterials(_parent, { topic, language, first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const rows = await store.listMaterials(
      { topic: topic ?? null, language: language ?? null },
      page,
    );
    return toConnection(rows, page, ({ id }) => id);
  },
  async healthAuthorityRejections(_parent, { first, after }, { store, caller }) {
    const page = readPageRequest({ first, after: after ?? null });
    const mayRead = mayReadDiagnostics(caller, 'health-authority');
    return toConnection(mayRead ? await store.listRejections(page) : [], page, ({ id }) => id);
  },
  async healthFeedStatus(_parent, _arguments, { store, today, caller }) {
    const day = today();
    if (!mayReadDiagnostics(caller, 'health-authority')) return { day, ...emptyFeed };
    const [counts, unmappedServices, lastAcceptedAt] = await Promise.all([
      store.feedDays(day, day),
      store.countUnmappedServices(),
      store.lastAcceptedAt(),
    ]);
    return { day, ...counts, unmappedServices, lastAcceptedAt };
  },
};
