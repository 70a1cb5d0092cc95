/** The tables of rounds, in PostgreSQL alone: what one process does needs none. */
export const roundTables = `
-- now: milliseconds since 1970
CREATE TABLE round (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  now bigint NOT NULL,
  open boolean NOT NULL DEFAULT true
);

-- a row for each feed that is asked, made when it is
CREATE TABLE answer (
  round bigint NOT NULL,
  feed text COLLATE "C" NOT NULL,
  kind text,                             -- null until answered; same: fresh, and its body is the one that the publisher has
  meta text,                             -- JSON, a RoundAnswer without its body
  body bytea,                            -- gzipped
  size integer NOT NULL DEFAULT 0,       -- of the body, as it is here
  worker text,
  is_read boolean NOT NULL DEFAULT false,
  taken boolean NOT NULL DEFAULT false,  -- with the state of the feed
  before text,                           -- that state before; null: there was none, or it hardly changed
  PRIMARY KEY (round, feed)
);
CREATE INDEX answer_unread ON answer (round, feed) WHERE kind IS NOT NULL AND NOT is_read;
ALTER TABLE answer ALTER body SET STORAGE EXTERNAL;

CREATE TABLE worker (name text PRIMARY KEY, role text NOT NULL, version text NOT NULL, seen timestamptz NOT NULL);
`;
