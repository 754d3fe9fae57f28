import { callRegistry } from '@tavolo/harness';
import { type MatrixPurpose, readers } from './matrix-purposes.ts';

interface Registry {
  readonly registryUrl: string;
  readonly tokenOf: (account: string, resource: 'urn:tavolo:registry') => Promise<string>;
}

/** A purpose as the registry shows it, as far as the journeys look. */
interface PurposeView {
  readonly pending: { readonly version: number; readonly owners: readonly string[] } | null;
  readonly inForce: { readonly content: Readonly<Record<string, unknown>> } | null;
}

/** Registers the matrix's own purposes as the demo's were: written by a consumer, approved by every owner. */
export async function registerPurposes(
  registry: Registry,
  purposes: readonly MatrixPurpose[],
): Promise<void> {
  const template = await call(registry, 'privacy-officer', 'GET', '/purposes/integrated-care');
  for (const purpose of purposes.filter(({ isDemo }) => !isDemo)) {
    const reader = readers[purpose.role];
    const officer =
      reader.organisation === 'provincial-table'
        ? 'privacy-officer'
        : `privacy-officer-${reader.organisation}`;
    const content = {
      ...template.inForce?.content,
      title: `Matrix of the journeys (invented): ${purpose.id}`,
      class: reader.class,
      documents: reader.documents,
      roles: [purpose.role],
      coordinates: [...purpose.coordinates],
      categories: purpose.categories,
    };
    const path = `/purposes/${purpose.id}`;
    const drafted = await call(registry, officer, 'PUT', path, content);
    const version = drafted.pending?.version;
    const submitted = await call(registry, officer, 'POST', `${path}/submit`, { version });
    for (const owner of submitted.pending?.owners ?? []) {
      await call(registry, `privacy-officer-${owner}`, 'POST', `${path}/approve`, {
        version,
        categories: purpose.categories,
      });
    }
  }
}

async function call(
  { registryUrl, tokenOf }: Registry,
  account: string,
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  body?: object,
): Promise<PurposeView> {
  const token = await tokenOf(account, 'urn:tavolo:registry');
  const answer = await callRegistry({
    registryUrl,
    token,
    method,
    path,
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 300) {
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body as PurposeView;
}
