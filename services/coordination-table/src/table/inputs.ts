import { districtName } from '@tavolo/access-model';
import { municipalityByIstatCode } from '@tavolo/schemas';
import { isDay, isInstant } from '@tavolo/subgraph-kit';
import { z } from 'zod';
import { institutionalText } from './institutional-text.ts';
import {
  cadenceUnits,
  criterionServices,
  formalisations,
  goodPracticeFields,
  meetingLevels,
  nodeKinds,
  objectiveAims,
  transferabilityFactors,
} from './rows.ts';

/** How many of each a meeting, an objective or a protocol has at the most; the SDL says the same. */
export const most = {
  invitations: 40,
  agendaItems: 30,
  decisions: 50,
  progress: 60,
  signatories: 90,
} as const;

/** The table is younger than the one and the hub will not see the other: a slip of the pen, not a day. */
const [firstYear, lastYear] = [2000, 2099];

const day = z
  .string()
  .refine(isDay, 'must be a day, YYYY-MM-DD')
  .refine((text) => isPlausible(Number(text.slice(0, 4))), 'must be between 2000 and 2099');
const moment = z
  .string()
  .refine(isInstant, 'must be a moment with its offset, RFC 3339')
  .transform((text) => new Date(text).toISOString())
  .refine((text) => isPlausible(Number(text.slice(0, 4))), 'must be between 2000 and 2099');
const id = z.string().regex(/^[\w-]{1,64}$/u, 'is not an id of the register');
/** A column, not a sentence; never said of a person. */
const shortName = z
  .string()
  .max(64, 'must have at most 64 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'must be lower-case words joined by hyphens');
const municipalityCode = z
  .string()
  .refine(
    (code) => municipalityByIstatCode(code) !== undefined,
    'must be the ISTAT code of a municipality of the province',
  );
const finite = z.number().refine(Number.isFinite, 'must be a number');
const year = z.number().int().refine(isPlausible, 'must be between 2000 and 2099');
const absentAsNull = <Shape extends z.ZodType>(shape: Shape) =>
  shape.nullish().transform((value) => value ?? null);

const absentAsNone = <Item>(shape: z.ZodType<Item[]>) =>
  shape.nullish().transform((items) => items ?? []);

function isPlausible(value: number): boolean {
  return value >= firstYear && value <= lastYear;
}

function once<Item extends z.ZodType>(
  item: Item,
  max: number,
  keyOf: (value: z.output<Item>) => string,
) {
  return z
    .array(item)
    .max(max, `must have at most ${max} entries`)
    .refine(
      (items) => new Set(items.map(keyOf)).size === items.length,
      'must name each of them once',
    );
}

const seatIds = once(id, most.invitations, String);
const agenda = z
  .array(institutionalText(300))
  .max(most.agendaItems, `must have at most ${most.agendaItems} entries`);

export const addSeatInput = z
  .object({
    organisation: shortName,
    name: institutionalText(120),
    kind: z.enum(nodeKinds),
    district: absentAsNull(districtName),
    municipality: absentAsNull(municipalityCode),
    from: day,
  })
  .refine(({ kind, municipality }) => kind !== 'LEAD_MUNICIPALITY' || municipality !== null, {
    path: ['municipality'],
    message: 'must be given for a municipality that leads a district',
  });
export const endSeatInput = z.object({ seatId: id, to: day });
export const setCadenceRuleInput = z.object({
  level: z.enum(meetingLevels),
  every: z.number().int().min(1, 'must be 1 to 366').max(366, 'must be 1 to 366'),
  unit: z.enum(cadenceUnits),
  reading: institutionalText(300),
  validFrom: day,
});
export const planMeetingInput = z.object({
  level: z.enum(meetingLevels),
  plannedAt: moment,
  seatIds: absentAsNone(seatIds),
  agenda: absentAsNone(agenda),
});
export const inviteNodesInput = z.object({
  meetingId: id,
  seatIds: seatIds.min(1, 'must name a node'),
});
export const addAgendaItemsInput = z.object({
  meetingId: id,
  items: agenda.min(1, 'must name a point'),
});
export const holdMeetingInput = z.object({ meetingId: id, heldAt: moment });
export const cancelMeetingInput = z.object({ meetingId: id, reason: institutionalText(300) });
export const recordAttendanceInput = z.object({
  meetingId: id,
  attendance: once(
    z.object({ seatId: id, attended: z.boolean() }),
    most.invitations,
    ({ seatId }) => seatId,
  ).min(1, 'must name a node'),
});
export const recordDecisionInput = z.object({
  meetingId: id,
  text: institutionalText(2000),
  protocolId: absentAsNull(id),
});
export const setObjectiveInput = z.object({
  objectiveId: absentAsNull(id),
  year,
  district: absentAsNull(districtName),
  aim: z.enum(objectiveAims),
  title: institutionalText(300),
  indicatorId: z
    .string()
    .regex(/^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$/u, 'must be the id of an indicator')
    .max(64, 'must have at most 64 characters'),
  baseline: absentAsNull(finite),
  target: absentAsNull(finite),
  dueOn: day,
});
export const recordProgressInput = z.object({
  objectiveId: id,
  on: day,
  value: finite,
  note: absentAsNull(institutionalText(300)),
});
export const closeObjectiveInput = z.object({
  objectiveId: id,
  state: z.enum(['REACHED', 'NOT_REACHED', 'DROPPED'], {
    error: 'must be REACHED, NOT_REACHED or DROPPED',
  }),
  on: day,
});
export const draftProtocolInput = z.object({
  code: z
    .string()
    .regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/u, 'must be words or numbers joined by hyphens')
    .max(40, 'must have at most 40 characters'),
  title: institutionalText(200),
  summary: institutionalText(2000),
  ownerSeatId: id,
});
const signatory = z
  .object({ seatId: absentAsNull(id), municipality: absentAsNull(municipalityCode) })
  .refine(
    ({ seatId, municipality }) => (seatId === null) !== (municipality === null),
    'must name a seat or a municipality, and not both',
  );
export const signProtocolInput = z.object({
  protocolId: id,
  signedOn: day,
  signatories: once(
    signatory,
    most.signatories,
    ({ seatId, municipality }) => `${seatId}/${municipality}`,
  ).min(2, 'must name two at least'),
});
export const putProtocolInForceInput = z
  .object({ protocolId: id, validFrom: day, validTo: absentAsNull(day) })
  .refine(({ validFrom, validTo }) => validTo === null || validFrom <= validTo, {
    path: ['validTo'],
    message: 'must not come before validFrom',
  });
export const withdrawProtocolInput = z.object({ protocolId: id, reason: institutionalText(300) });
export const adoptCriterionInput = z
  .object({
    code: shortName,
    service: z.enum(criterionServices),
    text: institutionalText(2000),
    adoptedOn: day,
    reviewOn: absentAsNull(day),
  })
  .refine(({ adoptedOn, reviewOn }) => reviewOn === null || adoptedOn < reviewOn, {
    path: ['reviewOn'],
    message: 'must come after adoptedOn',
  });
export const publishGoodPracticeInput = z
  .object({
    title: institutionalText(200),
    field: z.enum(goodPracticeFields),
    description: institutionalText(4000),
    formalisation: z.enum(formalisations),
    protocolId: absentAsNull(id),
    seatId: id,
    transferability: absentAsNone(
      once(z.enum(transferabilityFactors), transferabilityFactors.length, String),
    ),
  })
  .refine(({ formalisation, protocolId }) => protocolId === null || formalisation === 'PROTOCOL', {
    path: ['protocolId'],
    message: 'is given only for a practice formalised in a protocol',
  });
