import {
  IDENTIFIER_KINDS,
  type IdentifierKind,
  SKELETON_KINDS,
  type SkeletonKind,
} from '@tavolo/linkage';
import type { FilterTable } from './filter-table.ts';
import type { EncodedIdentifier, LinkablePerson } from './linkable-person.ts';

/** How far two birth dates agree, as far as their filters tell; SAME_YEAR = year and day of the month. */
export type DateAgreement =
  | 'SAME'
  | 'DAY_AND_MONTH_SWAPPED'
  | 'SAME_MONTH'
  | 'SAME_YEAR'
  | 'OTHER_YEAR'
  | 'SAME_ESTIMATED_YEAR'
  | 'NEXT_ESTIMATED_YEAR';

export type Agreement = 'AGREES' | 'DIFFERS' | 'UNKNOWN';

/** What two records of two institutions have in common: classes and degrees, never a value. */
export interface PairEvidence {
  /** Kinds of identifier that are equal, strongest first. */
  readonly sharedIdentifiers: readonly IdentifierKind[];
  /** Kinds that say "two people": same kind, same time, other value. */
  readonly vetoes: readonly IdentifierKind[];
  readonly skeletons: readonly SkeletonKind[];
  /** 0 to 1; null = one of the two has no name and birth date, or they have nothing in common. */
  readonly nameSimilarity: number | null;
  readonly date: DateAgreement | null;
  readonly sex: Agreement;
  readonly citizenship: Agreement;
  /** One of the two has a name of one word. */
  readonly isOneWord: boolean;
}

/** Below this the filters have nothing in common but chance. */
export const SMALLEST_SIMILARITY = 0.45;
/** Filters of one name under agreeing dates differ by chance hits only. */
const CHANCE = 0.12;

/** Quick: whether two records' filters have more in common than chance. */
export function haveSimilarFilters(table: FilterTable, a: number, b: number): boolean {
  return (
    table.similarity(a, b, 0) >= SMALLEST_SIMILARITY ||
    table.similarity(a, b, 2) >= SMALLEST_SIMILARITY ||
    table.similarity(a, b, 1) >= SMALLEST_SIMILARITY
  );
}

export interface ComparablePerson {
  readonly person: LinkablePerson;
  /** Place of its filters in the table. */
  readonly slot: number;
}

/** Compares two records; the same whichever is named first. */
export function comparePeople(
  table: FilterTable,
  a: ComparablePerson,
  b: ComparablePerson,
): PairEvidence {
  return {
    ...compareIdentifiers(a.person.identifiers, b.person.identifiers),
    ...compareAttributes(table, a, b),
  };
}

const NO_ATTRIBUTES = {
  skeletons: [],
  nameSimilarity: null,
  date: null,
  sex: 'UNKNOWN',
  citizenship: 'UNKNOWN',
  isOneWord: false,
} as const;

function compareAttributes(
  table: FilterTable,
  a: ComparablePerson,
  b: ComparablePerson,
): Omit<PairEvidence, 'sharedIdentifiers' | 'vetoes'> {
  const [one, other] = [a.person.attributes, b.person.attributes];
  if (one === null || other === null || one.keyId !== other.keyId) return NO_ATTRIBUTES;
  const degrees = [0, 1, 2].map((filter) => table.similarity(a.slot, b.slot, filter));
  const nameSimilarity = Math.max(...degrees);
  // A year alone and a whole date have no filter in common.
  if (nameSimilarity < SMALLEST_SIMILARITY || one.isYearOnly !== other.isYearOnly) {
    return NO_ATTRIBUTES;
  }
  const [yearDay = false, month = false, day = false] = degrees.map(
    (degree) => degree >= nameSimilarity - CHANCE,
  );
  const comparable = [yearDay, month, day].indexOf(true);
  const [checkA, checkB] = [one.checks[comparable], other.checks[comparable]];
  const held = new Set(one.skeletons.map(({ mac }) => mac));
  const skeletons = SKELETON_KINDS.filter((kind) =>
    other.skeletons.some((each) => each.kind === kind && held.has(each.mac)),
  );
  const areSwapped = skeletons.includes('NAME_EITHER_DATE');
  return {
    skeletons,
    nameSimilarity,
    date: one.isYearOnly
      ? estimatedAgreement(yearDay)
      : dateAgreement(yearDay, month, day, areSwapped),
    sex: compareCode(checkA?.sex, checkB?.sex),
    citizenship: compareCode(checkA?.citizenship, checkB?.citizenship),
    isOneWord: one.isOneWord || other.isOneWord,
  };
}

function estimatedAgreement(year: boolean): DateAgreement {
  return year ? 'SAME_ESTIMATED_YEAR' : 'NEXT_ESTIMATED_YEAR';
}

/** Two of the three parts are needed for all of the date: each filter stands for two of them. */
function dateAgreement(
  yearDay: boolean,
  yearMonth: boolean,
  monthDay: boolean,
  areSwapped: boolean,
): DateAgreement {
  if (Number(yearDay) + Number(yearMonth) + Number(monthDay) > 1) return 'SAME';
  if (yearMonth) return 'SAME_MONTH';
  if (yearDay) return 'SAME_YEAR';
  return areSwapped ? 'DAY_AND_MONTH_SWAPPED' : 'OTHER_YEAR';
}

function compareCode(a: number | null | undefined, b: number | null | undefined): Agreement {
  if (a === null || a === undefined || b === null || b === undefined) return 'UNKNOWN';
  return a === b ? 'AGREES' : 'DIFFERS';
}

/** A person has one of these in a lifetime; the others are given anew every few months or years. */
const LASTING: ReadonlySet<IdentifierKind> = new Set(['CUI', 'CODICE_FISCALE']);

/** Kinds that are equal, strongest first, and kinds that say "two people". */
export function compareIdentifiers(
  a: readonly EncodedIdentifier[],
  b: readonly EncodedIdentifier[],
): Pick<PairEvidence, 'sharedIdentifiers' | 'vetoes'> {
  const shared = new Set<IdentifierKind>();
  const differing = new Set<IdentifierKind>();
  for (const one of a) {
    for (const other of b) {
      if (one.kind !== other.kind || one.keyId !== other.keyId) continue;
      if (one.mac === other.mac) shared.add(one.kind);
      else if (LASTING.has(one.kind) || overlap(one, other)) differing.add(one.kind);
    }
  }
  return {
    sharedIdentifiers: IDENTIFIER_KINDS.filter((kind) => shared.has(kind)),
    vetoes: IDENTIFIER_KINDS.filter((kind) => differing.has(kind) && !shared.has(kind)),
  };
}

/** Both are dated at both ends and were valid on one day; a permit whose end nobody wrote down proves nothing. */
function overlap(a: EncodedIdentifier, b: EncodedIdentifier): boolean {
  if (!a.validFrom || !a.validTo || !b.validFrom || !b.validTo) return false;
  return a.validFrom <= b.validTo && b.validFrom <= a.validTo;
}
