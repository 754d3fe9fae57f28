import type { Fact, FactRow } from '@tavolo/facts';

const path = (name: string) => ({ kind: 'PATH', path: [name], each: 'ROW' }) as const;

/** A hand-made fact with one column of each kind. */
export const stays: Fact = {
  name: 'stays',
  description: 'Stays (permanenze).',
  eventName: 'stays',
  unit: 'PERSON',
  document: 'query Stays { stays { id } }',
  operationName: 'Stays',
  documentHash: 'a'.repeat(64),
  pagePath: ['stays', 'nodes'],
  pageInfoPath: ['stays', 'pageInfo'],
  rowPath: [],
  unitPath: { path: ['person', 'ref'], each: 'ROW' },
  columns: [
    {
      name: 'district',
      type: { kind: 'ENUM', graphqlType: 'District', values: ['NORTH', "SOUTH'S"] },
      from: path('district'),
    },
    { name: 'town', type: { kind: 'TEXT' }, from: path('town') },
    { name: 'isMinor', type: { kind: 'BOOLEAN' }, from: path('isMinor') },
    { name: 'services', type: { kind: 'INTEGER' }, from: path('services') },
    { name: 'startedAt', type: { kind: 'MOMENT' }, from: path('startedAt') },
    { name: 'endedOn', type: { kind: 'DATE' }, from: path('endedOn') },
    { name: 'hours', type: { kind: 'NUMBER' }, from: path('hours') },
    {
      name: 'isOpen',
      type: { kind: 'BOOLEAN' },
      from: { kind: 'EXPRESSION', sql: 'endedOn IS NULL OR endedOn > loaded_on' },
    },
    {
      name: 'hoursAService',
      type: { kind: 'NUMBER' },
      from: { kind: 'EXPRESSION', sql: 'hours / services' },
    },
  ],
  dimensions: [
    { column: 'district', description: 'd', isSensitive: false, isOneWay: false },
    { column: 'town', description: 't', isSensitive: false, isOneWay: true },
    { column: 'isMinor', description: 'm', isSensitive: true, isOneWay: false },
    { column: 'services', description: 's', isSensitive: false, isOneWay: false },
    { column: 'isOpen', description: 'o', isSensitive: false, isOneWay: false },
  ],
  measures: [
    {
      column: 'hours',
      description: 'h',
      unit: 'HOURS',
      step: 1,
      limits: { WITHIN_12_HOURS: 12 },
      isSensitive: false,
    },
    {
      column: 'hoursAService',
      description: 'h',
      unit: 'HOURS',
      step: 1,
      limits: {},
      isSensitive: true,
    },
  ],
  periodColumn: 'startedAt',
  owners: ['reception-centres', 'health-authority'],
  categories: [],
};

export type StayValues = FactRow['values'];

export function stay(unitRef: string, values: StayValues = {}): FactRow {
  return {
    unitRef,
    values: { district: 'NORTH', startedAt: '2024-05-10T08:00:00Z', hours: 10, ...values },
  };
}

export async function* pagesOf(...pages: readonly (readonly FactRow[])[]) {
  for (const page of pages) yield await Promise.resolve(page);
}
