import type { PageRequest } from '@tavolo/subgraph-kit';
import type { Kysely } from 'kysely';
import type { TableDatabase } from '../../store/open-database.ts';
import { createPartsReader } from './postgres-register-parts.ts';
import {
  toCadenceRule,
  toCriterion,
  toMeeting,
  toObjective,
  toPractice,
  toProtocol,
  toSeat,
} from './register-rows.ts';
import type { RegisterStore } from './register-store.ts';
import type { RegisterTables } from './register-tables.ts';

/** Reads the register from PostgreSQL. */
export function createPostgresRegisterStore(database: TableDatabase): RegisterStore {
  const ready = () => database.ready<RegisterTables>();

  return {
    ...createPartsReader(ready),
    async seats({ on, kind }, page) {
      const rows = await (await ready())
        .selectFrom('seat')
        .selectAll()
        .$if(on !== null, (query) =>
          query
            .where('from_day', '<=', on)
            .where((each) => each.or([each('to_day', 'is', null), each('to_day', '>=', on)])),
        )
        .$if(kind !== null, (query) => query.where('kind', '=', kind))
        .$if(page.afterId !== undefined, (query) => query.where('position', '>', after(page)))
        .orderBy('position')
        .limit(page.size + 1)
        .execute();
      return rows.map(toSeat);
    },
    async meetings({ level, state, from, before }, page) {
      const rows = await (await ready())
        .selectFrom('meeting')
        .selectAll()
        .$if(level !== null, (query) => query.where('level', '=', level))
        .$if(state !== null, (query) => query.where('state', '=', state))
        .$if(from !== null, (query) => query.where('planned_at', '>=', from))
        .$if(before !== null, (query) => query.where('planned_at', '<', before))
        .$if(page.afterId !== undefined, (query) => query.where('position', '>', after(page)))
        .orderBy('position')
        .limit(page.size + 1)
        .execute();
      return rows.map(toMeeting);
    },
    async objectives({ year, district, state }, page) {
      const rows = await (await ready())
        .selectFrom('objective')
        .selectAll()
        .$if(year !== null, (query) => query.where('year', '=', year))
        .$if(district !== null, (query) => query.where('district', '=', district))
        .$if(state !== null, (query) => query.where('state', '=', state))
        .$if(page.afterId !== undefined, (query) => query.where('position', '>', after(page)))
        .orderBy('position')
        .limit(page.size + 1)
        .execute();
      return rows.map(toObjective);
    },
    async protocols({ code, inForceOn }, page) {
      const rows = await (inForceOn === null
        ? (await ready()).selectFrom('protocol').selectAll()
        : protocolsInForce(await ready(), inForceOn).selectAll()
      )
        .$if(code !== null, (query) => query.where('code', '=', code))
        .$if(page.afterId !== undefined, (query) => query.where('position', '>', after(page)))
        .orderBy('position')
        .limit(page.size + 1)
        .execute();
      return rows.map(toProtocol);
    },
    async criteria({ service, on }, page) {
      const db = await ready();
      const rows = await db
        .selectFrom('criterion')
        .selectAll()
        .$if(service !== null, (query) => query.where('service', '=', service))
        .$if(on !== null, (query) =>
          query
            .where('adopted_on', '<=', on)
            .where((each) =>
              each.not(
                each.exists(
                  each
                    .selectFrom('criterion as later')
                    .select('later.id')
                    .whereRef('later.code', '=', 'criterion.code')
                    .whereRef('later.version', '>', 'criterion.version')
                    .where('later.adopted_on', '<=', on),
                ),
              ),
            ),
        )
        .$if(page.afterId !== undefined, (query) => query.where('position', '>', after(page)))
        .orderBy('position')
        .limit(page.size + 1)
        .execute();
      return rows.map(toCriterion);
    },
    async practices(field, page) {
      const rows = await (await ready())
        .selectFrom('good_practice')
        .selectAll()
        .$if(field !== null, (query) => query.where('field', '=', field))
        .$if(page.afterId !== undefined, (query) => query.where('position', '>', after(page)))
        .orderBy('position')
        .limit(page.size + 1)
        .execute();
      return rows.map(toPractice);
    },
    async cadenceRules() {
      const rows = await (await ready())
        .selectFrom('cadence_rule')
        .selectAll()
        .orderBy('level')
        .orderBy('valid_from')
        .limit(200)
        .execute();
      return rows.map(toCadenceRule);
    },
    async seatsByKind(on) {
      const rows = await (await ready())
        .selectFrom('seat')
        .select(['kind', ({ fn }) => fn.countAll<string>().as('seats')])
        .where('from_day', '<=', on)
        .where((each) => each.or([each('to_day', 'is', null), each('to_day', '>=', on)]))
        .groupBy('kind')
        .execute();
      return new Map(rows.map(({ kind, seats }) => [kind, Number(seats)]));
    },
  };
}

/** Asked only where the page has one; the empty text comes before every row. */
function after({ afterId }: PageRequest): string {
  return afterId ?? '';
}

/** The protocols in force on a day. */
export function protocolsInForce(db: Kysely<RegisterTables>, day: string) {
  return db
    .selectFrom('protocol')
    .where('valid_from', '<=', day)
    .where((each) => each.or([each('valid_to', 'is', null), each('valid_to', '>=', day)]))
    .where((each) => each.or([each('withdrawn_on', 'is', null), each('withdrawn_on', '>', day)]));
}
