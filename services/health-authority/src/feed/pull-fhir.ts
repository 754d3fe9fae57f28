import { type FhirClientOptions, FhirServerError, readFhirPage } from './fhir-client.ts';
import { fhirResourceUpdated } from './fhir-resource-updated.ts';
import { type FhirIngest, ingestFhirBundle } from './ingest-fhir-bundle.ts';

export interface FhirPullOptions extends FhirIngest {
  readonly client: FhirClientOptions;
  readonly pageSize: number;
  /** Pages of one resource type in one pull; what is left comes with the next pull. */
  readonly maxPages: number;
  /** How far before the newest seen the next pull begins again: servers index late. */
  readonly overlapMs: number;
}

/** Patients first: the others point to them. Locations come with the services that are in them. */
const searches = [
  'Patient',
  'Encounter',
  'Coverage',
  'Flag',
  'ServiceRequest',
  'HealthcareService',
  'DocumentReference',
];

/** Pulls what changed since the last pull, type by type; returns how many resources were new. */
export async function pullFhir(options: FhirPullOptions): Promise<number> {
  let news = 0;
  for (const type of searches) news += await pullType(type, options);
  return news;
}

/**
 * The cursor is stored after the pages it speaks for are committed, and only as far as they reach: a pull
 * that dies half way is simply done again.
 */
async function pullType(type: string, options: FhirPullOptions): Promise<number> {
  const { store, client, pageSize, maxPages, overlapMs } = options;
  const cursorName = `fhir:${type}`;
  const cursor = store.readCursor(cursorName);
  let url: URL | null = searchUrl(type, client.baseUrl, cursor, { pageSize, overlapMs });
  let newest = cursor;
  let news = 0;
  for (let page = 1; url; page += 1) {
    if (page > maxPages) {
      // Sorted ascending as asked, so what was read is complete up to `newest`.
      if (newest !== null && newest !== cursor) break;
      throw new FhirServerError('TOO_MANY_PAGES', `more than ${maxPages} pages without progress`);
    }
    const { bundle, next } = await readFhirPage(url, client);
    news += await ingestFhirBundle(bundle, 'fhir-pull', options);
    for (const { resource } of bundle.entry) {
      const updated = fhirResourceUpdated(resource, type);
      if (updated !== null && (newest === null || updated > newest)) newest = updated;
    }
    url = next;
  }
  if (newest !== null && newest !== cursor) store.writeCursor(cursorName, newest);
  return news;
}

function searchUrl(
  type: string,
  baseUrl: URL,
  cursor: string | null,
  { pageSize, overlapMs }: { pageSize: number; overlapMs: number },
): URL {
  const url = new URL(type, baseUrl);
  url.searchParams.set('_count', String(pageSize));
  url.searchParams.set('_sort', '_lastUpdated');
  if (cursor !== null) {
    const since = new Date(Date.parse(cursor) - overlapMs).toISOString();
    url.searchParams.set('_lastUpdated', `ge${since}`);
  }
  if (type === 'HealthcareService') url.searchParams.set('_include', 'HealthcareService:location');
  return url;
}
