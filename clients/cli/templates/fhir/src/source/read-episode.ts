import { z } from 'zod';
import type { Fact } from '../store/feed-writer.ts';
import { type Codes, wordOf } from './codes.ts';
import { toFact } from './to-fact.ts';

const reference = z.object({ reference: z.string().max(200) });
/** What is read of an EpisodeOfCare (FHIR R4); names, notes and everything else are not looked at. */
const episode = z.object({
  resourceType: z.literal('EpisodeOfCare'),
  id: z.string().min(1).max(64),
  meta: z.object({ versionId: z.string().max(64).optional(), lastUpdated: z.string().max(40) }),
  status: z.string().max(40),
  type: z
    .array(z.object({ coding: z.array(z.object({ code: z.string().max(100) })).max(10) }))
    .max(10)
    .optional(),
  patient: reference,
  managingOrganization: reference.optional(),
  period: z.object({ start: z.string().max(40), end: z.string().max(40).optional() }),
});

const statusOf = new Map([
  ['planned', 'PLANNED'],
  ['waitlist', 'PLANNED'],
  ['active', 'ONGOING'],
  ['onhold', 'ONGOING'],
  ['finished', 'COMPLETED'],
  ['cancelled', 'BROKEN_OFF'],
]);

const placeOf = {
  localId: 'EpisodeOfCare.id',
  personLocalId: 'EpisodeOfCare.patient',
  kind: 'EpisodeOfCare.type',
  status: 'EpisodeOfCare.status',
  startedOn: 'EpisodeOfCare.period.start',
  endedOn: 'EpisodeOfCare.period.end',
  district: 'EpisodeOfCare.managingOrganization',
};

/** One EpisodeOfCare as an enrolment; one that was entered in error is taken out. */
export function readEpisode(resource: unknown, codes: Codes): Fact {
  const read = episode.safeParse(resource);
  if (!read.success) {
    const issue = read.error.issues[0];
    const field = ['EpisodeOfCare', ...(issue?.path ?? [])].map(String).join('.');
    return { kind: 'refused', field, reason: issue?.message ?? 'is no EpisodeOfCare' };
  }
  const { id, meta, status, type, patient, managingOrganization, period } = read.data;
  const recorded = Date.parse(meta.lastUpdated);
  if (Number.isNaN(recorded)) {
    return { kind: 'refused', field: 'EpisodeOfCare.meta.lastUpdated', reason: 'is no moment' };
  }
  const recordedAt = new Date(recorded).toISOString();
  if (status === 'entered-in-error') return { kind: 'remove', localId: id, recordedAt };
  return toFact(
    {
      localId: id,
      personLocalId: idIn(patient.reference),
      kind: wordOf(codes.kind, type?.[0]?.coding[0]?.code ?? ''),
      status: statusOf.get(status) ?? null,
      startedOn: period.start.slice(0, 10),
      endedOn: period.end?.slice(0, 10) ?? null,
      district: wordOf(codes.district, idIn(managingOrganization?.reference ?? '')),
    },
    recordedAt,
    placeOf,
  );
}

function idIn(given: string): string {
  return given.split('/').at(-1) ?? '';
}
