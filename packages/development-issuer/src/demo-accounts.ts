import { type IssuerSecrets, subjectOf } from './issuer-secrets.ts';
import type { DemoAccount } from './options.ts';

export interface DemoAccounts {
  readonly all: readonly DemoAccount[];
  byId(id: string): DemoAccount | undefined;
  bySubject(subject: string | undefined): DemoAccount | undefined;
  subjectOf(account: DemoAccount): string;
}

/** The accounts by their names and by what the tokens call them. */
export function createDemoAccounts(
  all: readonly DemoAccount[],
  secrets: IssuerSecrets,
): DemoAccounts {
  const byId = new Map(all.map((account) => [account.id, account]));
  if (byId.size !== all.length) throw new Error('two demo accounts have the same id');
  const bySubject = new Map(all.map((account) => [subjectOf(account.id, secrets), account]));
  return {
    all,
    byId: (id) => byId.get(id),
    bySubject: (subject) => (subject === undefined ? undefined : bySubject.get(subject)),
    subjectOf: (account) => subjectOf(account.id, secrets),
  };
}
