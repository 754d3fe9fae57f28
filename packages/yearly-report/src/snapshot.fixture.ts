import type { Cell } from '@tavolo/disclosure';
import { combineCells } from './combine-cells.ts';
import { figureAreas } from './indicator-words.ts';
import {
  type FrozenDefinition,
  type FrozenValue,
  type ReportSnapshot,
  rendererVersion,
  reportSnapshot,
} from './snapshot.ts';

/** A protected figure whose truth is within one of it. */
export function perturbed(value: number, width = 1): Cell {
  return {
    display: String(value),
    value,
    lower: value - width,
    upper: value + width,
    status: 'PERTURBED',
  };
}

/** Too few people. */
export const suppressed: Cell = {
  display: '<5',
  value: null,
  lower: 1,
  upper: 4,
  status: 'SUPPRESSED_PRIMARY',
};

/** A figure of the register. */
export function published(value: number): Cell {
  return { display: String(value), value, lower: value, upper: value, status: 'PUBLISHED' };
}

const hash = (digit: string): string => digit.repeat(64);

function definition(
  id: string,
  changes: Partial<FrozenDefinition> & { readonly titleIt: string },
): FrozenDefinition {
  const { titleIt, ...rest } = changes;
  return {
    id,
    version: 1,
    validFrom: '2011-01-01',
    title: { it: titleIt, en: titleIt },
    definition: {
      it: 'Quante persone, contate una volta sola, in tutta la provincia e per distretto.',
      en: 'How many people, counted once, in the whole province and by district.',
    },
    sourceText:
      'dal 2011, 198 pronte accoglienze (3 mesi) di R.A. senza permesso con vulnerabilità',
    owner: 'coordination-table',
    unit: 'EVENTS',
    direction: 'NEUTRAL',
    target: null,
    formula: { kind: 'FIGURE' },
    ...rest,
  };
}

function value(of: FrozenDefinition, area: FrozenValue['area'], cell: Cell): FrozenValue {
  return {
    indicator: of.id,
    indicatorVersion: of.version,
    area,
    year: 2025,
    cell,
    reason: cell.value === null ? 'TOO_FEW_CONTRIBUTORS' : null,
    combination: null,
    previous: cell.value === null ? null : perturbed(Math.max(0, cell.value - 4)),
    sources: [
      { subgraph: 'reception-centres', asOf: '2026-01-10T06:00:00Z', completeness: 0.97 },
      { subgraph: 'person-index', asOf: '2026-01-10T05:00:00Z', completeness: null },
    ],
    linkage: {
      precision: { estimate: 0.992, low: 0.985, high: 0.997 },
      recall: { estimate: 0.951, low: 0.93, high: 0.968 },
    },
    lineage: [
      {
        part: 'figure',
        fact: 'immediateReceptions',
        register: null,
        factDocumentHash: hash('a'),
        dataHash: hash('b'),
        questionHash: hash('c'),
      },
    ],
  };
}

