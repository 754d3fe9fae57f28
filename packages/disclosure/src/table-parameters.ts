/** Chosen with the attack suite and the utility table of the README; no configuration changes them. */
export const tableParameters = {
  version: '1',
  maximumDeviation: 8,
  variance: 3,
} as const;
