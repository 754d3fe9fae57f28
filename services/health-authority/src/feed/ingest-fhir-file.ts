import type { DropOutcome, DroppedFile } from '@tavolo/feed-kit';
import { fhirBundle } from './fhir-resources.ts';
import { type FhirIngest, ingestFhirBundle } from './ingest-fhir-bundle.ts';
import { labelOfFile } from './label-of-file.ts';

/** Takes in a dropped FHIR bundle; a file that is no bundle at all is rejected whole. */
export async function ingestFhirFile(file: DroppedFile, ingest: FhirIngest): Promise<DropOutcome> {
  const source = labelOfFile(file);
  const reject = (field: string | null, reason: string): DropOutcome => {
    ingest.store.reject(source, { field, reason }, ingest.now().toISOString());
    return { kind: 'rejected', reason };
  };
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes));
  } catch {
    return reject(null, 'is not JSON in UTF-8');
  }
  const bundle = fhirBundle.safeParse(content);
  if (!bundle.success) return reject('Bundle', 'is not a FHIR bundle of a supported type');
  const news = await ingestFhirBundle(bundle.data, source, ingest);
  return { kind: news === 0 && bundle.data.entry.length > 0 ? 'duplicate' : 'ingested' };
}
