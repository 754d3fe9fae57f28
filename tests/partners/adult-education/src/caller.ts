/** Who asks and what for, as the gateway signed it. */
export interface Caller {
  readonly organisation: string;
  readonly partner: string | null;
  readonly user: string;
  readonly roles: readonly string[];
  readonly purposeId: string;
  readonly purposeVersion: number;
  readonly categories: readonly string[];
  /** Whose rows may be seen: null = the whole province, an empty list = nobody's. */
  readonly districts: readonly string[] | null;
  readonly requestId: string;
}

type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** The caller of a context, or null when a member is missing or of another type. */
export function readCaller(value: unknown): Caller | null {
  if (!isMembers(value)) return null;
  const { organisation, partner, user, roles, purposeId, purposeVersion, requestId } = value;
  const { categories, districts } = value;
  if (typeof organisation !== 'string' || typeof user !== 'string') return null;
  if (typeof purposeId !== 'string' || typeof requestId !== 'string') return null;
  if (partner !== null && typeof partner !== 'string') return null;
  if (typeof purposeVersion !== 'number' || !Number.isSafeInteger(purposeVersion)) return null;
  if (!isTexts(roles) || !isTexts(categories)) return null;
  if (districts !== null && !isTexts(districts)) return null;
  return {
    organisation,
    partner,
    user,
    roles,
    purposeId,
    purposeVersion,
    categories,
    districts,
    requestId,
  };
}
