import type { IdentifierKind, SkeletonKind } from '@tavolo/linkage';

/** An encoded identifier: equal under one key id means equal in clear. */
export interface EncodedIdentifier {
  readonly kind: IdentifierKind;
  readonly keyId: string;
  readonly mac: string;
  /** `YYYY-MM-DD`, inclusive; absent = not known. */
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
}

export interface EncodedSkeleton {
  readonly kind: SkeletonKind;
  readonly mac: string;
}

/** Sex (0, 1) and citizenship (0 to 15) as codes of one cohort; null = not written down. */
export interface CohortCheck {
  readonly sex: number | null;
  readonly citizenship: number | null;
}

/** Name, sex and citizenship of one person, encoded under the parts of the birth date. */
export interface EncodedAttributes {
  readonly keyId: string;
  /** 1 January and 31 December are "only the year is known". */
  readonly isYearOnly: boolean;
  /** 128 bytes each: under year and day; year and month; month and day. */
  readonly filters: readonly [yearDay: Uint8Array, yearMonth: Uint8Array, monthDay: Uint8Array];
  /** As the filters: comparable where the filter at the same place is. */
  readonly checks: readonly [CohortCheck, CohortCheck, CohortCheck];
  /** One word is half a name. */
  readonly isOneWord: boolean;
  readonly skeletons: readonly EncodedSkeleton[];
}

/** One institution's record of one person, as far as the index can tell anything about it. */
export interface LinkablePerson {
  /** Unique; `source/sectorKey`. Its order decides between equals, and sector keys are random. */
  readonly ref: string;
  /** Institution that holds the record; a person has at most one in each. */
  readonly source: string;
  readonly identifiers: readonly EncodedIdentifier[];
  readonly attributes: EncodedAttributes | null;
}

/** One institution's record of one household. */
export interface LinkableHousehold {
  readonly ref: string;
  /** Institution that holds the record; a person has at most one in each. */
  readonly source: string;
  readonly codes: readonly { readonly keyId: string; readonly mac: string }[];
  /** Refs of people of the same institution. */
  readonly members: readonly string[];
}
