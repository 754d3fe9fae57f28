/** A count about people as it may be published: one person more or less does not show. */
export function roundedToFive(count: number): number {
  return Math.round(count / 5) * 5;
}
