import { createHmac } from 'node:crypto';
import { type Role, roleName } from '@tavolo/access-model';
import type { ConsumerEntry } from './model/consumer.ts';
import { Refusal } from './refusal.ts';
import type { RegistryReader } from './store/registry-store.ts';

/** What the registry needs of a verified access token. */
export interface TokenHolder {
  readonly issuer: string;
  readonly clientId: string;
  /** Null = the token names none. */
  readonly organisation: string | null;
  readonly subject: string;
  /** Null = the token names none, as a machine's. */
  readonly roles: readonly string[] | null;
}

/** Rejects when the token is none; what it says of the reason is not passed on. */
export type VerifyToken = (request: {
  readonly authorization: string | undefined;
  readonly dpop: string | undefined;
  readonly method: string;
  readonly url: string;
}) => Promise<TokenHolder>;

/** Somebody who may fill an empty registry; without a subject, everybody of that client with the role. */
export interface BootstrapOperator {
  readonly issuer: string;
  readonly clientId: string;
  readonly subject?: string | undefined;
}

/** Who asks, as the registry knows them. */
export interface RegistryCaller {
  /** The consumer's id; `hub` for an operator who belongs to none. */
  readonly organisation: string;
  readonly consumerId: string | null;
  readonly partnerId: string | null;
  readonly roles: ReadonlySet<Role>;
  readonly issuer: string;
  readonly clientId: string;
  /** A pseudonym, stable for one hub. */
  readonly user: string;
  /** The hub stopped this organisation: it can look and stop things, nothing else. */
  readonly isStopped: boolean;
}

export interface CallerOptions {
  readonly operators: readonly BootstrapOperator[];
  /** At least 32 characters. */
  readonly pseudonymSecret: string;
}

/** Finds who holds a token; a token of nobody is refused as if it were none. */
export async function findCaller(
  store: Pick<RegistryReader, 'consumerOfClient'>,
  token: TokenHolder,
  { operators, pseudonymSecret }: CallerOptions,
): Promise<RegistryCaller> {
  const consumer = await store.consumerOfClient(token);
  const roles = new Set<Role>(consumer === null ? [] : rolesOf(consumer, token));
  if (operators.some((operator) => isOperator(operator, token))) roles.add('hub-operator');
  if (roles.size === 0) throw new Refusal('UNAUTHENTICATED', 'The registry knows no such caller');
  return {
    organisation: consumer?.id ?? 'hub',
    consumerId: consumer?.id ?? null,
    partnerId: consumer?.content.partnerId ?? null,
    roles,
    issuer: token.issuer,
    clientId: token.clientId,
    user: createHmac('sha256', pseudonymSecret)
      .update(JSON.stringify([token.issuer, token.subject]))
      .digest('base64url')
      .slice(0, 32),
    isStopped: consumer?.suspensions.some(({ side }) => side === 'hub') ?? false,
  };
}

function rolesOf(consumer: ConsumerEntry, token: TokenHolder): readonly Role[] {
  const client = consumer.content.clients.find(
    ({ issuer, clientId, organisation }) =>
      issuer === token.issuer && clientId === token.clientId && organisation === token.organisation,
  );
  if (client === undefined) return [];
  if (token.roles === null) return client.actsFor === 'itself' ? client.roles : [];
  return client.roles.filter((role) => token.roles?.includes(role));
}

/** A client many people log in with makes only those operators whose token says so. */
function isOperator(operator: BootstrapOperator, token: TokenHolder): boolean {
  if (operator.issuer !== token.issuer || operator.clientId !== token.clientId) return false;
  if (operator.subject !== undefined && operator.subject !== token.subject) return false;
  if (token.roles === null) return operator.subject !== undefined;
  return token.roles.includes(roleName.enum['hub-operator']);
}
