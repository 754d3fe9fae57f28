import type { SubmittedSubgraph } from '@tavolo/registry-api';
import { Refusal } from '../refusal.ts';
import { digestFiles } from './digest-files.ts';
import type { SubgraphEntry, VersionText } from './model/subgraph-entry.ts';
import type { SchemaReader } from './store/schema-store.ts';

/** A schema on its way in, with all that it takes to keep it. */
export interface Submission extends Pick<VersionText, 'subgraph' | 'files' | 'digest' | 'url'> {
  /** The newest version, when it is a draft of the same text. */
  readonly draftVersion: number | null;
}

/** What a database cannot hold as text: NUL and half characters. */
const unstorable = /[\0\p{Cs}]/u;

/** Fills in the address of the version before, and refuses what cannot be kept as it was written. */
export async function readSubmission(
  schemas: SchemaReader,
  subgraphs: ReadonlyMap<string, SubgraphEntry>,
  { name, files, url }: SubmittedSubgraph,
  at: number,
): Promise<Submission> {
  const bad = files.findIndex(({ text }) => unstorable.test(text));
  if (bad >= 0) {
    throw refuse(`subgraphs.${at}.files.${bad}.text`, 'must have no NUL and no half characters');
  }
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size !== files.length) throw refuse(`subgraphs.${at}.files`, 'names a file twice');
  const entry = subgraphs.get(name);
  const newest =
    entry === undefined || entry.lastVersion === 0
      ? null
      : await schemas.version(name, entry.lastVersion);
  const inForce =
    entry === undefined || entry.version === null
      ? null
      : await schemas.version(name, entry.version);
  const known = url ?? (inForce ?? newest)?.url;
  if (known === undefined) throw refuse(`subgraphs.${at}.url`, 'must be said the first time');
  const digest = digestFiles(files);
  const isDraft =
    newest !== null &&
    newest.publishedAt === null &&
    newest.digest === digest &&
    newest.url === known;
  return {
    subgraph: name,
    files,
    digest,
    url: known,
    draftVersion: isDraft ? newest.version : null,
  };
}

function refuse(field: string, message: string): Refusal {
  return new Refusal('INVALID', 'The request has another form', [
    { field, rule: 'CUSTOM', message },
  ]);
}
