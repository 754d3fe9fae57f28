import { z } from 'zod';

/** The province's social-health districts, named as the graph's `District`. */
export const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;

export const districtName = z.enum(districts);
export type District = z.infer<typeof districtName>;

/** Whose rows may be seen; `null` = the whole province. An empty list sees none. */
export const districtScope = z.array(districtName).max(districts.length).nullable();
export type DistrictScope = readonly District[] | null;

/** What lies in both. */
export function narrowDistricts(a: DistrictScope, b: DistrictScope): DistrictScope {
  if (a === null) return b;
  if (b === null) return a;
  return a.filter((district) => b.includes(district));
}
