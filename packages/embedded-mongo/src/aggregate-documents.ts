import { Aggregator } from 'mingo';
import { isPlainDocument, type MongoDocument } from './bson-document.ts';
import { type CollectionStore, createCollectionStore } from './collection-store.ts';
import { findDocuments, readFilter } from './find-documents.ts';
import type { DocumentFile } from './open-document-file.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** Throws for a stage that writes, watches or needs an engine of its own; mingo refuses what it does not know. */
export function assertStages(stages: readonly MongoDocument[]): void {
  for (const name of stages.flatMap((stage) => Object.keys(stage))) {
    if (refusedStages.has(name)) refuseUnsupported(`aggregate with ${name}`);
  }
}

/** Runs a pipeline; a leading `$match` uses the indexes, the rest is mingo's over what it let through. */
export function aggregateDocuments(
  file: DocumentFile,
  store: CollectionStore,
  database: string,
  stages: readonly MongoDocument[],
): MongoDocument[] {
  const [first] = stages;
  const match = isPlainDocument(first?.['$match']) ? first['$match'] : {};
  const source = findDocuments(store, readFilter(match, 'aggregate'), {});
  const collectionResolver = (name: string) => [
    ...findDocuments(createCollectionStore(file, database, name), {}, {}),
  ];
  const options = { scriptEnabled: false, collectionResolver };
  return new Aggregator([...stages], options).run<MongoDocument>([...source]);
}

const refusedStages = new Set([
  '$changeStream',
  '$collStats',
  '$geoNear',
  '$indexStats',
  '$merge',
  '$out',
  '$search',
  '$vectorSearch',
]);