/** A report of an invented year, with every kind of cell in it. */
export function sampleSnapshot(changes: Partial<ReportSnapshot> = {}): ReportSnapshot {
  const receptions = definition('immediate-receptions-in-year', {
    titleIt: 'Pronte accoglienze avviate nell’anno',
  });
  const within = definition('first-intervention-within-12-hours', {
    titleIt: 'Primo intervento socio-sanitario entro 12 ore',
    unit: 'SHARE',
    direction: 'HIGHER_IS_BETTER',
    target: 0.9,
  });
  const shorter = definition('shorter-stay', {
    titleIt: 'Permanenza più breve dopo la pronta accoglienza',
    unit: 'SHARE',
    direction: 'HIGHER_IS_BETTER',
    target: 0.2,
  });
  const days = [perturbed(288.2, 6), perturbed(361.5, 4)] as const;
  const stay = combineCells('ONE_MINUS_RATIO', ...days, 'SHARE');
  const counts: readonly Cell[] = [
    perturbed(41, 2),
    perturbed(19),
    perturbed(12),
    suppressed,
    perturbed(6),
  ];
  const shares: readonly Cell[] = [
    perturbed(0.93, 0.02),
    perturbed(0.9, 0.04),
    perturbed(0.84, 0.04),
    suppressed,
    { display: 'n/a', value: null, lower: null, upper: null, status: 'NOT_AVAILABLE' },
  ];
  const of = (each: FrozenDefinition, cells: readonly Cell[]): FrozenValue[] =>
    figureAreas.flatMap((area, index) => {
      const cell = cells[index];
      return cell === undefined ? [] : [value(each, area, cell)];
    });
  return reportSnapshot.parse({
    format: 'tavolo-yearly-report/1',
    rendererVersion,
    year: 2025,
    version: 1,
    frozenAt: '2026-01-12T09:30:00.000Z',
    frozenBy: 'provincial-table',
    disclosure: {
      method: 'cell-key method',
      floor: 3,
      threshold: 5,
      sensitiveThreshold: 10,
      minimumForMean: 8,
      minimumForQuantile: 10,
      dominance: 0.5,
      maximumDimensions: 3,
      maximumDeviation: 2,
      rules: [
        'Le cifre con meno di 5 persone (10 per le categorie particolari) non sono pubblicate.',
        'Ogni altra cifra è spostata secondo una tavola di perturbazione pubblica; gli estremi contengono il valore vero.',
      ],
    },
    methodology: [
      {
        heading: 'Da dove vengono le cifre',
        text: 'Ogni indicatore è una domanda fissa sui fatti caricati dalle istituzioni attraverso il grafo.',
      },
    ],
    indicators: [receptions, within, shorter],
    values: [
      ...of(receptions, counts),
      ...of(within, shares),
      {
        ...value(shorter, 'PROVINCE', stay.cell),
        combination: { kind: 'ONE_MINUS_RATIO', first: days[0], second: days[1] },
      },
    ],
    history: [
      { indicator: receptions.id, year: 2021, cell: perturbed(30) },
      { indicator: receptions.id, year: 2022, cell: perturbed(34) },
      { indicator: receptions.id, year: 2023, cell: suppressed },
      { indicator: receptions.id, year: 2024, cell: perturbed(37) },
      { indicator: receptions.id, year: 2025, cell: perturbed(41, 2) },
    ],
    objectives: [
      {
        id: 'objective-1',
        district: null,
        title: 'Primo intervento entro 12 ore per tutti, qualunque sia il contenitore',
        indicatorId: within.id,
        baseline: 0.85,
        target: 0.95,
        latest: { on: '2025-11-30', value: 0.93 },
        state: 'OPEN',
        dueOn: '2025-12-31',
      },
    ],
    activity: {
      asOf: '2025-12-31',
      meetings: [
        { level: 'POLITICAL', planned: 2, held: 2, cancelled: 0 },
        { level: 'ORGANISATIONAL', planned: 6, held: 5, cancelled: 1 },
        { level: 'TECHNICAL_OPERATIONAL', planned: 12, held: 12, cancelled: 0 },
      ],
      participation: [
        { organisation: 'ciac', name: 'Ciac', invited: 19, attended: 19, notRecorded: 0, rate: 1 },
        {
          organisation: 'ausl',
          name: 'AUSL di Parma',
          invited: 19,
          attended: 15,
          notRecorded: 1,
          rate: 0.789,
        },
        { organisation: 'Prefettura', invited: 4, attended: 2, notRecorded: 0, rate: 0.5 },
      ],
      participationRate: 0.857,
      protocolsSigned: 1,
      protocolsInForce: 3,
      criteriaAdopted: [{ service: 'Residenze', adopted: 2 }],
    },
    territorialReports: [
      {
        district: 'FIDENZA',
        year: 2025,
        title: 'Presenze e bisogni nel distretto di Fidenza',
        registeredOn: '2025-10-02',
      },
    ],
    ...changes,
  });
}
