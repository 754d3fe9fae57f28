/** An institution that was taken in while the index runs. */
export interface FurtherPartner {
  /** That of its subgraph: lower-case words joined by hyphens. */
  readonly name: string;
  readonly label: PartnerLabel;
  /** SHA-256, in hexadecimal, of the token it shows; null once it was removed. */
  readonly tokenSha256: string | null;
  /** RFC 3339; null = it enrols. */
  readonly removedAt: string | null;
}

/** For so long the graph may still ask for the key of a partner that was removed: until its schema is published. */
export const REMOVED_PARTNER_DAYS = 30;

/** What the schema calls it. */
export interface PartnerLabel {
  readonly en: string;
  readonly it: string;
}

/** `employment-centre` → `employmentCentreKey`, its key in `Person`. */
export function keyFieldOf(name: string): string {
  const camelCase = name.replace(/-([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
  return `${camelCase}Key`;
}

/** `employment-centre` → `EMPLOYMENT_CENTRE`, how the graph names it. */
export function institutionOf(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
