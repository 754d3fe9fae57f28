import type { PageRequest } from '../hub/page.ts';
import type { DistrictScope } from '../hub/row-scope.ts';
import type { SourceStatus } from '../hub/source-status.ts';
import type { Enrolment } from './enrolment.ts';

/**
 * What the subgraph needs of the place its data are in. Every read is given whose rows may be seen: a row outside
 * is as one that does not exist.
 */
export interface EnrolmentStore {
  /** Those that exist among `ids` (at most 1,000), in any order. */
  findByIds(ids: readonly string[], scope: DistrictScope): Promise<readonly Enrolment[]>;
  /** Of each person (at most 1,000 of them) the latest enrolments, at most `limit` each, latest first. */
  findByPersonKeys(
    personKeys: readonly string[],
    limit: number,
    scope: DistrictScope,
  ): Promise<readonly Enrolment[]>;
  /** In the order of their ids, one more than the page holds when another page follows. */
  findPage(page: PageRequest, scope: DistrictScope): Promise<readonly Enrolment[]>;
  status(): Promise<SourceStatus>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}
