/** Reads and writes stories. */
import type { ArticleRef } from '../../../model/article.js';
import type { StoryRef } from '../../../model/story.js';
import type { CopyGroup, StoryAlias, StoryStore, TermHit } from '../../../ports/store/stories.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { selectRefs } from '../articles/read-articles.js';
import { selectIn } from '../bulk.js';
import { readCounter } from '../counters.js';
import { saveStoryChanges } from './save-stories.js';
import { type StoryRow, toStory } from './story-rows.js';

/** What was hidden until now is unplaced. */
const UNASSIGNED = `SELECT ref FROM article WHERE ref IN (
    SELECT ref FROM article WHERE ref > (SELECT n FROM counter WHERE name = 'clustered_up_to')
    UNION SELECT ref FROM article WHERE unplaced = 1
  )
  AND id IS NOT NULL AND hidden_by IS NULL AND pruned = 0 AND NOT EXISTS (SELECT 1 FROM story_member WHERE article = ref)`;

const PUBLICATIONS = `SELECT DISTINCT own.article AS ref, text ->> '$.attribution.publication.title' AS title
  FROM story_member AS own JOIN story ON story.ref = own.story AND sources > 1
  JOIN story_member AS told ON told.story = own.story AND told.correction = 0
  JOIN article ON article.ref = told.article AND hidden = 0 AND withdrawn IS NULL
  JOIN article_text ON article_text.ref = told.article
  WHERE own.article IN`;

export function storyMethods(db: Connection): Sync<StoryStore> {
  const count = (condition: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM story WHERE ${condition}`)!.n;
  return {
    clusteredUpTo: () => readCounter(db, 'clustered_up_to'),
    unassigned: (limit) => selectRefs(db, `${UNASSIGNED} ORDER BY published, id LIMIT ?`, limit),
    storyTerms: (scopes) => {
      const counts = 'SELECT scope, counts FROM term_counts WHERE scope IN';
      const rows = selectIn<{ scope: string; counts: Uint8Array }>(db, counts, scopes);
      return rows.map((row) => [row.scope, row.counts] as const);
    },
    storiesByTerm: (terms, perTerm) => {
      const byTerm = 'SELECT term, story, weight FROM story_term WHERE term = ? ORDER BY story DESC LIMIT ?';
      return terms.flatMap((term) => db.all<TermHit>(byTerm, term, perTerm));
    },
    stories: (refs) => selectIn<StoryRow>(db, 'SELECT * FROM story WHERE ref IN', refs).map((row) => toStory(db, row)),
    saveStories: (changes) => db.write(() => saveStoryChanges(db, changes)),
    unplacedReports: () =>
      selectRefs(db, 'SELECT ref FROM article JOIN story_member ON article = ref WHERE unplaced = 1 ORDER BY ref'),
    storyIds: (ids) => {
      const rows = selectIn<{ id: string }>(db, 'SELECT id FROM story WHERE id IN', ids);
      return new Set(rows.map(({ id }) => id));
    },
    storiesOf: (articles) => {
      const storyOf = 'SELECT article, story FROM story_member WHERE article IN';
      const rows = selectIn<{ article: ArticleRef; story: StoryRef }>(db, storyOf, articles);
      return new Map(rows.map(({ article, story }) => [article, story]));
    },
    publicationsTelling: (articles) => {
      const told = selectIn<{ ref: ArticleRef; title: string }>(db, PUBLICATIONS, articles);
      const names = new Map(told.map(({ ref }) => [ref, new Set<string>()]));
      for (const { ref, title } of told) names.get(ref)!.add(title.toLowerCase());
      return new Map([...names].map(([ref, all]) => [ref, all.size]));
    },
    multiSourceStories: (limit) => {
      const newest = 'SELECT * FROM story WHERE sources > 1 ORDER BY first_at DESC, id LIMIT ?';
      return db.all<StoryRow>(newest, limit).map((row) => toStory(db, row));
    },
    recentStories: (limit) => {
      const recent = 'SELECT * FROM story WHERE sources > 1 ORDER BY last_at DESC, ref LIMIT ?';
      return db.all<StoryRow>(recent, limit).map((row) => toStory(db, row));
    },
    multiSourceRefs: (after, limit) =>
      selectRefs(db, 'SELECT ref FROM story WHERE sources > 1 AND ref > ? ORDER BY ref LIMIT ?', after, limit),
    multiSourceAmong: (stories) => {
      const rows = selectIn<{ ref: StoryRef }>(db, 'SELECT ref FROM story WHERE sources > 1 AND ref IN', stories);
      return new Set(rows.map(({ ref }) => ref));
    },
    storyAliases: () => db.all<StoryAlias>('SELECT slug, story FROM story_alias ORDER BY slug'),
    countStories: () => ({ total: count('TRUE'), multiSource: count('sources > 1') }),
    copiesOf: (articles) => copyGroups(db, articles),
  };
}

interface Copy {
  readonly article: ArticleRef;
  readonly copy_of: ArticleRef;
}

function copyGroups(db: Connection, articles: readonly ArticleRef[]): Map<ArticleRef, CopyGroup> {
  const copies = 'SELECT article, copy_of FROM story_member WHERE';
  const behind = selectIn<Copy>(db, `${copies} copy_of IS NOT NULL AND article IN`, articles);
  const copyOf = new Map(behind.map(({ article, copy_of }) => [article, copy_of]));
  const canonicalOf = (article: ArticleRef) => copyOf.get(article) ?? article;
  const folded = new Map<ArticleRef, ArticleRef[]>();
  for (const { article, copy_of } of selectIn<Copy>(db, `${copies} copy_of IN`, [
    ...new Set(articles.map(canonicalOf)),
  ])) {
    folded.set(
      copy_of,
      [...(folded.get(copy_of) ?? []), article].sort((a, b) => a - b),
    );
  }
  return new Map(
    articles.flatMap((article) => {
      const canonical = canonicalOf(article);
      const others = folded.get(canonical);
      return others === undefined ? [] : [[article, { canonical, folded: others }]];
    }),
  );
}
