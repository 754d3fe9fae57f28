import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { demoToken } from '@tavolo/embedded-hub';
import type { Answer, Asker } from '@tavolo/harness';
import { documentHash, trustedDocumentsFile } from '@tavolo/schemas';
import { z } from 'zod';

const manifest = z.object({
  documents: z.record(z.string(), z.object({ name: z.string(), document: z.string() })),
});

/** The hub's own documents by name. */
export async function readDocuments(): Promise<ReadonlyMap<string, string>> {
  const { documents } = manifest.parse(JSON.parse(await readFile(trustedDocumentsFile, 'utf8')));
  return new Map(Object.values(documents).map(({ name, document }) => [name, document]));
}

/** Somebody who keeps the table: runs its documents by name, and may write none. */
export interface Coordinator {
  run<Data>(name: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer<Data>>;
  /** A change with a key of its own; throws with the hub's reason when it is refused. */
  change<Result>(name: string, input: object, clientKey?: string): Promise<Result>;
}

export async function logInCoordinator(hub: {
  readonly gatewayUrl: string;
  readonly issuerUrl: string;
}): Promise<Coordinator> {
  const token = await demoToken(
    hub.issuerUrl,
    'coordinator',
    'urn:tavolo:graph',
    'table-coordination',
  );
  return coordinatorWith({ gatewayUrl: hub.gatewayUrl, token });
}

async function coordinatorWith({ gatewayUrl, token }: Asker): Promise<Coordinator> {
  const documents = await readDocuments();
  const run = async <Data>(
    name: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer<Data>> => {
    const document = documents.get(name);
    if (document === undefined) throw new Error(`there is no document ${name}`);
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ documentId: documentHash(document), variables }),
    });
    const text = await response.text();
    const { data, errors, extensions } = JSON.parse(text) as {
      data: Data;
      errors?: Answer<Data>['errors'] & object;
      extensions?: { sources?: Answer<Data>['sources'] };
    };
    return {
      status: response.status,
      text,
      data,
      ...(errors ? { errors } : {}),
      sources: extensions?.sources ?? [],
    };
  };
  return {
    run,
    async change<Result>(name: string, input: object, clientKey: string = randomUUID()) {
      const { data, errors } = await run<Record<string, Result>>(name, { clientKey, input });
      if (errors?.[0]) throw new Error(`${name}: ${errors[0].message}`);
      // The document of a change has one field, and the caller says what it expects of it.
      return Object.values(data)[0] as Result;
    },
  };
}
