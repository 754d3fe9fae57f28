import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type {
  Delivery,
  FeedProblem,
  HealthFeedStore,
  MessageReading,
} from '../store/health-feed-store.ts';
import {
  type FhirBundle,
  type FhirResource,
  fhirResource,
  fhirTypesRead,
} from './fhir-resources.ts';
import type { FhirReferences } from './fhir-values.ts';
import { localIdOfPatient } from './parse-fhir-patient.ts';
import { type FhirConventions, parseFhirResource } from './parse-fhir-resource.ts';
import { Refusal } from './refusal.ts';

/** Italian municipalities in FHIR are identified by their ISTAT code (HL7 Italia terminology). */
const istatSystems = ['http://hl7.it/sid/istat-comune', 'urn:oid:2.16.840.1.113883.2.9.4.4.7'];
const resourcesPerCommit = 100;

export interface FhirIngest {
  readonly store: HealthFeedStore;
  readonly conventions: FhirConventions;
  readonly now: () => Date;
}

/**
 * Takes in the resources of a bundle, each on its own: one bad resource is quarantined, the others applied.
 * A resource that comes again unchanged does nothing. Returns how many were new.
 */
export async function ingestFhirBundle(
  bundle: FhirBundle,
  source: string,
  { store, conventions, now }: FhirIngest,
): Promise<number> {
  const read = bundle.entry.map((entry, index) => readEntry(entry, index + 1));
  const references = createReferences(read, bundle, store, conventions);
  // Patients first: everything else points to them.
  const ordered = read
    .filter((entry) => entry !== null)
    .sort((a, b) => Number(b.isPatient) - Number(a.isPatient) || a.line - b.line);
  let news = 0;
  for (let start = 0; start < ordered.length; start += resourcesPerCommit) {
    const receivedAt = now().toISOString();
    const deliveries = ordered
      .slice(start, start + resourcesPerCommit)
      .map((entry) => toDelivery(entry, { source, receivedAt }, references, conventions));
    news += store.take(deliveries).filter(({ kind }) => kind !== 'duplicate').length;
    await setImmediate();
  }
  return news;
}

interface ReadEntry {
  readonly line: number;
  readonly isPatient: boolean;
  readonly content: unknown;
  readonly resource: FhirResource | null;
  readonly problem: FeedProblem | null;
}

/** Null for a resource type the hub has no business with: it isn't even stored. */
function readEntry(
  { resource, request }: FhirBundle['entry'][number],
  line: number,
): ReadEntry | null {
  const type = typeOf(resource);
  if (type !== '' && !fhirTypesRead.some((known) => known === type)) return null;
  const entry = { line, isPatient: type === 'Patient', content: resource };
  if (request?.method === 'DELETE') {
    const problem = { field: 'Bundle.entry.request.method', reason: 'DELETE is not supported' };
    return { ...entry, resource: null, problem };
  }
  const parsed = fhirResource.safeParse(resource);
  if (parsed.success) return { ...entry, resource: parsed.data, problem: null };
  const path = parsed.error.issues[0]?.path.filter((step) => typeof step === 'string').join('.');
  const field =
    path === undefined || path === '' ? type || 'Bundle.entry.resource' : `${type}.${path}`;
  return {
    ...entry,
    resource: null,
    problem: { field, reason: 'is missing or not of its FHIR type' },
  };
}

function toDelivery(
  { line, content, resource, problem }: ReadEntry,
  origin: { source: string; receivedAt: string },
  references: FhirReferences,
  conventions: FhirConventions,
): Delivery {
  const bytes = Buffer.from(JSON.stringify(content ?? null));
  const contentSha256 = createHash('sha256').update(bytes).digest('hex');
  const name =
    resource === null ? typeOf(content) : `${resource.resourceType}/${resource.id ?? ''}`;
  return {
    ...origin,
    line,
    sender: 'fhir',
    controlId: `${name}#${contentSha256}`,
    bytes,
    contentSha256,
    reading:
      resource === null
        ? { kind: 'refused', problem: problem ?? { field: null, reason: 'is not a resource' } }
        : readResource(resource, references, conventions),
  };
}

function readResource(
  resource: FhirResource,
  references: FhirReferences,
  conventions: FhirConventions,
): MessageReading {
  try {
    return { kind: 'accepted', ...parseFhirResource(resource, references, conventions) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return { kind: 'refused', problem: { field: cause.field, reason: cause.message } };
  }
}

function createReferences(
  entries: readonly (ReadEntry | null)[],
  bundle: FhirBundle,
  store: HealthFeedStore,
  conventions: FhirConventions,
): FhirReferences {
  const localIds = new Map<string, string>();
  const municipalities = new Map<string, string>();
  entries.forEach((entry, index) => {
    const resource = entry?.resource;
    if (!resource) return;
    const names = [
      bundle.entry[index]?.fullUrl,
      `${resource.resourceType}/${resource.id ?? ''}`,
    ].filter((name) => name !== undefined);
    if (resource.resourceType === 'Patient') {
      const localId = localIdOfPatient(resource, conventions);
      if (localId !== null) for (const name of names) localIds.set(name, localId);
    } else if (resource.resourceType === 'Location') {
      const istat = resource.identifier.find(({ system }) =>
        istatSystems.includes(system ?? ''),
      )?.value;
      if (istat !== undefined) for (const name of names) municipalities.set(name, istat);
    }
  });
  return {
    localIdOf(reference) {
      const relative = /(?:^|\/)(Patient\/[^/]+)(?:\/_history\/.*)?$/.exec(reference)?.[1];
      return (
        localIds.get(reference) ??
        (relative === undefined
          ? null
          : (localIds.get(relative) ?? store.localIdByFhirId(relative.slice('Patient/'.length))))
      );
    },
    municipalityOf: (reference) => municipalities.get(reference) ?? null,
  };
}

function typeOf(resource: unknown): string {
  const isObject = typeof resource === 'object' && resource !== null && 'resourceType' in resource;
  return isObject && typeof resource.resourceType === 'string' ? resource.resourceType : '';
}
