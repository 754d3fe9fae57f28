import type { DomicileRuleRow, TurnCount, WeightedMunicipality } from './rotation-store.ts';

/** How a municipality stands to its fair share of a year. */
export interface FairShare {
  readonly istatCode: string;
  readonly population: number;
  readonly carriedOver: number;
  readonly expected: number;
  readonly actual: number;
  readonly skipped: number;
  /** carriedOver + expected − actual: turns it owes; over all municipalities the sum is 0. */
  readonly deficit: number;
}

interface Account {
  carriedOver: number;
  expected: number;
  actual: number;
  skipped: number;
}

type Accounts = Map<string, Account>;

/**
 * Every municipality's account at the end of `asOf`, a day of `year`: each turn given adds its share to what each
 * municipality is expected to do, under the rule it was given by. What is owed outlives a change of the rule.
 */
export function fairSharesOf(
  rules: readonly DomicileRuleRow[],
  counts: readonly TurnCount[],
  year: number,
  asOf: string,
): readonly FairShare[] {
  let accounts: Accounts = new Map();
  let inForce: DomicileRuleRow | undefined;
  for (const rule of rules.filter(({ validFrom }) => validFrom <= asOf)) {
    accounts = moveTo(rule, accounts);
    inForce = rule;
    const ofRule = counts.filter((count) => count.ruleVersion === rule.version);
    book(
      accounts,
      rule,
      ofRule.filter((count) => count.year < year),
      'BEFORE',
    );
    book(
      accounts,
      rule,
      ofRule.filter((count) => count.year === year),
      'THIS_YEAR',
    );
  }
  return (inForce?.municipalities ?? []).map(({ istatCode, population }) => {
    const account = accounts.get(istatCode) ?? nothing();
    return { istatCode, population, ...account, deficit: deficitOf(account) };
  });
}

/** Accounts under a new rule: who follows takes over, who is new begins even, what a leaver owed is shared out. */
function moveTo(rule: DomicileRuleRow, before: Accounts): Accounts {
  const successorOf = new Map(rule.merged.map(({ from, into }) => [from, into]));
  const accounts: Accounts = new Map(
    rule.municipalities.map(({ istatCode }) => [istatCode, nothing()]),
  );
  for (const [istatCode, account] of before) {
    const into = accounts.get(successorOf.get(istatCode) ?? istatCode);
    if (into === undefined) continue;
    into.carriedOver += account.carriedOver;
    into.expected += account.expected;
    into.actual += account.actual;
    into.skipped += account.skipped;
  }
  const rest = [...accounts.values()].reduce((sum, account) => sum + deficitOf(account), 0);
  for (const { istatCode, share } of rule.municipalities) {
    const account = accounts.get(istatCode);
    if (account) account.carriedOver -= rest * share;
  }
  return accounts;
}

function book(
  accounts: Accounts,
  { municipalities }: { readonly municipalities: readonly WeightedMunicipality[] },
  counts: readonly TurnCount[],
  when: 'BEFORE' | 'THIS_YEAR',
): void {
  const given = counts.reduce((sum, { taken }) => sum + taken, 0);
  for (const { istatCode, share } of municipalities) {
    const account = accounts.get(istatCode);
    if (account === undefined) continue;
    const own = counts.filter((count) => count.istatCode === istatCode);
    const taken = own.reduce((sum, count) => sum + count.taken, 0);
    if (when === 'BEFORE') {
      account.carriedOver += given * share - taken;
    } else {
      account.expected += given * share;
      account.actual += taken;
      account.skipped += own.reduce((sum, count) => sum + count.skipped, 0);
    }
  }
}

function nothing(): Account {
  return { carriedOver: 0, expected: 0, actual: 0, skipped: 0 };
}

function deficitOf({ carriedOver, expected, actual }: Account): number {
  return carriedOver + expected - actual;
}
