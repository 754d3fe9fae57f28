/** The institutions that enrol; the names are those of their subgraphs. */
export const PARTNERS = [
  'reception-centres',
  'health-authority',
  'social-services',
  'volunteer-registry',
] as const;

export type Partner = (typeof PARTNERS)[number];

export function isPartner(name: string): name is Partner {
  return PARTNERS.some((partner) => partner === name);
}
