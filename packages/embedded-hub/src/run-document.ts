import { readFile } from 'node:fs/promises';
import { StartProblem } from '@tavolo/process-kit';
import { trustedDocumentsFile } from '@tavolo/schemas';
import { z } from 'zod';

const manifest = z.object({ documents: z.record(z.string(), z.object({ name: z.string() })) });
const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

export type RunDocument = (
  name: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Runs the hub's own documents by name, as a coordinator does; an error ends the start with its message. */
export async function createDocumentRunner(
  gatewayUrl: string,
  token: string,
): Promise<RunDocument> {
  const { documents } = manifest.parse(JSON.parse(await readFile(trustedDocumentsFile, 'utf8')));
  const hashes = new Map(Object.entries(documents).map(([hash, { name }]) => [name, hash]));
  return async (name, variables) => {
    const documentId = hashes.get(name);
    if (documentId === undefined) throw new Error(`the schemas have no document ${name}`);
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ documentId, variables }),
    });
    const { data, errors } = answer.parse(await response.json());
    if (errors?.[0]) throw new StartProblem(`${name} was refused: ${errors[0].message}`);
    return data ?? {};
  };
}
