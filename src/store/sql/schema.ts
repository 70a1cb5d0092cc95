/**
 * The tables. Everything that runs query regularly has an index, so that they never read all articles.
 * Dates are milliseconds since 1970.
 */
export const firstSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- counters, since count(*) reads all rows
CREATE TABLE counter (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter (name, n) VALUES ('articles', 0), ('next_ref', 1), ('clustered_up_to', 0);

CREATE TABLE source (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE host (host TEXT PRIMARY KEY, not_before INTEGER NOT NULL) WITHOUT ROWID;

-- of each source's last document; apart from its state, since it is read only when a new document arrives
CREATE TABLE snapshot (
  source TEXT PRIMARY KEY,
  document TEXT NOT NULL              -- JSON, a DocumentSnapshot with the keys of its items as hashes
);

-- short rows, since they are rewritten when an article gets its id and its channels
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
  hidden INTEGER NOT NULL DEFAULT 0,  -- in no channel for readers: withdrawn and removed rather than marked, or hidden by the section
  unplaced INTEGER NOT NULL DEFAULT 0,
  pruned INTEGER NOT NULL DEFAULT 0,
  ord TEXT,                           -- sort key in channels; null: in none yet
  channels TEXT                       -- JSON list of channel.n
);
CREATE INDEX article_unplaced ON article (ref) WHERE unplaced = 1;

-- the long columns, which change less often
CREATE TABLE article_text (
  ref INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  text TEXT NOT NULL,                 -- JSON, an ArticleText
  topics TEXT NOT NULL,               -- JSON, TopicTag[]
  tagged_by INTEGER                   -- fingerprint.n; null: not to be tagged again
);
CREATE INDEX article_text_tagged ON article_text (tagged_by, ref);
CREATE TABLE fingerprint (n INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

-- articles without an id
CREATE TABLE pending (
  ref INTEGER PRIMARY KEY,
  mint_only INTEGER NOT NULL,
  guid TEXT,
  url TEXT NOT NULL,                  -- empty: none
  title TEXT NOT NULL,
  keys TEXT NOT NULL                  -- JSON, ArticleKey[]
);

-- hashes of all keys and ids of articles; kept when an article is deleted
CREATE TABLE alias (key TEXT PRIMARY KEY, ref INTEGER NOT NULL) WITHOUT ROWID;

-- numbers are not reused: article.channels may still contain a channel that was dropped
CREATE TABLE channel (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  members INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  updated INTEGER
);

-- state: 0 visible, 1 visible and archived (has a spot); 2 and 3 the same, hidden
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

-- archive: document number; 0: the head
CREATE TABLE dirty (
  channel TEXT NOT NULL,
  archive INTEGER NOT NULL,
  takedown INTEGER NOT NULL,
  PRIMARY KEY (channel, archive)
) WITHOUT ROWID;

CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, inputs TEXT) WITHOUT ROWID;

-- ref: that of its first article. terms: 32-bit terms, then as many 32-bit floats; keys: 32-bit terms
CREATE TABLE story (
  ref INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  language TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  text_length INTEGER NOT NULL,
  daily INTEGER NOT NULL,
  sources INTEGER NOT NULL,           -- number with members other than corrections
  open INTEGER NOT NULL,              -- 0: closed, without rows in story_term
  terms BLOB NOT NULL,
  keys BLOB NOT NULL
);
CREATE UNIQUE INDEX story_id ON story (id);
CREATE INDEX story_multi_source ON story (first_at, id) WHERE sources > 1;
CREATE INDEX story_open ON story (last_at) WHERE open = 1;

-- the index that finds candidates for a new article
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

CREATE TABLE term_counts (scope TEXT PRIMARY KEY, counts BLOB NOT NULL) WITHOUT ROWID;
`;

/** Stories are compared article by article. vector: see `PackedVector`; null: not at hand. key_weights: 32-bit floats, parallel to keys. */
export const vectorsOfMembers = `
ALTER TABLE story_member ADD COLUMN vector BLOB;
ALTER TABLE story ADD COLUMN key_weights BLOB NOT NULL DEFAULT x'';
ALTER TABLE story DROP COLUMN terms;
`;

/** What the section itself decided about articles. */
export const editsSchema = `
ALTER TABLE article ADD COLUMN removed INTEGER NOT NULL DEFAULT 0; -- withdrawn and removed rather than marked as withdrawn
ALTER TABLE article ADD COLUMN hidden_by TEXT;                     -- JSON, HiddenReason[], the strongest first; null: shown
ALTER TABLE article ADD COLUMN hidden_at INTEGER;
UPDATE article SET removed = hidden;
CREATE INDEX article_hidden ON article (ref) WHERE hidden_by IS NOT NULL;
ALTER TABLE article_text ADD COLUMN edits TEXT;                    -- JSON, an ArticleEdits
ALTER TABLE article_text ADD COLUMN retitled TEXT;                 -- the headline that rules make of its publisher's
`;

/** Addresses of stories that merged into another, or that one publication alone is left to tell: they lead on. */
export const storyAliasesSchema = `
CREATE TABLE story_alias (slug TEXT PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX story_alias_story ON story_alias (story);
CREATE INDEX story_recent ON story (last_at, ref) WHERE sources > 1;
`;

/** What is known of pictures. Copies of pictures lie here until they are published, so that an interrupted run loses none. */
export const picturesSchema = `
ALTER TABLE article ADD COLUMN pictures_due INTEGER NOT NULL DEFAULT 1; -- its pictures were not looked at since its text changed
CREATE INDEX article_pictures_due ON article (published) WHERE pictures_due = 1;
ALTER TABLE article_text ADD COLUMN known_images TEXT;                  -- JSON, KnownImage[]; null: none
CREATE INDEX article_text_known_images ON article_text (ref) WHERE known_images IS NOT NULL;
CREATE TABLE picture_copy (path TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE icon (
  source TEXT PRIMARY KEY,
  due INTEGER NOT NULL,               -- when to ask again
  digest TEXT,                        -- of its bytes; null: it has none
  png BLOB
);
`;

/** Of an icon that the config names. */
export const namedIconsSchema = `
ALTER TABLE icon ADD COLUMN named TEXT; -- the address that was asked; null: its home was
`;

/** What is announced, and was; who tells us of changes. Dates are milliseconds since 1970. */
export const outboxSchema = `
-- articles with a smaller ref are no news; target '*': of a feed
CREATE TABLE announce_begin (
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (target, name)
) WITHOUT ROWID;
CREATE TABLE announce_told (
  target TEXT NOT NULL,
  about TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (target, about, subject)
) WITHOUT ROWID;
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  target TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  tried INTEGER,                      -- when a call was first made
  refusals INTEGER NOT NULL DEFAULT 0,
  message TEXT,
  text TEXT,
  UNIQUE (target, kind, subject)
);
CREATE INDEX outbox_not_sent ON outbox (state) WHERE state <> 'sent';
CREATE TABLE subscription (token TEXT PRIMARY KEY, subscription TEXT NOT NULL) WITHOUT ROWID; -- JSON, a Subscription
CREATE TABLE announce_target (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID; -- JSON, a TargetState
`;

/** The texts of articles' own pages. */
export const fullTextsSchema = `
ALTER TABLE article ADD COLUMN full_text_due INTEGER; -- from when on its page may be asked for; null: not
CREATE INDEX article_full_text_due ON article (full_text_due) WHERE full_text_due IS NOT NULL;
ALTER TABLE article_text ADD COLUMN full_text TEXT;   -- JSON, a FullText; null: its page was not asked for
`;

/** What a bucket holds, where files are published to one. */
export const objectsSchema = `
CREATE TABLE object (path TEXT PRIMARY KEY, size INTEGER NOT NULL, version TEXT NOT NULL, digest TEXT) WITHOUT ROWID;
`;

/** What an editor's commands made of articles; `due`: milliseconds since 1970. */
export const enrichmentSchema = `
CREATE TABLE enrichment (
  ref INTEGER NOT NULL,
  key TEXT NOT NULL,                  -- digest of the command and of what it was given
  answer TEXT,                        -- JSON, a MachineAnswer; null: it waits for one
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (ref, key)
) WITHOUT ROWID;
CREATE INDEX enrichment_waiting ON enrichment (due) WHERE answer IS NULL;
ALTER TABLE article_text ADD COLUMN machine TEXT; -- JSON, MachineMade[]; null: none
CREATE INDEX article_text_machine ON article_text (ref) WHERE machine IS NOT NULL;
`;

/** Refs follow the order in which articles came, which is not the same twice: what is newest goes by date. */
export const storyKeysSchema = `
CREATE TABLE story_key (              -- the index that finds candidates for a new article
  term INTEGER NOT NULL,
  first_at INTEGER NOT NULL,          -- of the story
  story INTEGER NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (term, first_at, story)
) WITHOUT ROWID;
INSERT INTO story_key SELECT term, first_at, story, weight FROM story_term JOIN story ON ref = story;
DROP TABLE story_term;
DROP INDEX story_recent;
CREATE INDEX story_recent ON story (last_at, id) WHERE sources > 1;
`;
