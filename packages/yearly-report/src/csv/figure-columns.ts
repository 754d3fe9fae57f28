import { compareWithPrevious, targetState } from '../judge-figure.ts';
import type { FrozenDefinition, FrozenValue, ReportSnapshot } from '../snapshot.ts';

type Value = string | number | null;

/** One row of the CSV: a figure with its definition and the report it stands in. */
export interface FigureRow {
  readonly report: ReportSnapshot;
  readonly definition: FrozenDefinition;
  readonly figure: FrozenValue;
}

/** One column of the CSV and its line in the data dictionary, so that neither can lack the other. */
export interface FigureColumn {
  readonly name: string;
  readonly type: 'TEXT' | 'INTEGER' | 'NUMBER' | 'CODE' | 'TIME' | 'HASH';
  readonly it: string;
  readonly en: string;
  readonly of: (row: FigureRow) => Value;
}

/** The columns, in their order. */
export const figureColumns: readonly FigureColumn[] = [
  {
    name: 'report_year',
    type: 'INTEGER',
    it: 'Anno della relazione',
    en: 'Year of the report',
    of: ({ report }) => report.year,
  },
  {
    name: 'report_version',
    type: 'INTEGER',
    it: 'Versione della relazione',
    en: 'Version of the report',
    of: ({ report }) => report.version,
  },
  {
    name: 'indicator',
    type: 'CODE',
    it: 'Codice dell’indicatore',
    en: 'Id of the indicator',
    of: ({ definition }) => definition.id,
  },
  {
    name: 'indicator_version',
    type: 'INTEGER',
    it: 'Versione della definizione',
    en: 'Version of the definition',
    of: ({ definition }) => definition.version,
  },
  {
    name: 'title',
    type: 'TEXT',
    it: 'Titolo dell’indicatore',
    en: 'Title of the indicator, in Italian',
    of: ({ definition }) => definition.title.it,
  },
  {
    name: 'unit',
    type: 'CODE',
    it: 'Unità di misura; SHARE è una quota da 0 a 1',
    en: 'Unit; SHARE is from 0 to 1',
    of: ({ definition }) => definition.unit,
  },
  {
    name: 'area',
    type: 'CODE',
    it: 'Provincia o distretto',
    en: 'Province or district',
    of: ({ figure }) => figure.area,
  },
  {
    name: 'period',
    type: 'TEXT',
    it: 'Anno; ALL = dall’inizio al congelamento',
    en: 'Year; ALL = from the beginning to the freeze',
    of: ({ figure }) => figure.year ?? 'ALL',
  },
  {
    name: 'value',
    type: 'NUMBER',
    it: 'Valore pubblicato; vuoto se soppresso o non disponibile',
    en: 'Published figure; empty when withheld or not available',
    of: ({ figure }) => figure.cell.value,
  },
  {
    name: 'lower',
    type: 'NUMBER',
    it: 'Il valore vero non è inferiore; vuoto = nessun estremo',
    en: 'The true figure is not below this; empty = no bound',
    of: ({ figure }) => figure.cell.lower,
  },
  {
    name: 'upper',
    type: 'NUMBER',
    it: 'Il valore vero non è superiore; vuoto = nessun estremo',
    en: 'The true figure is not above this; empty = no bound',
    of: ({ figure }) => figure.cell.upper,
  },
  {
    name: 'status',
    type: 'CODE',
    it: 'PUBLISHED esatto, PERTURBED perturbato, SUPPRESSED_PRIMARY troppe poche persone, SUPPRESSED_SECONDARY soppresso di conseguenza, NOT_AVAILABLE non disponibile',
    en: 'How the figure came about',
    of: ({ figure }) => figure.cell.status,
  },
  {
    name: 'reason',
    type: 'CODE',
    it: 'Perché manca il valore',
    en: 'Why there is no figure',
    of: ({ figure }) => figure.reason,
  },
  {
    name: 'previous_value',
    type: 'NUMBER',
    it: 'Valore dell’anno precedente',
    en: 'Figure of the year before',
    of: ({ figure }) => figure.previous?.value ?? null,
  },
  {
    name: 'trend',
    type: 'CODE',
    it: 'Confronto con l’anno precedente, tenuto conto degli estremi',
    en: 'Comparison with the year before, bounds considered',
    of: ({ definition, figure }) =>
      compareWithPrevious(figure.cell, figure.previous, definition.direction, definition.unit)
        .trend,
  },
  {
    name: 'target',
    type: 'NUMBER',
    it: 'Valore atteso',
    en: 'Target',
    of: ({ definition }) => definition.target,
  },
  {
    name: 'target_state',
    type: 'CODE',
    it: 'Se il valore atteso è raggiunto, tenuto conto degli estremi',
    en: 'Whether the target is reached, bounds considered',
    of: ({ definition, figure }) =>
      targetState(figure.cell, definition.target, definition.direction),
  },
  {
    name: 'oldest_source',
    type: 'TIME',
    it: 'Aggiornamento della fonte più vecchia',
    en: 'As of when the oldest source is',
    of: ({ figure }) => figure.sources.flatMap(({ asOf }) => asOf ?? []).sort()[0] ?? null,
  },
  {
    name: 'least_completeness',
    type: 'NUMBER',
    it: 'Completezza della fonte meno completa, da 0 a 1',
    en: 'Completeness of the least complete source, 0 to 1',
    of: ({ figure }) => smallest(figure.sources.flatMap(({ completeness }) => completeness ?? [])),
  },
  {
    name: 'linkage_precision_low',
    type: 'NUMBER',
    it: 'Precisione dell’abbinamento, estremo inferiore',
    en: 'Precision of the linkage, lower bound',
    of: ({ figure }) => figure.linkage?.precision.low ?? null,
  },
  {
    name: 'linkage_recall_low',
    type: 'NUMBER',
    it: 'Richiamo dell’abbinamento, estremo inferiore',
    en: 'Recall of the linkage, lower bound',
    of: ({ figure }) => figure.linkage?.recall.low ?? null,
  },
  {
    name: 'computed_from',
    type: 'TEXT',
    it: 'Fatto o registro da cui è calcolato',
    en: 'Fact or register it is computed from',
    of: ({ figure }) => joined(figure.lineage.map(({ fact, register }) => fact ?? register)),
  },
  {
    name: 'question_hash',
    type: 'HASH',
    it: 'SHA-256 della domanda',
    en: 'SHA-256 of the question',
    of: ({ figure }) => joined(figure.lineage.map(({ questionHash }) => questionHash)),
  },
  {
    name: 'data_hash',
    type: 'HASH',
    it: 'SHA-256 dei dati caricati',
    en: 'SHA-256 of the loaded data',
    of: ({ figure }) => joined(figure.lineage.map(({ dataHash }) => dataHash)),
  },
];

function smallest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

function joined(parts: readonly (string | null)[]): string {
  return parts.flatMap((part) => part ?? []).join(' ');
}
