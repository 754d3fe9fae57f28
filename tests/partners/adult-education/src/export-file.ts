import { isMembers } from './caller.ts';

export interface CourseRow {
  readonly localId: string;
  readonly level: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly plannedHours: number | null;
  readonly places: number | null;
  readonly district: string;
  readonly istatCode: string | null;
}

export interface PersonRow {
  readonly localId: string;
  readonly district: string;
  readonly isProtected: boolean;
}

export interface EnrolmentRow {
  readonly localId: string;
  readonly person: string;
  readonly course: string;
  readonly status: string;
  readonly enrolledOn: string;
  readonly endedOn: string | null;
  readonly attendedHours: number | null;
  readonly isCertified: boolean | null;
  readonly hasLearningSupport: boolean | null;
}

/** What the centre's register exports each night, without the rows that do not hold together. */
export interface ExportFile {
  readonly exportedAt: string;
  readonly courses: readonly CourseRow[];
  readonly people: readonly PersonRow[];
  readonly enrolments: readonly EnrolmentRow[];
  readonly rows: number;
  readonly quarantined: number;
}

type Members = Readonly<Record<string, unknown>>;

const DISTRICTS = new Set(['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO']);
const LEVELS = new Set(['PRE_A1', 'A1', 'A2', 'B1', 'LOWER_SECONDARY', 'COMPULSORY_SKILLS']);
const STATUSES = new Set(['WAITING', 'ATTENDING', 'COMPLETED', 'WITHDRAWN']);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isWord = (words: ReadonlySet<string>, value: unknown): value is string =>
  typeof value === 'string' && words.has(value);
const isCount = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0);
const isMaybe = (value: unknown): value is boolean | null =>
  value === null || typeof value === 'boolean';

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function readCourse(row: Members): CourseRow | null {
  const { localId, level, startsOn, endsOn, plannedHours, places, district, istatCode } = row;
  if (!isText(localId) || !isWord(LEVELS, level) || !isWord(DISTRICTS, district)) return null;
  if (!isDay(startsOn) || (endsOn !== null && !isDay(endsOn))) return null;
  if (!isCount(plannedHours) || !isCount(places)) return null;
  if (istatCode !== null && (typeof istatCode !== 'string' || !/^\d{6}$/u.test(istatCode))) {
    return null;
  }
  return { localId, level, startsOn, endsOn, plannedHours, places, district, istatCode };
}

function readPerson(row: Members): PersonRow | null {
  const { localId, district, isProtected } = row;
  if (!isText(localId) || !isWord(DISTRICTS, district) || typeof isProtected !== 'boolean') {
    return null;
  }
  return { localId, district, isProtected };
}

function readEnrolment(row: Members): EnrolmentRow | null {
  const { localId, person, course, status, enrolledOn, endedOn } = row;
  const { attendedHours, isCertified, hasLearningSupport } = row;
  if (!isText(localId) || !isText(person) || !isText(course)) return null;
  if (!isWord(STATUSES, status) || !isDay(enrolledOn)) return null;
  if (endedOn !== null && !isDay(endedOn)) return null;
  if (!isCount(attendedHours) || !isMaybe(isCertified) || !isMaybe(hasLearningSupport)) {
    return null;
  }
  return {
    localId,
    person,
    course,
    status,
    enrolledOn,
    endedOn,
    attendedHours,
    isCertified,
    hasLearningSupport,
  };
}

function readRows<Row>(value: unknown, read: (row: Members) => Row | null): [Row[], number] {
  if (!Array.isArray(value)) throw new Error('The export lacks one of its lists.');
  const list = value as unknown[];
  const rows = list.map((row) => (isMembers(row) ? read(row) : null));
  return [rows.filter((row) => row !== null), list.length];
}

/** Reads the register's export; a row that does not hold together is left out and counted. */
export function readExport(text: string): ExportFile {
  const value: unknown = JSON.parse(text);
  if (!isMembers(value) || !isText(value['exportedAt'])) {
    throw new Error('The export does not say when it was made (exportedAt).');
  }
  const [courses, courseRows] = readRows(value['courses'], readCourse);
  const [people, personRows] = readRows(value['people'], readPerson);
  const [readable, enrolmentRows] = readRows(value['enrolments'], readEnrolment);
  const knownPeople = new Set(people.map((row) => row.localId));
  const knownCourses = new Set(courses.map((row) => row.localId));
  const enrolments = readable.filter(
    (row) => knownPeople.has(row.person) && knownCourses.has(row.course),
  );
  const rows = courseRows + personRows + enrolmentRows;
  return {
    exportedAt: value['exportedAt'],
    courses,
    people,
    enrolments,
    rows,
    quarantined: rows - courses.length - people.length - enrolments.length,
  };
}
