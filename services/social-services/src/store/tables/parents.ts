import type { LegacyTable } from '../legacy-table.ts';

type Parent = LegacyTable<unknown>['parent'];

/** Belongs to a case. */
export const ofCase: Parent = {
  column: 'id_fascicolo',
  table: 'fascicolo',
  id: 'id_fascicolo',
  isInRegistry: false,
  isOptional: false,
};

/** Belongs to a plan. */
export const ofPlan: Parent = {
  column: 'id_progetto',
  table: 'progetto_pai',
  id: 'id_progetto',
  isInRegistry: false,
  isOptional: false,
};

/** Belongs to an assessment. */
export const ofAssessment: Parent = {
  column: 'id_valutazione',
  table: 'valutazione',
  id: 'id_valutazione',
  isInRegistry: false,
  isOptional: false,
};
