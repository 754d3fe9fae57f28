import { StartProblem } from '@tavolo/process-kit';
import { z } from 'zod';
import type { SubgraphName } from '../process-name.ts';
import { privacyOfficerOf } from './demo-accounts.ts';
import { demoConsumers, demoPartners, demoPurposes } from './demo-registry.ts';

export interface Registration {
  readonly registryUrl: string;
  readonly issuer: string;
  /** A token of a demo account for the registry. */
  readonly tokenOf: (account: string) => Promise<string>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

const purposeView = z.object({
  pending: z.object({ version: z.number(), owners: z.array(z.string()) }).nullable(),
});

/** The operator registers the organisations that answer and those that ask. */
export async function registerOrganisations(options: Registration): Promise<void> {
  const call = createCall(options);
  for (const { id, content } of demoPartners()) {
    await call('hub-operator', 'PUT', `/partners/${id}`, content);
  }
  await registerConsumers(options);
}

/**
 * Privacy officers of those who ask register purposes, and those of the institutions concerned approve them, each
 * with a token of their own. After the schemas are published: a purpose names fields of the graph.
 */
export async function registerPurposes(options: Registration): Promise<void> {
  const call = createCall(options);
  for (const { id, consumerId, content, categories } of await demoPurposes(options.today)) {
    const officer =
      consumerId === 'provincial-table'
        ? 'privacy-officer'
        : privacyOfficerOf(consumerId as SubgraphName);
    const drafted = purposeView.parse(await call(officer, 'PUT', `/purposes/${id}`, content));
    const version = drafted.pending?.version ?? 1;
    const submitted = purposeView.parse(
      await call(officer, 'POST', `/purposes/${id}/submit`, { version }),
    );
    for (const owner of submitted.pending?.owners ?? []) {
      await call(
        // Owners of the demo's fields are the partners just registered.
        privacyOfficerOf(owner as SubgraphName),
        'POST',
        `/purposes/${id}/approve`,
        { version, categories },
      );
    }
  }
}

/** The organisations that ask, with the clients they are known by; those that are there get these clients. */
export async function registerConsumers(options: Registration): Promise<void> {
  const call = createCall(options);
  for (const { id, content } of demoConsumers(options.issuer)) {
    const path = `/consumers/${id}`;
    const etag = await etagOf(options, path);
    await call('hub-operator', 'PUT', path, content, etag === null ? {} : { 'if-match': etag });
  }
}

/** What a change of an entry has to name; `null` when there is no such entry. */
async function etagOf({ registryUrl, tokenOf }: Registration, path: string) {
  const response = await fetch(`${registryUrl}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf('hub-operator')}` },
  });
  await response.body?.cancel();
  return response.headers.get('etag');
}

/** Asks the registry as one of the demo's accounts; whatever it refuses ends the start. */
export function createCall({
  registryUrl,
  tokenOf,
}: Pick<Registration, 'registryUrl' | 'tokenOf'>) {
  return async (
    account: string,
    method: 'PUT' | 'POST',
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const response = await fetch(`${registryUrl}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: `Bearer ${await tokenOf(account)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new StartProblem(
        `The registry refused ${method} ${path} of ${account} (${response.status}): ${text.slice(0, 1_000)}`,
      );
    }
    return JSON.parse(text) as unknown;
  };
}
