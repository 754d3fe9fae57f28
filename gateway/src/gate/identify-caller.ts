import {
  type DistrictScope,
  districts,
  narrowDistricts,
  type PurposeState,
  type Role,
  roleScopes,
  roles,
  type Scope,
  type Suspension,
  scopes,
} from '@tavolo/access-model';
import type { RegistryIndex } from '../registry/registry-index.ts';
import type { Refusal } from './refusal.ts';

/** What a verified token says; lists are `null` where it says nothing. */
export interface VerifiedClaims {
  readonly issuer: string;
  readonly clientId: string;
  readonly organisation: string | null;
  readonly subject: string;
  readonly purposeId: string | null;
  readonly roles: readonly string[] | null;
  readonly scopes: readonly string[] | null;
  readonly districts: readonly string[] | null;
}

/** Who asks for what, after the registry had its word. */
export interface IdentifiedCaller {
  readonly organisation: string;
  readonly partner: string | null;
  readonly clientId: string;
  readonly purpose: PurposeState;
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[];
  readonly districts: DistrictScope;
}

/** The registry's word on a verified token: a caller with a purpose, or why there is none. */
export function identifyCaller(
  claims: VerifiedClaims,
  registry: RegistryIndex,
  now: Date,
): IdentifiedCaller | Refusal {
  const known = registry.client(claims);
  const purpose = claims.purposeId === null ? undefined : registry.purpose(claims.purposeId);
  // Somebody else's purpose, one that does not exist and an unknown client look alike.
  if (!known || purpose?.consumerId !== known.consumer.id) return refused('UNKNOWN', unknownText);
  const { consumer, client } = known;
  const [suspension] = [...purpose.suspensions, ...consumer.suspensions];
  if (suspension) return refused('SUSPENDED', suspendedText(suspension));
  const time = now.getTime();
  if (time < Date.parse(purpose.validFrom)) {
    return refused('NOT_YET_VALID', `The purpose holds from ${purpose.validFrom}`);
  }
  if (time >= Date.parse(purpose.validUntil)) {
    return refused('EXPIRED', `The purpose held until ${purpose.validUntil}; ask for a new one`);
  }
  // Somebody who logs in has the roles the login gave; a machine has its client's unless it says less.
  const claimed = claims.roles ?? (client.actsFor === 'itself' ? client.roles : []);
  const held = roles.filter(
    (role) => claimed.includes(role) && client.roles.includes(role) && purpose.roles.includes(role),
  );
  if (held.length === 0) {
    return refused('ROLE', `The purpose is for ${purpose.roles.join(', ')}; the token gives none`);
  }
  const possible = scopes.filter((scope) => held.some((role) => roleScopes[role].includes(scope)));
  const saidScopes = claims.scopes ?? (client.actsFor === 'itself' ? possible : []);
  const saidDistricts =
    claims.districts === null
      ? null
      : districts.filter((district) => claims.districts?.includes(district));
  return {
    organisation: consumer.id,
    partner: consumer.partnerId,
    clientId: claims.clientId,
    purpose,
    roles: held,
    scopes: possible.filter((scope) => saidScopes.includes(scope)),
    districts: narrowDistricts(
      narrowDistricts(consumer.districts, purpose.districts),
      saidDistricts,
    ),
  };
}

/** Tells the two results apart. */
export function isRefusal(value: object): value is Refusal {
  return 'code' in value;
}

const unknownText = 'The registry has no such purpose for this client; ask whoever registered it';

function suspendedText({ side, reason, at }: Suspension): string {
  const who = { partner: 'an owner of the data', consumer: 'the consumer', hub: 'the hub' }[side];
  return `Suspended by ${who} since ${at}: ${reason}`;
}

function refused(reason: string, message: string): Refusal {
  return { status: 403, code: 'PURPOSE_REFUSED', reason, message };
}
