import { roleScopes } from '@tavolo/access-model';
import type Provider from 'oidc-provider';
import type { DemoAccount } from './options.ts';

type Grant = InstanceType<Provider['Grant']>;

const purposeType = 'urn:tavolo:purpose';

/** Writes into a grant what it is for: a detail of the authorization (RFC 9396), kept as long as the grant. */
export function setPurpose(grant: Grant, purposeId: string | null): void {
  if (purposeId !== null) grant.addRar({ type: purposeType, purpose_id: purposeId });
}

/** What a grant is for. */
export function purposeOf(grant: Grant | undefined): string | null {
  const detail = grant?.rar?.find(({ type }) => type === purposeType);
  const purposeId = detail?.['purpose_id'];
  return typeof purposeId === 'string' ? purposeId : null;
}

/** What the tokens of an account say besides who it is. */
export function claimsOf(
  { roles, districts, organisationId }: DemoAccount,
  purposeId: string | null,
): object {
  return {
    organisation: organisationId,
    roles,
    ...(districts === null ? {} : { districts }),
    ...(purposeId === null ? {} : { purposeId }),
  };
}

/** The scopes of the graph that the roles of an account can have. */
export function scopesOf({ roles }: DemoAccount): readonly string[] {
  return [...new Set(roles.flatMap((role) => roleScopes[role]))];
}
