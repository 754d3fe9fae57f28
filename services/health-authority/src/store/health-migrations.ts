/** Forward only; never edited once shipped. */
export const healthMigrations: readonly string[] = [
  `
  CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    sender TEXT NOT NULL,
    control_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('APPLIED', 'QUARANTINED', 'REPEATED_ID')),
    bytes BLOB
  );
  -- A control id is applied once, whatever else went wrong before.
  CREATE UNIQUE INDEX message_applied ON message (sender, control_id) WHERE state = 'APPLIED';
  CREATE INDEX message_control ON message (sender, control_id);
  CREATE INDEX message_with_raw ON message (received_at) WHERE bytes IS NOT NULL;

  CREATE TABLE rejection (
    id INTEGER PRIMARY KEY,
    message_id INTEGER REFERENCES message (id),
    source TEXT NOT NULL,
    line INTEGER,
    field TEXT,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
  );
  CREATE TABLE feed_day (
    day TEXT PRIMARY KEY,
    received INTEGER NOT NULL DEFAULT 0,
    applied INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE feed_cursor (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE person (
    local_id TEXT PRIMARY KEY,
    sector_key TEXT NOT NULL UNIQUE,
    merged_into TEXT
  ) WITHOUT ROWID;
  CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
  CREATE TABLE merge (
    id INTEGER PRIMARY KEY,
    merged_id TEXT NOT NULL,
    survivor_id TEXT NOT NULL,
    at TEXT NOT NULL,
    message_id INTEGER NOT NULL REFERENCES message (id)
  );
  CREATE TABLE fhir_patient (fhir_id TEXT PRIMARY KEY, local_id TEXT NOT NULL) WITHOUT ROWID;

  -- original_id: the patient the fact was first written down for, before any merge.
  CREATE TABLE identifier (
    local_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    original_id TEXT NOT NULL,
    PRIMARY KEY (local_id, kind, value)
  ) WITHOUT ROWID;
  CREATE TABLE event (
    key TEXT PRIMARY KEY,
    public_id TEXT NOT NULL,
    local_id TEXT NOT NULL,
    at TEXT NOT NULL,
    service_type TEXT NOT NULL,
    is_mapped INTEGER NOT NULL,
    mediation INTEGER,
    original_id TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX event_person ON event (local_id, at);
  CREATE INDEX event_unmapped ON event (is_mapped) WHERE is_mapped = 0;
  CREATE TABLE registration (
    local_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    district TEXT,
    original_id TEXT NOT NULL,
    PRIMARY KEY (local_id, kind, from_on)
  ) WITHOUT ROWID;
  CREATE TABLE flag (
    key TEXT PRIMARY KEY,
    public_id TEXT NOT NULL,
    local_id TEXT NOT NULL,
    category TEXT NOT NULL,
    level TEXT NOT NULL,
    at TEXT NOT NULL,
    source_service TEXT,
    original_id TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX flag_person ON flag (local_id, at);
  CREATE TABLE screening (
    local_id TEXT NOT NULL,
    programme TEXT NOT NULL,
    offered_on TEXT NOT NULL,
    accepted_on TEXT,
    original_id TEXT NOT NULL,
    PRIMARY KEY (local_id, programme, offered_on)
  ) WITHOUT ROWID;
  CREATE TABLE service_site (
    key TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    service_type TEXT NOT NULL,
    municipality TEXT,
    languages TEXT NOT NULL,
    is_open_to_not_enrolled INTEGER NOT NULL,
    opening_hours TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE info_material (
    key TEXT PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    topic TEXT NOT NULL,
    languages TEXT NOT NULL,
    version TEXT,
    published_at TEXT
  ) WITHOUT ROWID;
  `,
  // Read by the encoder only, and in a table of its own so that no statement of the graph can touch it.
  `
  CREATE TABLE person_attributes (
    local_id TEXT PRIMARY KEY,
    name TEXT,
    birth_date TEXT,
    sex TEXT,
    citizenship TEXT
  ) WITHOUT ROWID;
  `,
];
