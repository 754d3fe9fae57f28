import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type GraphQLSchema, parse, stripIgnoredCharacters, validate } from 'graphql';
import { z } from 'zod';
import type { Example } from './read-examples.ts';

const trustedDocument = z.object({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u)
    .max(100),
  document: z.string().min(1).max(100_000),
});

const manifest = z.object({
  documents: z.record(z.string().regex(/^[0-9a-f]{64}$/u), trustedDocument),
});

/** A document that runs by its hash, for those who may not write documents of their own. */
export type TrustedDocument = Readonly<z.infer<typeof trustedDocument>>;

/** What `trusted-documents.json` holds: documents by {@link documentHash}. */
export interface TrustedDocuments {
  readonly documents: Readonly<Record<string, TrustedDocument>>;
}

/** A manifest of trusted documents that must not be served; names documents, never shows one. */
export class TrustedDocumentsError extends Error {
  override readonly name = 'TrustedDocumentsError';
}

/**
 * SHA-256, in hexadecimal, of a document without its comments, line breaks and spaces
 * (`stripIgnoredCharacters`), so that an editor's formatting makes no other document of it. Throws a
 * `GraphQLError` on what is no GraphQL.
 */
export function documentHash(text: string): string {
  return createHash('sha256').update(stripIgnoredCharacters(text)).digest('hex');
}

/** The manifest of these documents, in the order of their names. */
export function createTrustedDocuments(
  examples: readonly Pick<Example, 'name' | 'text'>[],
): TrustedDocuments {
  return {
    documents: Object.fromEntries(
      examples.map(({ name, text }) => [
        documentHash(text),
        { name, document: stripIgnoredCharacters(text) },
      ]),
    ),
  };
}

/** Reads a manifest and refuses it whole when one hash is not its document's or one document is not valid. */
export async function readTrustedDocuments(
  file: string | URL,
  schema: GraphQLSchema,
): Promise<ReadonlyMap<string, TrustedDocument>> {
  const documents = await readTrustedManifest(file);
  refuseAny([...documents.values()].flatMap((each) => misfitsOf(each, schema)));
  return documents;
}

/** The same for graphs that change: only forms and hashes are checked here, `misfitsOf` asks each graph. */
export async function readTrustedManifest(
  file: string | URL,
): Promise<ReadonlyMap<string, TrustedDocument>> {
  const { documents } = await readManifest(file);
  refuseAny(
    Object.entries(documents).flatMap(([hash, { name, document }]) =>
      problemsOf(hash, name, document),
    ),
  );
  return new Map(Object.entries(documents));
}

/** What in a document does not fit a graph. */
export function misfitsOf({ name, document }: TrustedDocument, schema: GraphQLSchema): string[] {
  return validate(schema, parse(document)).map((error) => `${name} is not valid: ${error.message}`);
}

function refuseAny(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new TrustedDocumentsError(
    `The manifest of trusted documents is not usable, so none of it is: ${problems.join('; ')}`,
  );
}

async function readManifest(file: string | URL): Promise<TrustedDocuments> {
  const text = await readFile(file, 'utf8');
  try {
    return manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new TrustedDocumentsError('The manifest of trusted documents has another form', {
      cause,
    });
  }
}

function problemsOf(hash: string, name: string, text: string): string[] {
  try {
    parse(text, { noLocation: true });
    return documentHash(text) === hash ? [] : [`${name} is not what its hash says`];
  } catch {
    return [`${name} is not GraphQL`];
  }
}
