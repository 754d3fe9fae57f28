import { combinations, indicatorDirections, indicatorUnits } from '@tavolo/yearly-report';
import { z } from 'zod';

/** What the table's own register can be counted for. */
export const registerMeasures = [
  'MEETINGS_HELD',
  'INVITATIONS',
  'ATTENDANCES',
  'PROTOCOLS_IN_FORCE',
  'CRITERIA_ADOPTED',
  'TERRITORIAL_REPORTS',
  'DOMICILES_OUTSIDE_ROTATION',
] as const;
export type RegisterMeasure = (typeof registerMeasures)[number];

const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/u, 'must be a camelCase name');
const value = z.union([z.string().max(100), z.number(), z.boolean(), z.null()]);
const values = z.record(name, value);

const figureRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('CONTRIBUTORS') }),
  z.strictObject({ kind: z.literal('EVENTS') }),
  z.strictObject({ kind: z.literal('SHARE'), of: values }),
  z.strictObject({ kind: z.literal('MEAN'), measure: name }),
  z.strictObject({ kind: z.literal('QUANTILE'), measure: name, percent: z.int() }),
  z.strictObject({ kind: z.literal('WITHIN'), measure: name, limit: z.string() }),
]);

const figureFormula = z.strictObject({
  kind: z.literal('FIGURE'),
  fact: name,
  where: values.default({}),
  figure: figureRequest,
  /** The dimension that holds the district; null = only the whole province can be asked. */
  areaDimension: name.nullable(),
});

const registerFormula = z.strictObject({
  kind: z.literal('REGISTER'),
  measure: z.enum(registerMeasures),
});

const part = z.discriminatedUnion('kind', [figureFormula, registerFormula]);

/** How an indicator is computed; nothing but what is here can be. */
export const formula = z.discriminatedUnion('kind', [
  figureFormula,
  registerFormula,
  z.strictObject({
    kind: z.literal('COMBINATION'),
    combination: z.enum(combinations),
    first: part,
    second: part,
  }),
  /** Municipalities with an act of the table, or with a published figure in one of these facts. */
  z.strictObject({
    kind: z.literal('MUNICIPALITIES'),
    facts: z.array(z.strictObject({ fact: name, dimension: name })).max(5),
  }),
]);

const words = z.strictObject({
  it: z.string().min(1).max(2_000),
  en: z.string().min(1).max(2_000),
});

/** One definition file, `schemas/indicators/<id>.json`. */
export const indicatorDefinition = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$/u, 'must be words joined by hyphens')
    .max(64),
  /** Raised whenever a figure computed by it would mean something else. */
  version: z.int().min(1),
  /** First day the definition holds; years that end before it have no value. */
  validFrom: z.iso.date(),
  title: words,
  definition: words,
  /** What the founding document says, word by word. */
  sourceText: z.string().min(1).max(500),
  owner: z.string().min(1).max(100),
  unit: z.enum(indicatorUnits),
  direction: z.enum(indicatorDirections),
  target: z.number().nullable(),
  /** `YEAR` = rows of the year asked for; `ALL_TIME` = everything up to the last load. */
  period: z.enum(['YEAR', 'ALL_TIME']),
  formula,
});

export type IndicatorDefinition = Readonly<z.infer<typeof indicatorDefinition>>;
export type IndicatorFormula = IndicatorDefinition['formula'];
export type FigureFormula = Readonly<z.infer<typeof figureFormula>>;
export type RegisterFormula = Readonly<z.infer<typeof registerFormula>>;
export type FormulaPart = FigureFormula | RegisterFormula;

/** The figures a formula is made of, in its order. */
export function partsOf(of: IndicatorFormula): readonly FormulaPart[] {
  if (of.kind === 'COMBINATION') return [of.first, of.second];
  return of.kind === 'MUNICIPALITIES' ? [] : [of];
}
