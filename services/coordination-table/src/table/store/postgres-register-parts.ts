import type { Kysely } from 'kysely';
import {
  toCriterion,
  toDecision,
  toInvitation,
  toMeeting,
  toObjective,
  toPractice,
  toProtocol,
  toSeat,
} from './register-rows.ts';
import type { RegisterStore } from './register-store.ts';
import type { RegisterTables } from './register-tables.ts';

type PartsReader = Pick<
  RegisterStore,
  | 'seatsByIds'
  | 'meetingsByIds'
  | 'objectivesByIds'
  | 'protocolsByIds'
  | 'criteriaByIds'
  | 'practicesByIds'
  | 'invitationsOf'
  | 'agendaOf'
  | 'decisionsOf'
  | 'progressOf'
  | 'signatoriesOf'
>;

/** What loaders ask for: rows by their ids, and the parts of many rows at once. */
export function createPartsReader(ready: () => Promise<Kysely<RegisterTables>>): PartsReader {
  return {
    async seatsByIds(ids) {
      const db = await ready();
      return (await db.selectFrom('seat').selectAll().where('id', 'in', ids).execute()).map(toSeat);
    },
    async meetingsByIds(ids) {
      const db = await ready();
      const rows = await db.selectFrom('meeting').selectAll().where('id', 'in', ids).execute();
      return rows.map(toMeeting);
    },
    async objectivesByIds(ids) {
      const db = await ready();
      const rows = await db.selectFrom('objective').selectAll().where('id', 'in', ids).execute();
      return rows.map(toObjective);
    },
    async protocolsByIds(ids) {
      const db = await ready();
      const rows = await db.selectFrom('protocol').selectAll().where('id', 'in', ids).execute();
      return rows.map(toProtocol);
    },
    async criteriaByIds(ids) {
      const db = await ready();
      const rows = await db.selectFrom('criterion').selectAll().where('id', 'in', ids).execute();
      return rows.map(toCriterion);
    },
    async practicesByIds(ids) {
      const db = await ready();
      const rows = await db
        .selectFrom('good_practice')
        .selectAll()
        .where('id', 'in', ids)
        .execute();
      return rows.map(toPractice);
    },
    async invitationsOf(meetingIds) {
      const rows = await (await ready())
        .selectFrom('invitation')
        .innerJoin('seat', 'seat.id', 'invitation.seat_id')
        .selectAll('invitation')
        .where('meeting_id', 'in', meetingIds)
        .orderBy('seat.position')
        .execute();
      return rows.map(toInvitation);
    },
    async agendaOf(meetingIds) {
      return (await ready())
        .selectFrom('agenda_item')
        .select(['meeting_id as meetingId', 'position', 'text'])
        .where('meeting_id', 'in', meetingIds)
        .orderBy('position')
        .execute();
    },
    async decisionsOf(meetingIds) {
      const rows = await (await ready())
        .selectFrom('decision')
        .selectAll()
        .where('meeting_id', 'in', meetingIds)
        .orderBy('number')
        .execute();
      return rows.map(toDecision);
    },
    async progressOf(objectiveIds) {
      return (await ready())
        .selectFrom('objective_progress')
        .select(['objective_id as objectiveId', 'on_day as on', 'value', 'note'])
        .where('objective_id', 'in', objectiveIds)
        .orderBy('on_day')
        .execute();
    },
    async signatoriesOf(protocolIds) {
      return (await ready())
        .selectFrom('signatory')
        .select([
          'protocol_id as protocolId',
          'seat_id as seatId',
          'municipality_code as municipalityCode',
        ])
        .where('protocol_id', 'in', protocolIds)
        .orderBy('position')
        .execute();
    },
  };
}
