import type { Role } from '@tavolo/access-model';
import type { RegistryCaller } from './caller.ts';
import { Refusal } from './refusal.ts';

/** Who may do what at all; whose entry it is comes on top. */
export const permissions = {
  readEverything: ['privacy-officer', 'hub-operator'],
  export: ['privacy-officer', 'hub-operator'],
  registerOrganisation: ['hub-operator'],
  writePurpose: ['privacy-officer'],
  decidePurpose: ['privacy-officer'],
  suspend: ['privacy-officer', 'hub-operator'],
  readSchema: ['partner-it', 'hub-operator', 'privacy-officer'],
  publishSchema: ['partner-it', 'hub-operator'],
  grantWaiver: ['privacy-officer'],
  changeContract: ['hub-operator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof permissions;

/** What an organisation that the hub stopped may still do. */
const allowedWhenStopped: ReadonlySet<Permission> = new Set([
  'readEverything',
  'export',
  'suspend',
  'readSchema',
]);

export function may(caller: RegistryCaller, permission: Permission): boolean {
  if (caller.isStopped && !allowedWhenStopped.has(permission)) return false;
  const allowed: readonly Role[] = permissions[permission];
  return allowed.some((role) => caller.roles.has(role));
}

/** Refuses before anything is looked up, so that a refusal says nothing of what there is. */
export function mustMay(caller: RegistryCaller, permission: Permission): void {
  if (may(caller, permission)) return;
  throw new Refusal(
    'FORBIDDEN',
    caller.isStopped
      ? 'The hub suspended your organisation'
      : `This needs the role ${permissions[permission].join(' or ')}`,
  );
}
