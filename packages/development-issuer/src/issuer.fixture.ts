import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessTokenVerifier } from '@tavolo/access-token';
import type { DemoAccount, DevelopmentIssuerOptions } from './options.ts';
import { startDevelopmentIssuer } from './start-development-issuer.ts';

export const demoAccounts: readonly DemoAccount[] = [
  {
    id: 'coordinator',
    name: 'Invented Coordinator',
    organisationId: 'invented-organisation',
    organisation: 'Invented table',
    roles: ['coordinator'],
    districts: null,
    purposes: ['table-figures', 'table-lists'],
  },
  {
    id: 'case-worker',
    name: 'Invented <Case> & Worker',
    organisationId: 'invented-organisation',
    organisation: 'Invented "service"',
    roles: ['case-worker'],
    districts: ['PARMA'],
    purposes: ['case-work'],
  },
  {
    id: 'operator',
    name: 'Invented Operator',
    organisationId: 'invented-organisation',
    organisation: 'Invented hub',
    roles: ['hub-operator'],
    districts: [],
    purposes: [],
  },
];

export const explorerCallback = 'http://127.0.0.1:4000/explorer/callback';
export const newFolder = () => mkdtempSync(join(tmpdir(), 'tavolo-issuer-'));

/** Starts one on a free port, and keeps what it logs. */
export async function startIssuer(options: Partial<DevelopmentIssuerOptions> = {}) {
  const logged: string[] = [];
  const log = (_details: object, message: string) => {
    logged.push(message);
  };
  const issuer = await startDevelopmentIssuer({
    host: '127.0.0.1',
    port: 0,
    accounts: [...demoAccounts],
    explorerRedirectUris: [explorerCallback],
    dataFolder: newFolder(),
    logger: { info: log, warn: log },
    ...options,
  });
  return { ...issuer, logged };
}

/** What the gateway makes of a token of this issuer. */
export function verifierOf(issuer: string, audience = 'urn:tavolo:graph', requirePurpose = true) {
  return createAccessTokenVerifier({
    issuers: [{ issuer }],
    audience,
    requirePurpose,
    now: () => new Date(),
  });
}
