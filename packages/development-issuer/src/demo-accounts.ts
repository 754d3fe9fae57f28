import { type Role, registryId } from '@tavolo/access-model';
import { type IssuerSecrets, subjectOf } from './issuer-secrets.ts';
import type { DemoAccount } from './options.ts';

export interface DemoAccounts {
  readonly all: readonly DemoAccount[];
  byId(id: string): DemoAccount | undefined;
  bySubject(subject: string | undefined): DemoAccount | undefined;
  subjectOf(account: DemoAccount): string;
}

/** Guests whose tokens are known by their subject; the oldest must log in anew when there are more. */
const mostGuests = 1_000;

/** The accounts by their names and by what the tokens call them; guests are made when they first come. */
export function createDemoAccounts(
  all: readonly DemoAccount[],
  guestRoles: readonly Role[],
  secrets: IssuerSecrets,
): DemoAccounts {
  const byId = new Map(all.map((account) => [account.id, account]));
  if (byId.size !== all.length) throw new Error('two demo accounts have the same id');
  const bySubject = new Map(all.map((account) => [subjectOf(account.id, secrets), account]));
  const guests = new Map<string, DemoAccount>();

  function guest(id: string): DemoAccount | undefined {
    const account = guestOf(id, guestRoles);
    if (account === undefined) return undefined;
    const subject = subjectOf(id, secrets);
    // Moved to the end: whoever came last is forgotten last.
    guests.delete(subject);
    guests.set(subject, account);
    const [oldest] = guests.keys();
    if (guests.size > mostGuests && oldest !== undefined) guests.delete(oldest);
    return account;
  }

  return {
    all,
    byId: (id) => byId.get(id) ?? guest(id),
    bySubject: (subject) =>
      subject === undefined ? undefined : (bySubject.get(subject) ?? guests.get(subject)),
    subjectOf: (account) => subjectOf(account.id, secrets),
  };
}

/** `partner-it-employment-centre`: somebody with that role in that organisation. */
function guestOf(id: string, guestRoles: readonly Role[]): DemoAccount | undefined {
  const role = guestRoles.find((each) => id.startsWith(`${each}-`));
  if (role === undefined) return undefined;
  const organisationId = id.slice(role.length + 1);
  if (!registryId.safeParse(organisationId).success) return undefined;
  return {
    id,
    name: 'Ospite Inventato',
    organisationId,
    organisation: `${organisationId} (invented)`,
    roles: [role],
    districts: null,
    purposes: [],
    mayNameAnyPurpose: true,
  };
}
