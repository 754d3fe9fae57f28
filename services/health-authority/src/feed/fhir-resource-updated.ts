import { z } from 'zod';

const versioned = z.object({
  resourceType: z.string(),
  meta: z.object({ lastUpdated: z.string() }),
});

/** When the server last changed a resource of `type` (RFC 3339, UTC); null for another type or when unsaid. */
export function fhirResourceUpdated(resource: unknown, type: string): string | null {
  const read = versioned.safeParse(resource);
  if (!read.success || read.data.resourceType !== type) return null;
  const time = new Date(read.data.meta.lastUpdated);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
