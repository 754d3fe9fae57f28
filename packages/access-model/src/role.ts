import { z } from 'zod';
import type { Scope } from './scope.ts';

/** What somebody does at the hub; one person may have several. */
export const roles = [
  /** The provincial table: figures, and the lists it owns. */
  'coordinator',
  /** Aggregates only, asked freely. */
  'analyst',
  /** People of the own organisation and district. */
  'case-worker',
  /** Schema, health and diagnostics of the own subgraph; no data about anybody. */
  'partner-it',
  /** Purposes and evidence; no payload. */
  'privacy-officer',
  /** Registers organisations and their clients; reads no data. */
  'hub-operator',
  /** The table's own service account: loads facts, by trusted document only; no person has it. */
  'fact-loader',
] as const;

export const roleName = z.enum(roles);
export type Role = z.infer<typeof roleName>;

/** The scopes of `@requiresScopes` a role can have at the most; a token narrows them, nothing widens them. */
export const roleScopes: Readonly<Record<Role, readonly Scope[]>> = {
  coordinator: ['figures:read', 'analysis:read', 'priority-list:read', 'table:write'],
  analyst: ['figures:read', 'analysis:read'],
  'case-worker': ['figures:read', 'people:read', 'priority-list:read'],
  'partner-it': ['diagnostics:read'],
  'privacy-officer': [],
  'hub-operator': [],
  'fact-loader': ['figures:read', 'people:read'],
};

/** Roles that may write documents of their own where their purpose lets them; the others run trusted ones. */
export const rolesWithFreeDocuments: ReadonlySet<Role> = new Set<Role>([
  'analyst',
  'case-worker',
  'partner-it',
]);
