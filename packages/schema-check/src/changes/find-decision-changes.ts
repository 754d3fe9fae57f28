import { type AnyOf, meets } from '../reading/any-of.ts';
import type { FieldDecision } from '../reading/read-decisions.ts';
import type { FoundChange } from './find-changes.ts';

/** What changed about who may ask, what is told and who decides, of fields that were there and still are. */
export function findDecisionChanges(
  before: readonly FieldDecision[],
  after: readonly FieldDecision[],
): FoundChange[] {
  const old = new Map(before.map((decision) => [decision.coordinate, decision]));
  return after.flatMap((decision) => {
    const had = old.get(decision.coordinate);
    return had ? changesOf(had, decision) : [];
  });
}

function changesOf(had: FieldDecision, has: FieldDecision): FoundChange[] {
  const { coordinate } = has;
  const change = (kind: string, isBreaking: boolean, description: string): FoundChange => ({
    kind,
    coordinate,
    description: `${coordinate} ${description}.`,
    isBreaking,
    fields: isBreaking ? [coordinate] : [],
  });
  const narrower = isNarrower(had.scopes, has.scopes) || isNarrower(had.policies, has.policies);
  const wider = isNarrower(has.scopes, had.scopes) || isNarrower(has.policies, had.policies);
  const told = added(had.categories, has.categories);
  const untold = added(has.categories, had.categories);
  const owners = added(had.owners, has.owners);
  const left = added(has.owners, had.owners);
  const asks = inWords(has);
  return [
    ...(narrower ? [change('ACCESS_NARROWED', true, `now asks for ${asks}`)] : []),
    ...(wider && !narrower ? [change('ACCESS_WIDENED', false, `now asks only for ${asks}`)] : []),
    ...(told.length > 0 ? [change('CATEGORY_ADDED', true, `now tells ${told.join(', ')}`)] : []),
    ...(untold.length > 0
      ? [change('CATEGORY_REMOVED', false, `no longer tells ${untold.join(', ')}`)]
      : []),
    ...(owners.length > 0
      ? [change('OWNER_ADDED', true, `is now decided on by ${owners.join(', ')}`)]
      : []),
    ...(left.length > 0
      ? [change('OWNER_REMOVED', false, `is no longer decided on by ${left.join(', ')}`)]
      : []),
  ];
}

/** Whether somebody who had just what was asked for lacks something now. */
function isNarrower(had: AnyOf, has: AnyOf): boolean {
  const enough = had.length > 0 ? had : [[]];
  return enough.some((names) => !meets(names, has));
}

function added(had: readonly string[], has: readonly string[]): readonly string[] {
  return has.filter((each) => !had.includes(each));
}

function inWords({ scopes, policies }: FieldDecision): string {
  const words = [...scopes, ...policies].map((set) => set.join(' and ')).join(', or ');
  return words === '' ? 'no more than being known' : words;
}
