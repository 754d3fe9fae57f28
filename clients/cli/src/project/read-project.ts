import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { subgraphName } from '@tavolo/registry-api';
import { z } from 'zod';
import { codeOf, UsageError } from '../cli-error.ts';

/** What a partner's folder says of itself, so that commands run in it need no options. */
export const projectFile = 'tavolo.json';

const address = z.url({ protocol: /^https?$/u });

const project = z.strictObject({
  subgraph: subgraphName,
  /** Files and folders of SDL, from the folder that holds `tavolo.json`. */
  schema: z.array(z.string().min(1)).min(1).max(100),
  /** Where the subgraph listens, as the gateway reaches it. */
  url: address.optional(),
  registry: address.optional(),
  gateway: address.optional(),
});
export type Project = Readonly<z.infer<typeof project>>;

/** Reads a folder's `tavolo.json`; null when it has none. All that is wrong with it is said at once. */
export async function readProject(folder: string): Promise<Project | null> {
  const text = await readFile(join(folder, projectFile), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw new UsageError(`cannot read ${projectFile} (${codeOf(error)})`);
  });
  if (text === null) return null;
  const read = project.safeParse(parse(text));
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new UsageError(
    `${projectFile} is not as it should be: ${wrong.join('; ')}. It looks like ${example}`,
  );
}

const example =
  '{ "subgraph": "employment-centre", "schema": ["schema.graphql"], "url": "https://…/graphql" }';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${projectFile} is no JSON. It looks like ${example}`);
  }
}
