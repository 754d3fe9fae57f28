import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';

export interface DayPresences {
  /** Tells who is present on the sheet now in force. */
  put(facilityId: string, day: string, people: readonly number[]): void;
  /** Other centres that list people of this one as present on the same day, with how many of them. */
  sharedWith(facilityId: string, day: string): ReadonlyMap<string, number>;
  /** Forgets everything: people were merged, or a transaction was rolled back. */
  forget(): void;
}

/** A year's backfill comes body by body, each with all the days: fewer would be read again and again. */
const daysKept = 400;

type CentrePeople = Map<string, ReadonlySet<number>>;

/**
 * Who is present where on a day, in memory. Asking the presences for a guest's other centres walks
 * through that guest's whole history, for each guest of each sheet.
 */
export function createDayPresences(database: FeedDatabase): DayPresences {
  const inForce = prepareSql(
    database,
    `SELECT sheet.facility_id, json_group_array(presence.person_id) FROM sheet
    JOIN presence ON presence.sheet_id = sheet.id
    WHERE sheet.day = ? AND sheet.superseded_by IS NULL AND presence.present = 1
    GROUP BY sheet.facility_id`,
  );
  const days = new Map<string, CentrePeople>();

  function on(day: string): CentrePeople {
    const known = days.get(day);
    if (known !== undefined) return known;
    const read: CentrePeople = new Map(
      inForce
        .tuples<[string, string]>([day])
        // Written by the statement above.
        .map(([facilityId, people]) => [facilityId, new Set(JSON.parse(people) as number[])]),
    );
    days.set(day, read);
    for (const oldest of days.keys()) {
      if (days.size <= daysKept) break;
      days.delete(oldest);
    }
    return read;
  }

  return {
    put: (facilityId, day, people) => void on(day).set(facilityId, new Set(people)),
    sharedWith(facilityId, day) {
      const centres = on(day);
      const mine = centres.get(facilityId);
      const shared = new Map<string, number>();
      if (mine === undefined) return shared;
      for (const [other, people] of centres) {
        if (other === facilityId) continue;
        let count = 0;
        for (const person of mine) if (people.has(person)) count += 1;
        if (count > 0) shared.set(other, count);
      }
      return shared;
    },
    forget: () => days.clear(),
  };
}
