import type { Migrations } from '../../store/migrate.ts';

/**
 * Days are text of one form, YYYY-MM-DD: they sort as they should and no time zone moves them.
 * `position` is a row's place in its list; collation C, so that the database and a cursor agree.
 */
export const tableMigrations: Migrations = {
  part: 'table',
  steps: [
    `CREATE DOMAIN coordination.day AS text CHECK (VALUE ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
     CREATE TABLE coordination.seat (
       id text PRIMARY KEY, position text COLLATE "C" NOT NULL UNIQUE, organisation text NOT NULL,
       name text NOT NULL, kind text NOT NULL, district text, municipality_code text,
       from_day coordination.day NOT NULL, to_day coordination.day,
       CHECK (to_day >= from_day));
     CREATE INDEX seat_organisation ON coordination.seat (organisation);
     CREATE TABLE coordination.cadence_rule (
       id text PRIMARY KEY, level text NOT NULL, every int NOT NULL CHECK (every > 0),
       unit text NOT NULL, reading text NOT NULL, valid_from coordination.day NOT NULL,
       valid_to coordination.day, UNIQUE (level, valid_from), CHECK (valid_to > valid_from));
     CREATE TABLE coordination.meeting (
       id text PRIMARY KEY, position text COLLATE "C" NOT NULL UNIQUE, level text NOT NULL,
       state text NOT NULL CHECK (state IN ('PLANNED', 'HELD', 'CANCELLED')),
       planned_at timestamptz NOT NULL, held_at timestamptz, cancelled_at timestamptz,
       cancellation_reason text,
       CHECK ((state = 'HELD') = (held_at IS NOT NULL)),
       CHECK ((state = 'CANCELLED') = (cancelled_at IS NOT NULL)));
     CREATE INDEX meeting_planned_at ON coordination.meeting (planned_at);
     CREATE INDEX meeting_held_at ON coordination.meeting (held_at);
     CREATE TABLE coordination.invitation (
       meeting_id text NOT NULL REFERENCES coordination.meeting,
       seat_id text NOT NULL REFERENCES coordination.seat, invited_at timestamptz NOT NULL,
       attended boolean, PRIMARY KEY (meeting_id, seat_id));
     CREATE TABLE coordination.agenda_item (
       meeting_id text NOT NULL REFERENCES coordination.meeting, position int NOT NULL,
       text text NOT NULL, PRIMARY KEY (meeting_id, position));
     CREATE TABLE coordination.protocol (
       id text PRIMARY KEY, position text COLLATE "C" NOT NULL UNIQUE, code text NOT NULL,
       version int NOT NULL, title text NOT NULL, summary text NOT NULL,
       owner_seat_id text NOT NULL REFERENCES coordination.seat, signed_on coordination.day,
       valid_from coordination.day, valid_to coordination.day, withdrawn_on coordination.day,
       withdrawal_reason text, UNIQUE (code, version), CHECK (valid_to >= valid_from));
     CREATE TABLE coordination.signatory (
       protocol_id text NOT NULL REFERENCES coordination.protocol, position int NOT NULL,
       seat_id text REFERENCES coordination.seat, municipality_code text,
       PRIMARY KEY (protocol_id, position), CHECK (seat_id IS NOT NULL OR municipality_code IS NOT NULL));
     CREATE TABLE coordination.decision (
       id text PRIMARY KEY, meeting_id text NOT NULL REFERENCES coordination.meeting,
       number int NOT NULL, text text NOT NULL,
       protocol_id text REFERENCES coordination.protocol, recorded_at timestamptz NOT NULL,
       UNIQUE (meeting_id, number));
     CREATE TABLE coordination.objective (
       id text PRIMARY KEY, position text COLLATE "C" NOT NULL UNIQUE, year int NOT NULL,
       district text, aim text NOT NULL, title text NOT NULL, indicator_id text NOT NULL,
       baseline double precision, target double precision, due_on coordination.day NOT NULL,
       state text NOT NULL CHECK (state IN ('OPEN', 'REACHED', 'NOT_REACHED', 'DROPPED')),
       closed_on coordination.day, CHECK ((state = 'OPEN') = (closed_on IS NULL)));
     CREATE INDEX objective_due_on ON coordination.objective (due_on);
     CREATE TABLE coordination.objective_progress (
       objective_id text NOT NULL REFERENCES coordination.objective, on_day coordination.day NOT NULL,
       value double precision NOT NULL, note text, PRIMARY KEY (objective_id, on_day));
     CREATE TABLE coordination.criterion (
       id text PRIMARY KEY, position text COLLATE "C" NOT NULL UNIQUE, code text NOT NULL,
       version int NOT NULL, service text NOT NULL, text text NOT NULL,
       adopted_on coordination.day NOT NULL, review_on coordination.day, UNIQUE (code, version));
     CREATE TABLE coordination.good_practice (
       id text PRIMARY KEY, position text COLLATE "C" NOT NULL UNIQUE, title text NOT NULL,
       field text NOT NULL, description text NOT NULL, formalisation text NOT NULL,
       protocol_id text REFERENCES coordination.protocol,
       seat_id text NOT NULL REFERENCES coordination.seat, transferability text[] NOT NULL,
       published_on coordination.day NOT NULL)`,
  ],
};
