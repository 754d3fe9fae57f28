import { createDeadline } from '@tavolo/deadline';
import { z } from 'zod';
import { CommandFailure, NotReached } from '../cli-error.ts';

export interface DocumentRequest {
  /** Where the gateway listens, without a path. */
  readonly gatewayUrl: string;
  readonly accessToken: string;
  readonly documentHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string().optional() }).loose().optional(),
      }),
    )
    .optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});
export type DocumentAnswer = Readonly<z.infer<typeof answer>>;

const timeoutMs = 120_000;

/** Asks the hub by a document's hash: the only way for who may not write documents of their own. */
export async function runDocument(request: DocumentRequest): Promise<DocumentAnswer> {
  const deadline = createDeadline(timeoutMs);
  try {
    const response = await fetch(new URL('/graphql', request.gatewayUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${request.accessToken}`,
      },
      body: JSON.stringify({ documentId: request.documentHash, variables: request.variables }),
      signal: deadline.signal,
    }).catch(() => {
      throw new NotReached(
        `nobody answers at ${request.gatewayUrl}; is the hub up, and is --gateway right?`,
      );
    });
    const parsed = answer.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) {
      throw new CommandFailure(`${request.gatewayUrl} answered ${response.status}, and no GraphQL`);
    }
    return parsed.data;
  } finally {
    deadline.release();
  }
}
