/** The tables of rounds. Only PostgreSQL has them, because SQLite stores are not shared. */
export const roundTables = `
-- now: milliseconds since 1970
CREATE TABLE round (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  now bigint NOT NULL,
  open boolean NOT NULL DEFAULT true
);

-- one row per requested feed, inserted with the request
CREATE TABLE answer (
  round bigint NOT NULL,
  feed text COLLATE "C" NOT NULL,
  kind text,                             -- null until answered; same: fresh, with the body that the publisher already has
  meta text,                             -- JSON, a RoundAnswer without its body
  body bytea,                            -- gzipped
  size integer NOT NULL DEFAULT 0,       -- of the compressed body
  worker text,
  is_read boolean NOT NULL DEFAULT false,
  taken boolean NOT NULL DEFAULT false,  -- saved with the state of the feed
  before text,                           -- the previous state; null: none, or not modified
  PRIMARY KEY (round, feed)
);
CREATE INDEX answer_unread ON answer (round, feed) WHERE kind IS NOT NULL AND NOT is_read;
ALTER TABLE answer ALTER body SET STORAGE EXTERNAL;

CREATE TABLE worker (name text PRIMARY KEY, role text NOT NULL, version text NOT NULL, seen timestamptz NOT NULL);
`;
