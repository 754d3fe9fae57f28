/** Forward only: a migration is never edited once shipped, the store refuses to open when one was. */
export const migrations: readonly string[] = [
  `
CREATE TABLE drop_file (
  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL,
  data_at TEXT, received_at TEXT NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
  identifiers_ignored INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX drop_file_received ON drop_file (received_at);

CREATE TABLE rejection (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, source TEXT NOT NULL, line INTEGER, field TEXT,
  reason TEXT NOT NULL, at TEXT NOT NULL
);

CREATE TABLE facility (
  id TEXT PRIMARY KEY, reception_type TEXT NOT NULL, managing_body TEXT NOT NULL, titular_body TEXT,
  municipality TEXT NOT NULL, district TEXT NOT NULL, authorised_places INTEGER, active_places INTEGER,
  target_category TEXT, open_from TEXT, open_to TEXT, project_code TEXT, cig TEXT,
  described_on TEXT NOT NULL, latest_sheet_day TEXT
) WITHOUT ROWID;

CREATE TABLE facility_alias (
  managing_body TEXT NOT NULL, municipality TEXT NOT NULL, name TEXT NOT NULL,
  facility_id TEXT NOT NULL REFERENCES facility (id), first_seen TEXT NOT NULL,
  PRIMARY KEY (managing_body, municipality, name)
) WITHOUT ROWID;
CREATE TABLE facility_code (
  code TEXT PRIMARY KEY, facility_id TEXT NOT NULL REFERENCES facility (id)
) WITHOUT ROWID;

CREATE TABLE person (
  id INTEGER PRIMARY KEY, sector_key TEXT NOT NULL UNIQUE, local_id TEXT NOT NULL, household_code TEXT,
  merged_into INTEGER REFERENCES person (id)
);
CREATE INDEX person_household ON person (household_code);
CREATE TABLE person_identifier (
  kind TEXT NOT NULL, value TEXT NOT NULL, person_id INTEGER NOT NULL REFERENCES person (id),
  valid_from TEXT, PRIMARY KEY (kind, value)
) WITHOUT ROWID;
CREATE INDEX person_identifier_person ON person_identifier (person_id);
CREATE TABLE household (code TEXT PRIMARY KEY, sector_key TEXT NOT NULL UNIQUE) WITHOUT ROWID;

CREATE TABLE sheet (
  id INTEGER PRIMARY KEY, facility_id TEXT NOT NULL REFERENCES facility (id), day TEXT NOT NULL,
  version INTEGER NOT NULL, sha256 TEXT NOT NULL, modified_at TEXT NOT NULL, received_at TEXT NOT NULL,
  present_count INTEGER NOT NULL, row_count INTEGER NOT NULL, stated_total INTEGER,
  capacity INTEGER, reserved INTEGER, out_of_service INTEGER,
  superseded_by INTEGER REFERENCES sheet (id),
  UNIQUE (facility_id, day, version)
);
CREATE INDEX sheet_current ON sheet (facility_id, day) WHERE superseded_by IS NULL;
CREATE INDEX sheet_day ON sheet (day) WHERE superseded_by IS NULL;
CREATE TABLE presence (
  sheet_id INTEGER NOT NULL REFERENCES sheet (id), person_id INTEGER NOT NULL, present INTEGER NOT NULL,
  entry_on TEXT NOT NULL, entry_at TEXT, exit_on TEXT, PRIMARY KEY (sheet_id, person_id)
) WITHOUT ROWID;
CREATE INDEX presence_person ON presence (person_id);

CREATE TABLE stay (
  id INTEGER PRIMARY KEY, public_id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, external_id TEXT,
  facility_id TEXT NOT NULL REFERENCES facility (id), person_id INTEGER NOT NULL,
  reception_type TEXT NOT NULL, entry_on TEXT NOT NULL, entry_at TEXT, exit_on TEXT, exit_reason TEXT,
  first_seen TEXT, last_seen TEXT, listed_exit_on TEXT,
  entry_registered_on TEXT, exit_registered_on TEXT, export_day TEXT
);
CREATE UNIQUE INDEX stay_sheet ON stay (facility_id, person_id, entry_on) WHERE source = 'SHEET';
CREATE UNIQUE INDEX stay_external ON stay (source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX stay_facility ON stay (facility_id, exit_on);
CREATE INDEX stay_person ON stay (person_id, entry_on);

CREATE TABLE immediate_reception (
  external_id TEXT PRIMARY KEY, public_id TEXT NOT NULL UNIQUE, person_id INTEGER NOT NULL,
  facility_id TEXT, desk_id TEXT, district TEXT NOT NULL, referrer_type TEXT, requested_at TEXT,
  accepted_at TEXT, started_at TEXT NOT NULL, first_social_at TEXT, first_health_at TEXT,
  vulnerability_category TEXT, permit_status TEXT, planned_end_on TEXT, ended_at TEXT,
  exit_destination TEXT, household_size INTEGER, export_day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX immediate_reception_person ON immediate_reception (person_id);
CREATE TABLE asylum_step (
  external_id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, kind TEXT NOT NULL, happened_on TEXT NOT NULL,
  registered_on TEXT, decision TEXT, permit_ground TEXT, permit_valid_to TEXT, export_day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX asylum_step_person ON asylum_step (person_id);
CREATE TABLE extension (
  external_id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, requested_on TEXT NOT NULL, decided_on TEXT,
  reason TEXT NOT NULL, export_day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX extension_person ON extension (person_id);
CREATE TABLE service_delivered (
  external_id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, area TEXT NOT NULL, hours REAL,
  course_level TEXT, from_day TEXT NOT NULL, to_day TEXT, export_day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX service_delivered_person ON service_delivered (person_id);

CREATE TABLE presence_alarm (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, facility_id TEXT NOT NULL REFERENCES facility (id),
  other_facility_id TEXT, day TEXT NOT NULL, detected_at TEXT NOT NULL, expected INTEGER, observed INTEGER
) WITHOUT ROWID;
CREATE INDEX presence_alarm_facility ON presence_alarm (facility_id, day);
`,
  // A sheet taken in asks for the alarms of its day, its centre's and those that name it as the other one.
  'CREATE INDEX presence_alarm_day ON presence_alarm (day)',
  // Read by the encoder only, and in a table of its own so that no statement of the graph can touch it.
  `
CREATE TABLE person_attributes (
  person_id INTEGER PRIMARY KEY REFERENCES person (id), name TEXT, birth_date TEXT, sex TEXT,
  citizenship TEXT, stated_on TEXT NOT NULL
);
`,
];
