import type { EnrollingInstitution } from '../generated/resolver-types.ts';
import type { Partner } from '../partner.ts';
import { institutionOf } from '../partners/further-partner.ts';

/** How the graph names an institution. */
export function institutionInGraph(partner: Partner): EnrollingInstitution {
  // The generated type knows the founding ones; the schema that is served has a value for each that enrols.
  return institutionOf(partner) as EnrollingInstitution;
}
