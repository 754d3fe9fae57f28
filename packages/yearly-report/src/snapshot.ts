import { districtName } from '@tavolo/access-model';
import { cellStatuses } from '@tavolo/disclosure';
import { z } from 'zod';
import { combinations } from './combine-cells.ts';
import {
  absenceReasons,
  figureAreas,
  indicatorDirections,
  indicatorUnits,
} from './indicator-words.ts';

/** Raised when outputs of the same snapshot would have other bytes; old reports keep the bytes they were frozen with. */
export const rendererVersion = 2;

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const day = z.iso.date();
const year = z.int().min(2000).max(2100);
const words = z.strictObject({ it: z.string().max(2_000), en: z.string().max(2_000) });
const text = z.string().max(500);
const count = z.int().min(0);

const cell = z.strictObject({
  display: z.string().max(40),
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  status: z.enum(cellStatuses),
});

const estimate = z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() });

const lineage = z.strictObject({
  /** Of the combination this part is; `figure` when the indicator is one figure. */
  part: z.enum(['figure', 'first', 'second']),
  fact: z.string().nullable(),
  register: z.string().nullable(),
  factDocumentHash: hash.nullable(),
  dataHash: hash.nullable(),
  questionHash: hash,
});

const source = z.strictObject({
  subgraph: z.string(),
  asOf: z.string().nullable(),
  completeness: z.number().nullable(),
});

const frozenDefinition = z.strictObject({
  id: z.string(),
  version: z.int().min(1),
  validFrom: day,
  title: words,
  definition: words,
  sourceText: text,
  owner: z.string(),
  unit: z.enum(indicatorUnits),
  direction: z.enum(indicatorDirections),
  target: z.number().nullable(),
  /** As the definition file has it, for who computes it again. */
  formula: z.record(z.string(), z.json()),
});

const frozenValue = z.strictObject({
  indicator: z.string(),
  indicatorVersion: z.int(),
  area: z.enum(figureAreas),
  /** Null = everything up to the freeze. */
  year: year.nullable(),
  cell,
  reason: z.enum(absenceReasons).nullable(),
  /** The protected figures it was made of, so that anybody can make it again. */
  combination: z.strictObject({ kind: z.enum(combinations), first: cell, second: cell }).nullable(),
  /** The year before; null where the indicator has no year. */
  previous: cell.nullable(),
  sources: z.array(source).max(50),
  linkage: z.strictObject({ precision: estimate, recall: estimate }).nullable(),
  lineage: z.array(lineage).max(2),
});

const objective = z.strictObject({
  id: z.string(),
  district: districtName.nullable(),
  title: text,
  indicatorId: z.string(),
  baseline: z.number().nullable(),
  target: z.number().nullable(),
  latest: z.strictObject({ on: day, value: z.number() }).nullable(),
  state: z.enum(['OPEN', 'REACHED', 'NOT_REACHED', 'DROPPED']),
  dueOn: day,
});

const activity = z.strictObject({
  asOf: day,
  meetings: z.array(
    z.strictObject({
      level: z.enum(['POLITICAL', 'ORGANISATIONAL', 'TECHNICAL_OPERATIONAL']),
      planned: count,
      held: count,
      cancelled: count,
    }),
  ),
  participation: z
    .array(
      z.strictObject({
        organisation: text,
        /** Reports frozen before names were have none. */
        name: text.optional(),
        invited: count,
        attended: count,
        notRecorded: count,
        rate: z.number().nullable(),
      }),
    )
    .max(500),
  participationRate: z.number().nullable(),
  protocolsSigned: count,
  protocolsInForce: count,
  criteriaAdopted: z.array(z.strictObject({ service: text, adopted: count })).max(200),
});

/**
 * Everything a yearly report says, and all it says: strict, so that nothing else can be frozen by accident.
 * Figures about people are in it as protected cells only.
 */
export const reportSnapshot = z.strictObject({
  format: z.literal('tavolo-yearly-report/1'),
  rendererVersion: z.int().min(1),
  year,
  version: z.int().min(1),
  frozenAt: z.iso.datetime(),
  /** The organisation, never the person. */
  frozenBy: z.string(),
  disclosure: z.strictObject({
    method: text,
    floor: z.int().min(3),
    threshold: z.int().min(3),
    sensitiveThreshold: z.int().min(3),
    minimumForMean: z.int(),
    minimumForQuantile: z.int(),
    dominance: z.number(),
    maximumDimensions: z.int(),
    maximumDeviation: z.int(),
    /** The same in sentences, in Italian. */
    rules: z.array(text).max(20),
  }),
  methodology: z.array(z.strictObject({ heading: text, text: z.string().max(2_000) })).max(20),
  indicators: z.array(frozenDefinition).max(100),
  values: z.array(frozenValue).max(600),
  /** The years before, of the whole province, oldest first. */
  history: z.array(z.strictObject({ indicator: z.string(), year, cell })).max(1_000),
  objectives: z.array(objective).max(200),
  activity,
  territorialReports: z
    .array(
      z.strictObject({
        district: districtName.nullable(),
        year,
        title: text,
        registeredOn: day,
      }),
    )
    .max(500),
});

export type ReportSnapshot = Readonly<z.infer<typeof reportSnapshot>>;
export type FrozenDefinition = ReportSnapshot['indicators'][number];
export type FrozenValue = ReportSnapshot['values'][number];
