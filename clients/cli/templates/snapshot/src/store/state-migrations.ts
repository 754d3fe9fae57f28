/**
 * Forward only: add one at the end, never edit one that has run. Rows belong to a snapshot; readers see the
 * current one, so that a new one is seen whole or not at all.
 */
export const stateMigrations: readonly string[] = [
  `CREATE TABLE enrolment (
     snapshot INTEGER NOT NULL,
     id TEXT NOT NULL,
     person_key TEXT NOT NULL,
     kind TEXT NOT NULL,
     status TEXT NOT NULL,
     started_on TEXT NOT NULL,
     ended_on TEXT,
     district TEXT,
     is_targeted INTEGER,
     PRIMARY KEY (snapshot, id)
   ) WITHOUT ROWID;
   CREATE INDEX enrolment_by_person ON enrolment (snapshot, person_key, started_on DESC, id);
   CREATE TABLE quarantine (
     snapshot INTEGER NOT NULL,
     source TEXT NOT NULL,
     line INTEGER,
     field TEXT,
     reason TEXT NOT NULL
   );
   CREATE TABLE current (
     one INTEGER PRIMARY KEY CHECK (one = 1),
     snapshot INTEGER NOT NULL,
     as_of TEXT,
     accepted INTEGER NOT NULL,
     refused INTEGER NOT NULL,
     digest TEXT
   );
   INSERT INTO current (one, snapshot, as_of, accepted, refused, digest) VALUES (1, 0, NULL, 0, 0, NULL);`,
];
