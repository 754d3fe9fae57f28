import type { ColumnType } from 'kysely';
import type {
  DomicileRuleKind,
  DomicileSkipReason,
  DomicileTurnState,
} from '../generated/resolver-types.ts';
import type { Migrations } from '../store/migrate.ts';

/** Days go in and come out as text; the driver would make moments of them, in the zone of this machine. */
export interface RotationTables {
  domicile_rule: {
    version: number;
    kind: DomicileRuleKind;
    adopted_on: string;
    valid_from: string;
    answer_days: number;
  };
  domicile_rule_municipality: {
    version: number;
    istat_code: string;
    population: number;
    share: number;
  };
  domicile_rule_merger: { version: number; from_code: string; into_code: string };
  domicile_turn: {
    id: string;
    year: number;
    position: number;
    istat_code: string;
    state: DomicileTurnState;
    skip_reason: DomicileSkipReason | null;
    request_code: string | null;
    rule_version: number;
    offered_at: ColumnType<Date, Date, never>;
    due_on: string;
    accepted_at: Date | null;
    skipped_at: Date | null;
    used_from: string | null;
    used_to: string | null;
  };
  domicile_outside_rotation: { id: string; istat_code: string; declared_on: string };
}

export const rotationMigrations: Migrations = {
  part: 'rotation',
  steps: [
    `CREATE TABLE coordination.domicile_rule (
       version int PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('EQUAL_TURNS', 'BY_POPULATION')),
       adopted_on date NOT NULL, valid_from date NOT NULL UNIQUE, answer_days int NOT NULL
     );
     CREATE TABLE coordination.domicile_rule_municipality (
       version int NOT NULL REFERENCES coordination.domicile_rule, istat_code text NOT NULL,
       population int NOT NULL CHECK (population > 0), share double precision NOT NULL,
       PRIMARY KEY (version, istat_code)
     );
     CREATE TABLE coordination.domicile_rule_merger (
       version int NOT NULL REFERENCES coordination.domicile_rule, from_code text NOT NULL,
       into_code text NOT NULL, PRIMARY KEY (version, from_code)
     );
     CREATE TABLE coordination.domicile_turn (
       id text PRIMARY KEY, year int NOT NULL, position int NOT NULL CHECK (position > 0),
       istat_code text NOT NULL,
       state text NOT NULL CHECK (state IN ('OFFERED', 'ACCEPTED', 'SKIPPED', 'USED')),
       skip_reason text, request_code text,
       rule_version int NOT NULL REFERENCES coordination.domicile_rule,
       offered_at timestamptz NOT NULL, due_on date NOT NULL, accepted_at timestamptz,
       skipped_at timestamptz, used_from date, used_to date CHECK (used_to >= used_from),
       CHECK ((state = 'SKIPPED') = (skip_reason IS NOT NULL)),
       CHECK ((state = 'USED') = (used_from IS NOT NULL))
     );
     CREATE UNIQUE INDEX domicile_turn_given_once ON coordination.domicile_turn (year, position)
       WHERE state <> 'SKIPPED';
     CREATE UNIQUE INDEX domicile_turn_one_a_request ON coordination.domicile_turn (request_code)
       WHERE state <> 'SKIPPED' AND request_code IS NOT NULL;
     CREATE INDEX domicile_turn_by_municipality ON coordination.domicile_turn
       (rule_version, year, istat_code);
     CREATE TABLE coordination.domicile_outside_rotation (
       id text PRIMARY KEY, istat_code text NOT NULL, declared_on date NOT NULL
     )`,
  ],
};
