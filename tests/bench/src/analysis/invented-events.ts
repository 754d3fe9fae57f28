import type { Fact, FactRow } from '@tavolo/facts';

const districts = ['PARMA', 'FIDENZA', 'SUD_EST', 'VALLI_TARO_CENO'] as const;
const receptionTypes = ['CAS', 'SAI', 'HUB', 'LOW_THRESHOLD'] as const;
const services = Array.from({ length: 7 }, (_, at) => `SERVICE_${at}`);

const leaf = (name: string) => ({ kind: 'PATH', path: [name], each: 'ROW' }) as const;
const dimension = (column: string, isSensitive = false) =>
  ({ column, description: column, isSensitive, isOneWay: false }) as const;

/** Events such as health contacts or interventions: eight dimensions, two measures, one moment. */
export const events: Fact = {
  name: 'events',
  description: 'Invented events.',
  eventName: 'events',
  unit: 'PERSON',
  document: '',
  operationName: 'Events',
  documentHash: '',
  pagePath: [],
  pageInfoPath: [],
  rowPath: [],
  unitPath: { path: ['ref'], each: 'ROW' },
  columns: [
    {
      name: 'district',
      type: { kind: 'ENUM', graphqlType: 'District', values: districts },
      from: leaf('district'),
    },
    {
      name: 'receptionType',
      type: { kind: 'ENUM', graphqlType: 'ReceptionType', values: receptionTypes },
      from: leaf('receptionType'),
    },
    {
      name: 'service',
      type: { kind: 'ENUM', graphqlType: 'Service', values: services },
      from: leaf('service'),
    },
    { name: 'isMinor', type: { kind: 'BOOLEAN' }, from: leaf('isMinor') },
    { name: 'isOpen', type: { kind: 'BOOLEAN' }, from: leaf('isOpen') },
    { name: 'hasPlan', type: { kind: 'BOOLEAN' }, from: leaf('hasPlan') },
    { name: 'followedBy', type: { kind: 'INTEGER' }, from: leaf('followedBy') },
    { name: 'town', type: { kind: 'TEXT' }, from: leaf('town') },
    { name: 'startedAt', type: { kind: 'MOMENT' }, from: leaf('startedAt') },
    { name: 'hours', type: { kind: 'NUMBER' }, from: leaf('hours') },
    {
      name: 'days',
      type: { kind: 'INTEGER' },
      from: { kind: 'EXPRESSION', sql: "date_diff('day', startedAt, loaded_on)" },
    },
  ],
  dimensions: [
    dimension('district'),
    dimension('receptionType'),
    dimension('service', true),
    dimension('isMinor', true),
    dimension('isOpen'),
    dimension('hasPlan'),
    dimension('followedBy'),
    { ...dimension('town'), isOneWay: true },
  ],
  measures: ['hours', 'days'].map((column) => ({
    column,
    description: column,
    unit: 'HOURS',
    step: 1,
    limits: { WITHIN_12: 12 },
    isSensitive: false,
  })),
  periodColumn: 'startedAt',
  owners: [],
  categories: [],
};

const pageSize = 250;
const firstMoment = Date.UTC(2020, 0, 1);

/** Pages of invented rows, `perPerson` each; the same for the same numbers. */
export async function* inventedPages(
  people: number,
  perPerson: number,
): AsyncGenerator<readonly FactRow[]> {
  let page: FactRow[] = [];
  for (let at = 0; at < people * perPerson; at += 1) {
    const person = Math.floor(at / perPerson);
    const drawn = Math.imul(at + 1, 2_654_435_761) >>> 0;
    page.push({
      unitRef: `person-${person}`,
      values: {
        district: districts[person % 4] ?? null,
        receptionType: receptionTypes[(drawn >>> 3) % 4] ?? null,
        service: services[(drawn >>> 6) % 7] ?? null,
        isMinor: person % 5 === 0,
        isOpen: drawn % 3 === 0,
        hasPlan: drawn % 7 === 0,
        followedBy: drawn % 5,
        town: `town-${person % 44}`,
        startedAt: new Date(firstMoment + (drawn % (6 * 365)) * 86_400_000).toISOString(),
        hours: drawn % 600,
      },
    });
    if (page.length === pageSize) {
      yield await Promise.resolve(page);
      page = [];
    }
  }
  if (page.length > 0) yield page;
}
