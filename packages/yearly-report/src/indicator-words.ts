/** What an indicator counts in; households and people are never mixed. */
export const indicatorUnits = [
  'PEOPLE',
  'HOUSEHOLDS',
  'EVENTS',
  'SHARE',
  'DAYS',
  'HOURS',
  'COUNT',
] as const;
export type IndicatorUnit = (typeof indicatorUnits)[number];

/** Which way is better. */
export const indicatorDirections = ['HIGHER_IS_BETTER', 'LOWER_IS_BETTER', 'NEUTRAL'] as const;
export type IndicatorDirection = (typeof indicatorDirections)[number];

/** Where a figure is of: the whole province, or one of its districts. */
export const figureAreas = ['PROVINCE', 'PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;
export type FigureArea = (typeof figureAreas)[number];

/** Why there is no figure; stable codes, told apart by machines. */
export const absenceReasons = [
  'DIVISION_BY_NOTHING',
  'PART_WITHHELD',
  'PART_NOT_AVAILABLE',
  'TOO_FEW_CONTRIBUTORS',
  'NEVER_LOADED',
  'NO_DATA',
  'NOT_BY_DISTRICT',
  'BEFORE_DEFINITION',
  'SOURCE_UNAVAILABLE',
] as const;
export type AbsenceReason = (typeof absenceReasons)[number];
