import { municipalities } from '@tavolo/schemas';
import { canonicalJson, type FigureArea, sha256Hex } from '@tavolo/yearly-report';
import type { TableActivity, TableActivityReader } from '../table/table-activity.ts';
import type { RegisterMeasure } from './definition.ts';
import type { TerritorialReportRow } from './report-store.ts';

/** What the table's own parts know of one year: acts of institutions, none of them about a person. */
export interface RegisterYear {
  readonly activity: TableActivity;
  readonly outsideRotation: number;
  /** ISTAT codes of municipalities that gave a domicile in turn. */
  readonly municipalitiesWithDomicile: readonly string[];
  readonly territorialReports: readonly TerritorialReportRow[];
  /** SHA-256 over all of it. */
  readonly dataHash: string;
}

/** Where the register of a year is read from; each is the port of its part. */
export interface RegisterSources {
  readonly activity: TableActivityReader;
  readonly rotation: {
    outsideRotation(year: number): Promise<number>;
    municipalitiesWithDomicile(year: number): Promise<readonly string[]>;
  };
  readonly reports: {
    territorialReports(year: number): Promise<readonly TerritorialReportRow[]>;
  };
}

/** One after the other: together they would take the connections of everybody else. */
export async function readRegisterYear(
  { activity, rotation, reports }: RegisterSources,
  year: number,
  today: string,
): Promise<RegisterYear> {
  const read = {
    activity: await activity.activityOf(year, today),
    outsideRotation: await rotation.outsideRotation(year),
    municipalitiesWithDomicile: await rotation.municipalitiesWithDomicile(year),
    territorialReports: await reports.territorialReports(year),
  };
  return { ...read, dataHash: sha256Hex(canonicalJson(read)) };
}

/** The figure of the register, or null where it is not told by district. */
export function registerFigure(
  measure: RegisterMeasure,
  year: RegisterYear,
  area: FigureArea,
): number | null {
  if (measure === 'TERRITORIAL_REPORTS') {
    return area === 'PROVINCE'
      ? year.territorialReports.length
      : year.territorialReports.filter(({ district }) => district === area).length;
  }
  return area === 'PROVINCE' ? provinceFigure(measure, year) : null;
}

function provinceFigure(
  measure: Exclude<RegisterMeasure, 'TERRITORIAL_REPORTS'>,
  { activity, outsideRotation }: RegisterYear,
): number {
  switch (measure) {
    case 'MEETINGS_HELD':
      return sum(activity.meetings.map(({ held }) => held));
    case 'INVITATIONS':
      return sum(activity.participation.map(({ invited }) => invited));
    case 'ATTENDANCES':
      return sum(activity.participation.map(({ attended }) => attended));
    case 'PROTOCOLS_IN_FORCE':
      return activity.protocolsInForce;
    case 'CRITERIA_ADOPTED':
      return sum(activity.criteriaAdopted.map(({ adopted }) => adopted));
    case 'DOMICILES_OUTSIDE_ROTATION':
      return outsideRotation;
  }
}

/** Municipalities of the area with an act of the table in the year. */
export function municipalitiesWithAct(
  { activity, municipalitiesWithDomicile }: RegisterYear,
  area: FigureArea,
): ReadonlySet<string> {
  const codes = [...activity.municipalitiesWithProtocol, ...municipalitiesWithDomicile];
  return new Set(codes.filter((code) => isIn(code, area)));
}

const districtOf = new Map(municipalities.map((each) => [each.istatCode, each.district]));

/** A municipality the reference does not know is in the province, and in none of its districts. */
export function isIn(istatCode: string, area: FigureArea): boolean {
  return area === 'PROVINCE' || districtOf.get(istatCode) === area;
}

/** How many municipalities an area has. */
export function municipalitiesOf(area: FigureArea): number {
  return municipalities.filter(({ istatCode }) => isIn(istatCode, area)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
