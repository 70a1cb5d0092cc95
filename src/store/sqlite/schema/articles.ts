/**
 * The first tables. Made for growth: what a run asks again and again is found by an index and never by reading all
 * articles. Dates are milliseconds since 1970.
 */
export const articles = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- counted here, because counting a million rows reads them
CREATE TABLE tally (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tally (name, n) VALUES ('articles', 0), ('next_ref', 1);

CREATE TABLE source (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE host (host TEXT PRIMARY KEY, not_before INTEGER NOT NULL) WITHOUT ROWID;

-- short rows: they are rewritten when an article gets its id and its channels
CREATE TABLE article (
  ref INTEGER PRIMARY KEY,
  id TEXT,                            -- null until minted
  source TEXT NOT NULL,
  also_in TEXT,                       -- JSON list of source ids; null: none
  place INTEGER NOT NULL,
  published INTEGER NOT NULL,
  published_from TEXT NOT NULL,
  updated INTEGER,
  first_seen INTEGER NOT NULL,
  withdrawn INTEGER,
  hidden INTEGER NOT NULL DEFAULT 0,  -- withdrawn, and not only marked as such
  pending TEXT,                       -- JSON { mintOnly, keys }; null once minted
  unplaced INTEGER NOT NULL DEFAULT 0,
  pruned INTEGER NOT NULL DEFAULT 0,
  ord TEXT,                           -- its place among others, once it stands in channels
  channels TEXT                       -- JSON list of channel.n
);
CREATE INDEX article_pending ON article (ref) WHERE pending IS NOT NULL;
CREATE INDEX article_unplaced ON article (ref) WHERE unplaced = 1;

-- long rows
CREATE TABLE wording (
  ref INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  text TEXT NOT NULL,                 -- JSON, an ArticleText
  topics TEXT NOT NULL,               -- JSON, TopicTag[]
  tagged_by INTEGER                   -- fingerprint.n; null: never tagged again
);
CREATE INDEX wording_tagged ON wording (tagged_by, ref);
CREATE TABLE fingerprint (n INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

-- every name that leads to an article, its id too, as a hash; outlives the article
CREATE TABLE alias (key TEXT PRIMARY KEY, ref INTEGER NOT NULL) WITHOUT ROWID;

-- numbers are never used twice: article.channels may still name a channel that was dropped
CREATE TABLE channel (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  members INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  updated INTEGER
);

-- state: 0 stands, 1 stands and has a spot in the archive; 2 and 3 the same, hidden
CREATE TABLE member (
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  state INTEGER NOT NULL,
  ord TEXT NOT NULL,
  ref INTEGER NOT NULL,
  spot INTEGER,
  PRIMARY KEY (channel, state, ord, ref)
) WITHOUT ROWID;
CREATE TABLE archive (
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  spot INTEGER NOT NULL,
  ref INTEGER NOT NULL,
  PRIMARY KEY (channel, spot)
) WITHOUT ROWID;

-- archive: number of the document, 0 the head
CREATE TABLE dirty (
  channel TEXT NOT NULL,
  archive INTEGER NOT NULL,
  takedown INTEGER NOT NULL,
  PRIMARY KEY (channel, archive)
) WITHOUT ROWID;

CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, inputs TEXT) WITHOUT ROWID;
`;
