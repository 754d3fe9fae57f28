import type { Model, QueryFilter } from 'mongoose';
import type { KeptRecord, RegistryModels } from './mongoose-models.ts';
import type { MembershipRow, RegisterContents, RegisterKind } from './registry-records.ts';
import type { Drop, RegistryReader } from './registry-store.ts';

type Row<Kind extends RegisterKind> = RegisterContents[Kind] & { readonly id: string };

/** Every question is one `find`; which field it is asked by is an index (see `mongoose-models.ts`). */
export function createMongooseReader(
  models: RegistryModels,
  ping: () => Promise<void>,
): RegistryReader {
  const current = { withdrawnAt: null };

  async function rows<Kind extends RegisterKind>(
    kind: Kind,
    filter: Readonly<Record<string, unknown>>,
  ): Promise<Row<Kind>[]> {
    return (await findKept(models, kind, filter)).map(toRow);
  }

  async function page<Kind extends RegisterKind>(
    kind: Kind,
    filter: Readonly<Record<string, unknown>>,
    afterId: string | undefined,
    limit: number,
  ): Promise<Row<Kind>[]> {
    const after = afterId === undefined ? {} : { _id: { $gt: afterId } };
    return (await findKept(models, kind, { ...filter, ...after }, limit)).map(toRow);
  }

  return {
    organisationsByIds: (ids) => rows('organisations', { _id: { $in: ids } }),
    organisationsPage: (afterId, limit) => page('organisations', current, afterId, limit),
    async organisationIdsInMunicipalities(istatCodes) {
      const found = await rows('organisations', { 'content.municipality': { $in: istatCodes } });
      return found.map(({ id }) => id);
    },
    async membershipsByIds(ids) {
      return (await findKept(models, 'memberships', { _id: { $in: ids } })).map(toMembership);
    },
    async membershipsByVolunteerRefs(refs) {
      return (await findKept(models, 'memberships', { volunteerRef: { $in: refs } })).map(
        toMembership,
      );
    },
    trainingsByMembershipIds: (ids) =>
      rows('trainings', { 'content.membershipId': { $in: ids }, ...current }),
    matchesByIds: (ids) => rows('matches', { _id: { $in: ids }, ...current }),
    matchesByHouseholdKeys: (keys) =>
      rows('matches', { 'content.householdKey': { $in: keys }, ...current }),
    matchesByMembershipIds: (ids) =>
      rows('matches', { 'content.membershipIds': { $in: ids }, ...current }),
    matchesPage({ organisationIds, openOn }, afterId, limit) {
      const filter = {
        ...current,
        ...(organisationIds && { 'content.organisationId': { $in: organisationIds } }),
        ...(openOn !== null && {
          'content.from': { $lte: openOn },
          $or: [{ 'content.to': null }, { 'content.to': { $gte: openOn } }],
        }),
      };
      return page('matches', filter, afterId, limit);
    },
    supervisionsByMatchIds: (ids) =>
      rows('supervisions', { 'content.matchIds': { $in: ids }, ...current }),
    activitiesByIds: (ids) => rows('activities', { _id: { $in: ids }, ...current }),
    activitiesByPersonKeys: (keys) =>
      rows('activities', { 'content.personKey': { $in: keys }, ...current }),
    async rejectionsPage(afterId, limit) {
      const filter = afterId === undefined ? {} : { _id: { $gt: afterId } };
      const found = await models.rejections.find(filter).sort({ _id: 1 }).limit(limit).lean();
      return found.map(({ _id, source, line, field, reason, at }) => ({
        id: _id,
        source,
        line: line ?? null,
        field: field ?? null,
        reason,
        at,
      }));
    },
    async newestDrops() {
      const newest = new Map<string, Drop>();
      for (const drop of await models.drops.find({}).lean<Drop[]>()) {
        const known = newest.get(drop.slice);
        if (known === undefined || isNewer(drop, known)) newest.set(drop.slice, drop);
      }
      return [...newest.values()];
    },
    async *allActivities() {
      for await (const kept of keptIn<'activities'>(models.records.activities))
        yield toRow<'activities'>(kept);
    },
    async *allMatches() {
      for await (const kept of keptIn<'matches'>(models.records.matches))
        yield toRow<'matches'>(kept);
    },
    async isReachable() {
      await ping();
      return true;
    },
  };
}

/** A later extraction is newer; of two of one day, the one taken in later. */
export function isNewer(drop: Drop, than: Drop): boolean {
  if (drop.extractedOn !== than.extractedOn) return drop.extractedOn > than.extractedOn;
  return drop.takenAt >= than.takenAt;
}

/** Reads a collection through; its name fixes what its contents are. */
function keptIn<Kind extends RegisterKind>(
  model: Model<KeptRecord>,
): AsyncIterable<KeptRecord<Kind>> {
  return model.find({ withdrawnAt: null }).lean<KeptRecord<Kind>[]>().cursor();
}

/** The one place that asks for records; `limit` makes it a page in order of id. */
async function findKept<Kind extends RegisterKind>(
  models: RegistryModels,
  kind: Kind,
  filter: Readonly<Record<string, unknown>>,
  limit?: number,
): Promise<KeptRecord<Kind>[]> {
  // Paths below the mixed `content` are unknown to the schema's types.
  const query = models.records[kind].find(filter as QueryFilter<KeptRecord>);
  query.select({ content: 1, volunteerRef: 1, withdrawnAt: 1 });
  if (limit !== undefined) query.sort({ _id: 1 }).limit(limit);
  return query.lean<KeptRecord<Kind>[]>();
}

export function toRow<Kind extends RegisterKind>(
  kept: Pick<KeptRecord<Kind>, '_id' | 'content'>,
): Row<Kind> {
  return { id: kept._id, ...kept.content };
}

export function toMembership(kept: KeptRecord<'memberships'>): MembershipRow {
  const { volunteerRef = kept._id, withdrawnAt } = kept;
  return { ...toRow<'memberships'>(kept), volunteerRef, isWithdrawn: withdrawnAt !== null };
}
