import { readFile } from 'node:fs/promises';
import type { Role, SensitiveCategory } from '@tavolo/access-model';
import { demoPurposeFile } from '@tavolo/schemas';
import type { Permission } from './permissions.ts';

/** Who reads the graph, and whose they are in the demo. */
export const readers = {
  coordinator: { organisation: 'provincial-table', class: 'DASHBOARD', documents: 'TRUSTED' },
  analyst: { organisation: 'provincial-table', class: 'ANALYSIS', documents: 'FREE' },
  'case-worker': { organisation: 'social-services', class: 'CASE_WORK', documents: 'FREE' },
  'partner-it': { organisation: 'reception-centres', class: 'DIAGNOSTICS', documents: 'FREE' },
  'fact-loader': { organisation: 'provincial-table', class: 'FACTS', documents: 'TRUSTED' },
} as const;
export type Reader = keyof typeof readers;

/** A purpose of the matrix: of the demo, or one that the journeys register. */
export interface MatrixPurpose {
  readonly id: string;
  readonly role: Reader;
  readonly documents: 'TRUSTED' | 'FREE';
  readonly coordinates: ReadonlySet<string>;
  readonly categories: readonly SensitiveCategory[];
  readonly isDemo: boolean;
}

const demoPurposes: Readonly<Record<Reader, string>> = {
  coordinator: 'table-figures',
  analyst: 'integration-analysis',
  'case-worker': 'integrated-care',
  'partner-it': 'own-diagnostics',
  'fact-loader': 'table-facts',
};

/**
 * For each role three purposes: the demo's; one that lists every field of the graph and was granted every
 * category; one that lists every field and declares no category.
 */
export async function matrixPurposes(
  permissions: ReadonlyMap<string, Permission>,
): Promise<readonly MatrixPurpose[]> {
  const everything = new Set(permissions.keys());
  const categories = [...new Set([...permissions.values()].flatMap((field) => field.categories))];
  const roles = Object.keys(readers) as Reader[];
  const lists = await Promise.all(roles.map((role) => demoPurpose(role)));
  return roles.flatMap((role, at) => {
    const { documents } = readers[role];
    const registered = { role, documents, coordinates: everything, isDemo: false };
    return [
      { role, documents, isDemo: true, ...lists[at] } as MatrixPurpose,
      { ...registered, id: `everything-${role}`, categories },
      { ...registered, id: `nothing-special-${role}`, categories: [] },
    ];
  });
}

async function demoPurpose(
  role: Reader,
): Promise<Pick<MatrixPurpose, 'id' | 'coordinates' | 'categories'>> {
  const id = demoPurposes[role];
  // Generated beside the schemas, which test it.
  const listed = JSON.parse(await readFile(demoPurposeFile(id), 'utf8')) as {
    coordinates: readonly string[];
    categories: readonly SensitiveCategory[];
    byPartner?: Readonly<Record<string, readonly string[]>>;
  };
  const own = listed.byPartner?.[readers[role].organisation];
  return { id, coordinates: new Set(own ?? listed.coordinates), categories: listed.categories };
}

/** What the matrix expects where a purpose of another organisation or role is named. */
export function purposeRefusal(role: Role, purpose: MatrixPurpose): 'UNKNOWN' | 'ROLE' | null {
  if (organisationOf(role) !== readers[purpose.role].organisation) return 'UNKNOWN';
  return role === purpose.role ? null : 'ROLE';
}

function organisationOf(role: Role): string {
  if (role === 'privacy-officer') return 'provincial-table';
  return role === 'hub-operator' ? 'hub-operations' : readers[role].organisation;
}
