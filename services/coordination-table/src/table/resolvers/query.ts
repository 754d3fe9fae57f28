import { HubError, type PageRequest, readPageRequest, toConnection } from '@tavolo/subgraph-kit';
import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { romeDay } from '../../reference/rome-day.ts';
import { nodeKinds, type Placed } from '../rows.ts';
import { calendarDays, romeMidnight } from './time-asked.ts';

/** Both ends of the years the register may speak of; its inputs say the same. */
const [firstYear, lastYear] = [2000, 2099];

interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One page; its cursor is the place of its last row. */
async function pageOf<Row extends Placed>(
  asked: PageArguments,
  read: (page: PageRequest) => Promise<Row[]>,
) {
  const page = readPageRequest(asked);
  return toConnection(await read(page), page, ({ position }) => position);
}

export const Query: Pick<
  QueryResolvers,
  | 'seats'
  | 'tableComposition'
  | 'cadenceRules'
  | 'meetings'
  | 'meeting'
  | 'objectives'
  | 'objective'
  | 'protocols'
  | 'protocol'
  | 'sharedCriteria'
  | 'goodPractices'
  | 'calendar'
  | 'tableActivity'
> = {
  seats: (_parent, { on, kind, ...asked }, { register }) =>
    pageOf(asked, (page) => register.store.seats({ on: on ?? null, kind: kind ?? null }, page)),
  async tableComposition(_parent, asked, { register, now }) {
    const on = asked.on ?? romeDay(now());
    const seatsOf = await register.store.seatsByKind(on);
    const byKind = nodeKinds.map((kind) => ({ kind, seats: seatsOf.get(kind) ?? 0 }));
    return { on, byKind, total: byKind.reduce((sum, { seats }) => sum + seats, 0) };
  },
  cadenceRules: (_parent, _arguments, { register }) => register.store.cadenceRules(),
  meetings: (_parent, { level, state, from, to, ...asked }, { register }) =>
    pageOf(asked, (page) =>
      register.store.meetings(
        {
          level: level ?? null,
          state: state ?? null,
          from: from == null ? null : romeMidnight(from),
          before: to == null ? null : romeMidnight(to, 1),
        },
        page,
      ),
    ),
  meeting: (_parent, { id }, { register }) => register.loaders.meetingById.load(id),
  objectives: (_parent, { year, district, state, ...asked }, { register }) =>
    pageOf(asked, (page) =>
      register.store.objectives(
        { year: year ?? null, district: district ?? null, state: state ?? null },
        page,
      ),
    ),
  objective: (_parent, { id }, { register }) => register.loaders.objectiveById.load(id),
  protocols: (_parent, { code, inForceOn, ...asked }, { register }) =>
    pageOf(asked, (page) =>
      register.store.protocols({ code: code ?? null, inForceOn: inForceOn ?? null }, page),
    ),
  protocol: (_parent, { id }, { register }) => register.loaders.protocolById.load(id),
  sharedCriteria: (_parent, { service, on, ...asked }, { register }) =>
    pageOf(asked, (page) =>
      register.store.criteria({ service: service ?? null, on: on ?? null }, page),
    ),
  goodPractices: (_parent, { field, ...asked }, { register }) =>
    pageOf(asked, (page) => register.store.practices(field ?? null, page)),
  calendar(_parent, { from, to }, { register, now }) {
    calendarDays(from, to);
    return register.calendar.between(from, to, romeDay(now()));
  },
  tableActivity(_parent, { year }, { register, now }) {
    if (year < firstYear || year > lastYear) {
      throw new HubError('BAD_USER_INPUT', 'Argument "year" must be between 2000 and 2099');
    }
    return register.activity.activityOf(year, romeDay(now()));
  },
};
