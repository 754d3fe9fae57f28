import type { LinkablePerson } from './linkable-person.ts';

/** Records of different institutions that are taken for one person. */
export interface PersonGroup {
  readonly members: LinkablePerson[];
  readonly sources: Map<string, LinkablePerson>;
}

/** Whether two groups may become one; once they may not, they never may. */
export type MayJoin = (left: PersonGroup, right: PersonGroup) => boolean;

/** Whether some institution has a record in both. */
export function haveSourceInCommon(left: PersonGroup, right: PersonGroup): boolean {
  for (const source of left.sources.keys()) if (right.sources.has(source)) return true;
  return false;
}
