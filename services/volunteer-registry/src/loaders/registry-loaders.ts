import { type DistrictScope, groupInKeyOrder, inKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type {
  ActivityRow,
  MembershipRow,
  OrganisationRow,
  SupervisionRow,
  TrainingRow,
  TutorMatchRow,
  VolunteerRow,
} from '../store/registry-records.ts';
import type { RegistryReader } from '../store/registry-store.ts';
import { organisationIdsIn } from './organisations-in.ts';

/** One loader for each relation; each asks the store once for all keys of a tick. */
export interface RegistryLoaders {
  readonly organisationById: DataLoader<string, OrganisationRow | null>;
  readonly membershipById: DataLoader<string, MembershipRow | null>;
  readonly volunteerByRef: DataLoader<string, VolunteerRow | null>;
  readonly trainingsByMembershipId: DataLoader<string, TrainingRow[]>;
  readonly matchById: DataLoader<string, TutorMatchRow | null>;
  readonly matchesByHouseholdKey: DataLoader<string, TutorMatchRow[]>;
  readonly matchesByMembershipId: DataLoader<string, TutorMatchRow[]>;
  readonly supervisionsByMatchId: DataLoader<string, SupervisionRow[]>;
  readonly activityById: DataLoader<string, ActivityRow | null>;
  readonly activitiesByPersonKey: DataLoader<string, ActivityRow[]>;
}

/**
 * Built anew for each request: loaders cache, so sharing them would leak rows between callers. Matches, activities
 * and volunteers are those of bodies in these districts; a body with its seat elsewhere is in none.
 */
export function createRegistryLoaders(
  store: RegistryReader,
  districts: DistrictScope,
): RegistryLoaders {
  let asked: Promise<ReadonlySet<string> | null> | undefined;
  /** Asks for the bodies whatever was found, so that nothing found and nothing for this caller take the same. */
  const within = async <Row extends { readonly organisationId: string }>(
    found: Promise<Row[]>,
  ): Promise<Row[]> => {
    asked ??= organisationIdsIn(store, districts).then((ids) => ids && new Set(ids));
    const [rows, organisations] = await Promise.all([found, asked]);
    return rows.filter(({ organisationId }) => organisations?.has(organisationId) ?? true);
  };
  return {
    organisationById: one((ids) => store.organisationsByIds(ids), byId),
    membershipById: one((ids) => store.membershipsByIds(ids), byId),
    volunteerByRef: new DataLoader(async (refs) => {
      const groups = groupInKeyOrder(
        refs,
        await within(store.membershipsByVolunteerRefs(refs)),
        refOf,
      );
      return refs.map((ref, index) => {
        const memberships = groups[index] ?? [];
        return memberships.length === 0 ? null : { ref, memberships };
      });
    }),
    trainingsByMembershipId: many(
      (ids) => store.trainingsByMembershipIds(ids),
      (row) => [row.membershipId],
    ),
    matchById: one((ids) => within(store.matchesByIds(ids)), byId),
    matchesByHouseholdKey: many(
      (keys) => within(store.matchesByHouseholdKeys(keys)),
      (row) => [row.householdKey],
    ),
    matchesByMembershipId: many(
      (ids) => store.matchesByMembershipIds(ids),
      (row) => row.membershipIds,
    ),
    supervisionsByMatchId: many(
      (ids) => store.supervisionsByMatchIds(ids),
      (row) => row.matchIds,
    ),
    activityById: one((ids) => within(store.activitiesByIds(ids)), byId),
    activitiesByPersonKey: many(
      (keys) => within(store.activitiesByPersonKeys(keys)),
      (row) => [row.personKey],
    ),
  };
}

const byId = (row: { readonly id: string }) => row.id;
const refOf = (row: MembershipRow) => row.volunteerRef;

function one<Row>(
  find: (keys: readonly string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => inKeyOrder(keys, await find(keys), keyOf));
}

function many<Row>(
  find: (keys: readonly string[]) => Promise<Row[]>,
  keysOf: (row: Row) => readonly string[],
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const pairs = (await find(keys)).flatMap((row) => keysOf(row).map((key) => ({ key, row })));
    const groups = groupInKeyOrder(keys, pairs, ({ key }) => key);
    return groups.map((group) => group.map(({ row }) => row));
  });
}
