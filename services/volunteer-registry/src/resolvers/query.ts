import {
  districtsOf,
  mayReadDiagnostics,
  readPageRequest,
  toConnection,
} from '@tavolo/subgraph-kit';
import type { QueryResolvers } from '../generated/resolver-types.ts';
import { organisationIdsIn } from '../loaders/organisations-in.ts';

const idOf = (row: { readonly id: string }) => row.id;

export const Query: QueryResolvers = {
  async volunteerOrganisations(_parent, { first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    return toConnection(await store.organisationsPage(page.afterId, page.size + 1), page, idOf);
  },
  async tutorMatches(_parent, { district, openOn, first, after }, { store, caller }) {
    const page = readPageRequest({ first, after: after ?? null });
    const organisationIds = await organisationIdsIn(store, districtsOf(caller, district));
    const selection = { organisationIds, openOn: openOn ?? null };
    return toConnection(
      await store.matchesPage(selection, page.afterId, page.size + 1),
      page,
      idOf,
    );
  },
  async volunteerRegistryRejections(_parent, { first, after }, { store, caller }) {
    const page = readPageRequest({ first, after: after ?? null });
    const rows = mayReadDiagnostics(caller, 'volunteer-registry')
      ? await store.rejectionsPage(page.afterId, page.size + 1)
      : [];
    return toConnection(rows, page, idOf);
  },
};
