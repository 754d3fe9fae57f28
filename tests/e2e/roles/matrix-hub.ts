import { writeFile } from 'node:fs/promises';
import { type Role, roles } from '@tavolo/access-model';
import type { DemoAccount } from '@tavolo/development-issuer';
import { roleAccounts } from '@tavolo/embedded-hub';
import type { HubExtras } from '@tavolo/harness';
import { documentHash, readTrustedDocuments, trustedDocumentsFile } from '@tavolo/schemas';
import { type MatrixPurpose, matrixPurposes } from './matrix-purposes.ts';
import { everyCoordinate, mayRead, readPermissions, readSchema } from './permissions.ts';
import { createReach } from './reach.ts';

/** An account of the matrix: of one role of the demo, for whichever purpose it is told. */
export const matrixAccount = (role: Role) => `matrix-${role}`;

/**
 * What a hub needs for the matrix: accounts that may name any purpose, so that the registry is who refuses, and
 * a manifest with a document for each field, so that roles without documents of their own can ask for it.
 */
export async function matrixExtras(manifestFile: string): Promise<{
  readonly extras: HubExtras;
  readonly purposes: readonly MatrixPurpose[];
}> {
  const [permissions, schema] = await Promise.all([readPermissions(), readSchema()]);
  const purposes = await matrixPurposes(permissions);
  const documents = new Map<string, string>();
  for (const purpose of purposes.filter((each) => each.documents === 'TRUSTED')) {
    const reach = createReach(schema, (coordinate) =>
      mayRead(permissions, purpose.role, purpose, coordinate),
    );
    for (const coordinate of everyCoordinate(schema)) {
      const { query } = reach(coordinate);
      documents.set(documentHash(query), query);
    }
  }
  const trusted = await readTrustedDocuments(trustedDocumentsFile, schema);
  const manifest = {
    documents: {
      ...Object.fromEntries(trusted),
      ...Object.fromEntries(
        [...documents].map(([hash, document], at) => [hash, { name: `matrix-${at}`, document }]),
      ),
    },
  };
  await writeFile(manifestFile, JSON.stringify(manifest));
  return {
    purposes,
    extras: {
      furtherAccounts: matrixAccounts(purposes.map(({ id }) => id)),
      furtherFactPurposes: purposes.map(({ id }) => id),
      trustedDocumentsFile: manifestFile,
    },
  };
}

function matrixAccounts(purposes: readonly string[]): readonly DemoAccount[] {
  return roles.flatMap((role) => {
    const account = roleAccounts.find((each) => each.roles.includes(role));
    return account ? [{ ...account, id: matrixAccount(role), purposes: [...purposes] }] : [];
  });
}
