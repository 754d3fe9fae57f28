import type { District } from '@tavolo/access-model';
import type { ColumnType } from 'kysely';
import type {
  OutOfOrderReason,
  PlaceRefusalReason,
  PriorityWithdrawalReason,
} from '../generated/resolver-types.ts';
import type { Migrations } from '../store/migrate.ts';
import type { Criteria, FrozenInputs, ScoreComponent, StoredState } from './priority-list-store.ts';

/** Written as text, read as what it holds. */
type Json<Value> = ColumnType<Value, string, never>;

export interface PriorityListTables {
  priority_criteria: { version: number; valid_from: string; body: Json<Criteria> };
  priority_list: {
    id: string;
    iso_week: string;
    week_starts_on: string;
    district: District;
    criteria_version: number;
    prepared_at: ColumnType<Date, Date, never>;
    published_at: Date | null;
    facts_loaded_at: ColumnType<string | null, string | null, never>;
    inputs_hash: string;
  };
  priority_entry: {
    code: string;
    list_id: string;
    unit: string;
    rank: number;
    score: number;
    inputs: Json<FrozenInputs>;
    components: Json<readonly ScoreComponent[]>;
    state: StoredState;
    offered_at: Date | null;
    offer_expires_at: Date | null;
    out_of_order_reason: OutOfOrderReason | null;
    closing_reason: PlaceRefusalReason | PriorityWithdrawalReason | null;
    closed_at: Date | null;
  };
  priority_entry_person: { code: string; list_id: string; person_ref: string; record_key: string };
}

export const priorityListMigrations: Migrations = {
  part: 'priority-list',
  steps: [
    `CREATE TABLE coordination.priority_criteria (
       version int PRIMARY KEY, valid_from date NOT NULL UNIQUE, body jsonb NOT NULL
     );
     CREATE TABLE coordination.priority_list (
       id text PRIMARY KEY, iso_week text NOT NULL, week_starts_on date NOT NULL,
       district text NOT NULL,
       criteria_version int NOT NULL REFERENCES coordination.priority_criteria,
       prepared_at timestamptz NOT NULL, published_at timestamptz, facts_loaded_at text,
       inputs_hash text NOT NULL, UNIQUE (district, iso_week)
     );
     CREATE TABLE coordination.priority_entry (
       code text PRIMARY KEY,
       list_id text NOT NULL REFERENCES coordination.priority_list ON DELETE CASCADE,
       unit text NOT NULL, rank int NOT NULL, score double precision NOT NULL,
       inputs jsonb NOT NULL, components jsonb NOT NULL,
       state text NOT NULL
         CHECK (state IN ('WAITING', 'OFFERED', 'PLACED', 'REFUSED', 'WITHDRAWN')),
       offered_at timestamptz, offer_expires_at timestamptz, out_of_order_reason text,
       closing_reason text, closed_at timestamptz,
       UNIQUE (list_id, unit), UNIQUE (list_id, rank),
       CHECK ((state IN ('PLACED', 'REFUSED', 'WITHDRAWN')) = (closed_at IS NOT NULL)),
       CHECK (state <> 'OFFERED' OR offer_expires_at IS NOT NULL)
     );
     CREATE TABLE coordination.priority_entry_person (
       code text NOT NULL REFERENCES coordination.priority_entry ON DELETE CASCADE,
       list_id text NOT NULL, person_ref text NOT NULL, record_key bigint NOT NULL,
       PRIMARY KEY (list_id, person_ref)
     );
     CREATE INDEX priority_entry_person_by_ref ON coordination.priority_entry_person (person_ref);
     CREATE INDEX priority_entry_person_by_code ON coordination.priority_entry_person (code)`,
  ],
};
