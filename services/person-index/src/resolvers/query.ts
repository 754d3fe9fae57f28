import type { QueryResolvers } from '../generated/resolver-types.ts';
import type { PartnerList } from '../partners/partner-directory.ts';

export function createQueryResolvers({ names }: PartnerList): QueryResolvers {
  return {
    personIndexStatus: (_parent, _arguments, { status }) => status(names),
    async people(_parent, page, { mayListPeople, peoplePage, noteAccess }) {
      const found = await peoplePage(page);
      // Read all the same: how long it takes must not say whether there is anybody.
      if (!mayListPeople) return null;
      for (const person of found.nodes) noteAccess(person);
      return found;
    },
  };
}
