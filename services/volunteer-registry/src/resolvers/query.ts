import { municipalities } from '@tavolo/schemas';
import { readPageRequest, toConnection } from '@tavolo/subgraph-kit';
import type { QueryResolvers } from '../generated/resolver-types.ts';

const idOf = (row: { readonly id: string }) => row.id;

export const Query: QueryResolvers = {
  async volunteerOrganisations(_parent, { first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    return toConnection(await store.organisationsPage(page.afterId, page.size + 1), page, idOf);
  },
  async tutorMatches(_parent, { district, openOn, first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    const inDistrict = municipalities.filter((municipality) => municipality.district === district);
    const organisationIds = district
      ? await store.organisationIdsInMunicipalities(inDistrict.map(({ istatCode }) => istatCode))
      : null;
    const selection = { organisationIds, openOn: openOn ?? null };
    return toConnection(
      await store.matchesPage(selection, page.afterId, page.size + 1),
      page,
      idOf,
    );
  },
  async volunteerRegistryRejections(_parent, { first, after }, { store }) {
    const page = readPageRequest({ first, after: after ?? null });
    return toConnection(await store.rejectionsPage(page.afterId, page.size + 1), page, idOf);
  },
};
