/** The tables of stories. A run finds the few that its new articles may join by `story_term`, and reads no others. */
export const stories = `
-- ref: that of the article which began it. terms: 32-bit terms, then as many 32-bit floats; keys: 32-bit terms
CREATE TABLE story (
  ref INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  language TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  text_length INTEGER NOT NULL,
  daily INTEGER NOT NULL,
  sources INTEGER NOT NULL,           -- that tell it, corrections aside
  open INTEGER NOT NULL,              -- 0: it grows no more, and has no rows in story_term
  terms BLOB NOT NULL,
  keys BLOB NOT NULL
);
CREATE UNIQUE INDEX story_id ON story (id);
CREATE INDEX story_told ON story (first_at, id) WHERE sources > 1;
CREATE INDEX story_open ON story (last_at) WHERE open = 1;

-- ids of stories that went into others
CREATE TABLE story_alias (id TEXT PRIMARY KEY, ref INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX story_alias_ref ON story_alias (ref);

CREATE TABLE story_term (
  term INTEGER NOT NULL,
  story INTEGER NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (term, story)
) WITHOUT ROWID;

CREATE TABLE story_member (
  article INTEGER PRIMARY KEY,
  story INTEGER NOT NULL,
  fullness INTEGER NOT NULL,
  correction INTEGER NOT NULL,
  copy_of INTEGER,
  signature BLOB NOT NULL             -- 16-bit hashes
);
CREATE INDEX story_member_story ON story_member (story);
CREATE INDEX story_member_copy ON story_member (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE story_count (scope TEXT PRIMARY KEY, counts BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO tally (name, n) VALUES ('seated_to', 0);

CREATE INDEX article_published ON article (published, id) WHERE id IS NOT NULL AND pruned = 0;
`;
