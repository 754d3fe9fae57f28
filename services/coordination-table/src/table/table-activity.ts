import type { District } from '@tavolo/access-model';
import type { CriterionRow } from './rows.ts';

/** The three levels at which the table meets (politico, organizzativo, tecnico-operativo). */
export type MeetingLevel = 'POLITICAL' | 'ORGANISATIONAL' | 'TECHNICAL_OPERATIONAL';

export interface LevelActivity {
  readonly level: MeetingLevel;
  readonly planned: number;
  readonly held: number;
  readonly cancelled: number;
}

/** How one node of the network took part in the meetings held. */
export interface NodeParticipation {
  readonly seatId: string;
  readonly organisation: string;
  /** The organisation's name, as its seat has it. */
  readonly name: string;
  readonly invited: number;
  readonly attended: number;
  /** Invitations to meetings held whose attendance nobody recorded; they count as invited, not as attended. */
  readonly notRecorded: number;
  /** attended / invited; null when the node was never invited. */
  readonly rate: number | null;
}

/** What the table did in a year: the numbers under I1, I2, I3 and I5, none of them about a person. */
export interface TableActivity {
  readonly year: number;
  /** The day as of which protocols are said to be in force, YYYY-MM-DD. */
  readonly asOf: string;
  /** All three levels, also those with nothing in them. */
  readonly meetings: readonly LevelActivity[];
  /** Every node with a seat in the year, in the order of its organisation. */
  readonly participation: readonly NodeParticipation[];
  /** Over all nodes; null when nobody was invited. */
  readonly participationRate: number | null;
  /** Protocols signed in the year. */
  readonly protocolsSigned: number;
  readonly protocolsInForce: number;
  readonly criteriaAdopted: readonly {
    readonly service: CriterionRow['service'];
    readonly adopted: number;
  }[];
  /** ISTAT codes of the municipalities that signed a protocol in force at `asOf`, sorted. */
  readonly municipalitiesWithProtocol: readonly string[];
}

/** An objective as the yearly report tells it. */
export interface ObjectiveSummary {
  readonly id: string;
  readonly year: number;
  /** Null = the whole province. */
  readonly district: District | null;
  readonly title: string;
  readonly indicatorId: string;
  readonly baseline: number | null;
  readonly target: number | null;
  /** The latest progress recorded. */
  readonly latest: { readonly on: string; readonly value: number } | null;
  readonly state: 'OPEN' | 'REACHED' | 'NOT_REACHED' | 'DROPPED';
  readonly dueOn: string;
}

/** What indicators and the yearly report read of the register; `createTableActivityReader(database)` of `store/postgres-table-activity.ts` makes one. */
export interface TableActivityReader {
  /** Protocols and criteria as of the year's last day, or as of `asOf` when that comes first. */
  activityOf(year: number, asOf: string): Promise<TableActivity>;
  objectivesOf(year: number): Promise<readonly ObjectiveSummary[]>;
}
