/** The institutions that enrol from the beginning. */
export const FOUNDING_PARTNERS = [
  'reception-centres',
  'health-authority',
  'social-services',
  'volunteer-registry',
] as const;

/** An institution that enrols, by the name of its subgraph: a founding one, or one taken in while the index runs. */
export type Partner = string;
