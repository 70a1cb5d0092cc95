/** Schema of version 0.1.0. Indexes keep the queries of a run from reading all articles. Dates are milliseconds since 1970. */
const version1 = `
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
  channels TEXT,                      -- JSON list of channel.n
  removed INTEGER NOT NULL DEFAULT 0, -- withdrawn and removed rather than marked as withdrawn
  hidden_by TEXT,                     -- JSON, HiddenReason[], the strongest first; null: shown
  hidden_at INTEGER,
  pictures_due INTEGER NOT NULL DEFAULT 1, -- its pictures were not processed since its text changed
  full_text_due INTEGER               -- when its page may be fetched; null: not scheduled
);
CREATE INDEX article_unplaced ON article (ref) WHERE unplaced = 1;
CREATE INDEX article_hidden ON article (ref) WHERE hidden_by IS NOT NULL;
CREATE INDEX article_pictures_due ON article (published) WHERE pictures_due = 1;
CREATE INDEX article_full_text_due ON article (full_text_due) WHERE full_text_due IS NOT NULL;

-- the long columns, which change less often
CREATE TABLE article_text (
  ref INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  text TEXT NOT NULL,                 -- JSON, an ArticleText
  topics TEXT NOT NULL,               -- JSON, TopicTag[]
  tagged_by INTEGER,                  -- fingerprint.n; null: not to be tagged again
  edits TEXT,                         -- JSON, an ArticleEdits
  retitled TEXT,                      -- the headline that rules make of its publisher's
  known_images TEXT,                  -- JSON, KnownImage[]; null: none
  machine TEXT,                       -- JSON, MachineMade[]; null: none
  full_text TEXT                      -- JSON, a FullText; null: its page was not fetched
);
CREATE INDEX article_text_tagged ON article_text (tagged_by, ref);
CREATE INDEX article_text_known_images ON article_text (ref) WHERE known_images IS NOT NULL;
CREATE INDEX article_text_machine ON article_text (ref) WHERE machine IS NOT NULL;
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

-- ref: that of its first article
CREATE TABLE story (
  ref INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  language TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  text_length INTEGER NOT NULL,
  daily INTEGER NOT NULL,
  sources INTEGER NOT NULL,           -- number with members other than corrections
  open INTEGER NOT NULL,              -- 0: closed, without rows in story_key
  keys BLOB NOT NULL,                 -- 32-bit terms
  key_weights BLOB NOT NULL           -- 32-bit floats, parallel to keys
);
CREATE UNIQUE INDEX story_id ON story (id);
CREATE INDEX story_multi_source ON story (first_at, id) WHERE sources > 1;
CREATE INDEX story_recent ON story (last_at, id) WHERE sources > 1;
CREATE INDEX story_open ON story (last_at) WHERE open = 1;

-- the index that finds candidates for a new article
CREATE TABLE story_key (
  term INTEGER NOT NULL,
  first_at INTEGER NOT NULL,          -- of the story; unlike refs, independent of the order of arrival
  story INTEGER NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (term, first_at, story)
) WITHOUT ROWID;

CREATE TABLE story_member (
  article INTEGER PRIMARY KEY,
  story INTEGER NOT NULL,
  fullness INTEGER NOT NULL,
  correction INTEGER NOT NULL,
  copy_of INTEGER,
  signature BLOB NOT NULL,            -- 16-bit hashes
  vector BLOB                         -- a PackedVector; null: not kept
);
CREATE INDEX story_member_story ON story_member (story);
CREATE INDEX story_member_copy ON story_member (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE term_counts (scope TEXT PRIMARY KEY, counts BLOB NOT NULL) WITHOUT ROWID;

-- former addresses: of merged stories, and of stories reduced to one source
CREATE TABLE story_alias (slug TEXT PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX story_alias_story ON story_alias (story);

-- copies of pictures until they are published, so that an interrupted run loses none
CREATE TABLE picture_copy (path TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE icon (
  source TEXT PRIMARY KEY,
  due INTEGER NOT NULL,               -- when to fetch it again
  digest TEXT,                        -- of its bytes; null: no icon
  png BLOB,
  named TEXT                          -- the address in the config that was fetched; null: the home page
);

-- articles with a smaller ref are not announced; target '*': from a feed
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

-- objects in a bucket, where files are published to one
CREATE TABLE object (path TEXT PRIMARY KEY, size INTEGER NOT NULL, version TEXT NOT NULL, digest TEXT) WITHOUT ROWID;

-- answers of the editor's commands about articles
CREATE TABLE enrichment (
  ref INTEGER NOT NULL,
  key TEXT NOT NULL,                  -- digest of the command and of what it was given
  answer TEXT,                        -- JSON, a MachineAnswer; null: waiting
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (ref, key)
) WITHOUT ROWID;
CREATE INDEX enrichment_waiting ON enrichment (due) WHERE answer IS NULL;
`;

/** What pages list articles by, so that a page is checked without reading the texts around it. */
const version2 = `
CREATE TABLE page_facts (
  ref INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  key TEXT NOT NULL,                  -- digest of what the facts were made from
  facts BLOB NOT NULL
);
`;

/** Stories in several languages. */
const version3 = `
ALTER TABLE story_member ADD COLUMN language TEXT; -- null: that of the story
ALTER TABLE story_member ADD COLUMN cognates TEXT; -- JSON, what is written alike in other languages; null: not kept
`;

/** Migrations in order, adapted to each database. A released one must not change. */
export const migrations: readonly string[] = [version1, version2, version3];
