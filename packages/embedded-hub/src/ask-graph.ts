import { randomUUID } from 'node:crypto';
import { contextHeader, contextIssuer, createContextSigner } from '@tavolo/caller-context';
import { z } from 'zod';
import type { SigningKey } from './draw-signing-key.ts';

const answer = z.object({ data: z.unknown() });

/** Asks one subgraph a question about itself before the gateway is up, with the gateway's own key. */
export async function askGraph<Schema extends z.ZodType>(
  { name, url, key }: { readonly name: string; readonly url: string; readonly key: SigningKey },
  query: string,
  shape: Schema,
): Promise<z.infer<Schema>> {
  const body = JSON.stringify({ query });
  const signer = createContextSigner({
    key,
    issuer: contextIssuer,
    now: () => new Date(),
    newId: randomUUID,
  });
  const context = signer.sign(
    {
      organisation: 'embedded-hub',
      partner: null,
      user: 'embedded-hub',
      roles: ['fact-loader'],
      purposeId: 'embedded-hub-start',
      purposeVersion: 1,
      categories: [],
      districts: null,
      requestId: randomUUID(),
    },
    name,
    body,
  );
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [contextHeader]: context },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  return shape.parse(answer.parse(await response.json()).data);
}
