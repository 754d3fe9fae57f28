import { z } from 'zod';
import { isDay } from '../hub/date-scalars.ts';
import { districts } from '../hub/row-scope.ts';
import { deriveSectorKey } from '../hub/sector-key.ts';

/** The schema's words; a source's own words are brought to these, and none of them leaves. */
export const kinds = ['INTERVIEW', 'COURSE', 'TRAINEESHIP', 'PLACEMENT', 'OTHER'] as const;
export const statuses = ['PLANNED', 'ONGOING', 'COMPLETED', 'BROKEN_OFF'] as const;

const day = z.string().refine(isDay, { error: 'must be a day that exists, YYYY-MM-DD' });
const localId = z.string().min(1, { error: 'is missing' }).max(200);

/** An enrolment as the source knows it: with local ids, so it stays inside. */
export const enrolmentRecord = z
  .object({
    localId,
    personLocalId: localId,
    kind: z.enum(kinds, { error: `must be one of ${kinds.join(', ')}` }),
    status: z.enum(statuses, { error: `must be one of ${statuses.join(', ')}` }),
    startedOn: day,
    endedOn: day.nullable(),
    district: z.enum(districts, { error: `must be one of ${districts.join(', ')}` }).nullable(),
    isTargeted: z.boolean().nullable(),
  })
  .refine(({ startedOn, endedOn }) => endedOn === null || startedOn <= endedOn, {
    path: ['endedOn'],
    error: 'is before the first day',
  });
export type EnrolmentRecord = Readonly<z.infer<typeof enrolmentRecord>>;

/** An enrolment as the graph may have it: its ids are opaque. */
export interface Enrolment extends Omit<EnrolmentRecord, 'localId' | 'personLocalId'> {
  readonly id: string;
  readonly personKey: string;
}

/** Puts opaque ids where the local ones were; `person` is the label the person index knows people by. */
export function toEnrolment(record: EnrolmentRecord, sectorKeySecret: string): Enrolment {
  const { localId: local, personLocalId, ...facts } = record;
  return {
    id: deriveSectorKey(sectorKeySecret, 'enrolment', local),
    personKey: deriveSectorKey(sectorKeySecret, 'person', personLocalId),
    ...facts,
  };
}
