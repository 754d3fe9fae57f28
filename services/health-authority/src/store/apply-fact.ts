import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { PersonAttributes } from '@tavolo/linkage';
import type { HealthFact } from './health-fact.ts';
import { createPersonMerge } from './merge-person.ts';

const dayMs = 86_400_000;

/** A birth on the day after is a clock's or a time zone's affair; any later one is a typing mistake. */
function withoutFutureBirth(attributes: PersonAttributes, receivedAt: string): PersonAttributes {
  const { birthDate } = attributes;
  const isFuture = birthDate !== null && Date.parse(birthDate) > Date.parse(receivedAt) + dayMs;
  return isFuture ? { ...attributes, birthDate: null } : attributes;
}

/** Derives the opaque id under which a fact is shown, from its kind and the institution's own key. */
export type DeriveId = (
  label: 'person' | 'health-event' | 'flag' | 'site' | 'material',
  id: string,
) => string;

/** Writes one fact inside the caller's transaction; writing the same fact again changes nothing. */
export function createApplyFact(database: FeedDatabase, deriveId: DeriveId) {
  const sql = (text: string) => prepareSql(database, text);
  const { survivorOf, learn, merge } = createPersonMerge(database, deriveId);
  const identifier = sql(`
    INSERT INTO identifier (local_id, kind, value, valid_from, valid_to, original_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET valid_from = coalesce(excluded.valid_from, valid_from),
      valid_to = coalesce(excluded.valid_to, valid_to)`);
  const fhirPatient = sql(
    'INSERT INTO fhir_patient (fhir_id, local_id) VALUES (?, ?) ON CONFLICT DO UPDATE SET local_id = excluded.local_id',
  );
  const event = sql(`
    INSERT INTO event (key, public_id, local_id, at, service_type, is_mapped, mediation, original_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET local_id = excluded.local_id, at = excluded.at,
      service_type = excluded.service_type, is_mapped = excluded.is_mapped,
      mediation = coalesce(excluded.mediation, mediation)`);
  const withdrawEvent = sql('DELETE FROM event WHERE key = ?');
  const registration = sql(`
    INSERT INTO registration (local_id, kind, from_on, to_on, district, original_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET to_on = coalesce(excluded.to_on, to_on),
      district = coalesce(excluded.district, district)`);
  const flag = sql(`
    INSERT INTO flag (key, public_id, local_id, category, level, at, source_service, original_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET local_id = excluded.local_id, category = excluded.category,
      level = excluded.level, at = excluded.at, source_service = excluded.source_service`);
  const withdrawFlag = sql('DELETE FROM flag WHERE key = ?');
  const screening = sql(`
    INSERT INTO screening (local_id, programme, offered_on, accepted_on, original_id) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET accepted_on = coalesce(excluded.accepted_on, accepted_on)`);
  const site = sql('INSERT OR REPLACE INTO service_site VALUES (?, ?, ?, ?, ?, ?, ?)');
  const material = sql('INSERT OR REPLACE INTO info_material VALUES (?, ?, ?, ?, ?, ?)');

  return (fact: HealthFact, messageId: number, receivedAt: string): void => {
    switch (fact.kind) {
      case 'person': {
        const owner = learn(fact.localId, withoutFutureBirth(fact.attributes, receivedAt));
        for (const { kind, value, validFrom, validTo } of fact.identifiers) {
          identifier.run([owner, kind, value, validFrom, validTo, fact.localId]);
        }
        break;
      }
      case 'fhir-patient':
        fhirPatient.run([fact.fhirId, fact.localId]);
        break;
      case 'merge':
        merge(fact, messageId);
        break;
      case 'event':
        event.run([
          fact.key,
          deriveId('health-event', fact.key),
          survivorOf(fact.localId),
          fact.at,
          fact.serviceType,
          Number(fact.isServiceMapped),
          fact.languageMediation === null ? null : Number(fact.languageMediation),
          fact.localId,
        ]);
        break;
      case 'event-withdrawn':
        withdrawEvent.run([fact.key]);
        break;
      case 'registration':
        // '' stands for an unknown first day: a NULL in the key would make each repetition a new row.
        registration.run([
          survivorOf(fact.localId),
          fact.registration,
          fact.from ?? '',
          fact.to,
          fact.district,
          fact.localId,
        ]);
        break;
      case 'flag':
        flag.run([
          fact.key,
          deriveId('flag', fact.key),
          survivorOf(fact.localId),
          fact.category,
          fact.level,
          fact.at,
          fact.sourceService,
          fact.localId,
        ]);
        break;
      case 'flag-withdrawn':
        withdrawFlag.run([fact.key]);
        break;
      case 'screening':
        screening.run([
          survivorOf(fact.localId),
          fact.programme,
          fact.offeredOn,
          fact.acceptedOn,
          fact.localId,
        ]);
        break;
      case 'site':
        site.run([
          fact.key,
          deriveId('site', fact.key),
          fact.serviceType,
          fact.municipality,
          JSON.stringify(fact.languages),
          Number(fact.isOpenToNotEnrolled),
          JSON.stringify(fact.openingHours),
        ]);
        break;
      case 'material':
        material.run([
          fact.key,
          deriveId('material', fact.key),
          fact.topic,
          JSON.stringify(fact.languages),
          fact.version,
          fact.publishedAt,
        ]);
    }
  };
}
