/** Reads and writes stories. */
import type { ArticleRef } from '../../../model/article.js';
import { countPublications, type NamedReport } from '../../../model/publications.js';
import type { SourceId } from '../../../model/source.js';
import type { StoryRef, TermHit } from '../../../model/story.js';
import type { CopyGroup, StoryAlias, StoryStore } from '../../../ports/store/stories.js';
import { selectRefs } from '../articles/read-articles.js';
import { readCounter } from '../counters.js';
import type { Database } from '../database.js';
import { saveStoryChanges } from './save-stories.js';
import { readStoryRecords, SELECT_STORIES, type StoryRow } from './story-rows.js';

/** Includes unplaced articles, which may have been hidden before. */
const UNASSIGNED = `SELECT ref FROM article WHERE ref IN (
    SELECT ref FROM article WHERE ref > (SELECT n FROM counter WHERE name = 'clustered_up_to')
    UNION SELECT ref FROM article WHERE unplaced = 1
  )
  AND id IS NOT NULL AND hidden_by IS NULL AND pruned = 0 AND NOT EXISTS (SELECT 1 FROM story_member WHERE article = ref)`;

const buildPublicationsQuery = ({ dialect }: Database) => `SELECT DISTINCT own.article AS ref, article.source AS source,
    ${dialect.part('text', 'attribution', 'publication', 'title')} AS title
  FROM story_member AS own JOIN story ON story.ref = own.story AND sources > 1
  JOIN story_member AS told ON told.story = own.story AND told.correction = 0
  JOIN article ON article.ref = told.article AND hidden = 0 AND withdrawn IS NULL
  JOIN article_text ON article_text.ref = told.article
  WHERE own.article IN`;

/** Includes ties with the last story. */
const NEWEST_WITH_TERM = `SELECT term, story, weight FROM story_key WHERE term = ? AND first_at >= coalesce(
    (SELECT first_at FROM story_key WHERE term = ? ORDER BY first_at DESC LIMIT 1 OFFSET ?), -9007199254740991
  ) ORDER BY first_at DESC, story DESC`;

type OpenStoryRow = Pick<StoryRow, 'ref' | 'language'>;

interface ToldBy {
  readonly ref: ArticleRef;
  readonly source: SourceId;
  readonly title: string;
}

export function storyMethods(db: Database): StoryStore {
  const count = async (condition: string) =>
    (await db.get<{ n: number }>(`SELECT count(*) AS n FROM story WHERE ${condition}`))!.n;
  const newest = async (order: string, limit: number) =>
    readStoryRecords(
      db,
      await db.all<StoryRow>(`${SELECT_STORIES} WHERE sources > 1 ORDER BY ${order} LIMIT ?`, limit),
    );
  return {
    clusteredUpTo: () => readCounter(db, 'clustered_up_to'),
    unassigned: (limit) => selectRefs(db, `${UNASSIGNED} ORDER BY published, id LIMIT ?`, limit),
    storyTerms: async (scopes) => {
      const counts = 'SELECT scope, counts FROM term_counts WHERE scope IN';
      const rows = await db.allMatching<{ scope: string; counts: Uint8Array }>(counts, scopes);
      return rows.map((row) => [row.scope, row.counts] as const);
    },
    findStoriesByTerm: async (terms, perTerm) => {
      if ((await db.get('SELECT 1 AS any FROM story_key LIMIT 1')) === undefined) return [];
      const sets = terms.map((term) => [term, term, perTerm - 1]);
      return (await db.allBatched<TermHit>(NEWEST_WITH_TERM, sets)).flat();
    },
    stories: async (refs) => {
      const rows = await db.allMatching<StoryRow>(`${SELECT_STORIES} WHERE ref IN`, refs);
      return readStoryRecords(db, orderStoryRows(refs, rows));
    },
    saveStories: (changes) => db.write(() => saveStoryChanges(db, changes)),
    unplacedStoryArticles: () =>
      selectRefs(db, 'SELECT ref FROM article JOIN story_member ON article = ref WHERE unplaced = 1 ORDER BY ref'),
    openStories: async (from, to, limit) => {
      const told = 'open = 1 AND last_at >= ? AND first_at <= ? ORDER BY last_at DESC, id LIMIT ?';
      return await db.all<OpenStoryRow>(`SELECT ref, language FROM story WHERE ${told}`, from, to, limit);
    },
    storyIds: async (ids) => {
      const rows = await db.allMatching<{ id: string }>('SELECT id FROM story WHERE id IN', ids);
      return new Set(rows.map(({ id }) => id));
    },
    findStoryRefs: async (articles) => {
      const storyOf = 'SELECT article, story FROM story_member WHERE article IN';
      const rows = await db.allMatching<{ article: ArticleRef; story: StoryRef }>(storyOf, articles);
      return new Map(rows.map(({ article, story }) => [article, story]));
    },
    countPublications: async (articles) => {
      const told = await db.allMatching<ToldBy>(buildPublicationsQuery(db), articles);
      const reports = new Map<ArticleRef, NamedReport[]>(told.map(({ ref }) => [ref, []]));
      for (const { ref, source, title } of told)
        reports.get(ref)!.push({ sourceId: source, publication: JSON.parse(title) as string });
      return new Map([...reports].map(([ref, all]) => [ref, countPublications(all).size]));
    },
    multiSourceStories: (limit) => newest('first_at DESC, id', limit),
    recentStories: (limit) => newest('last_at DESC, id', limit),
    multiSourceRefs: (after, limit) =>
      selectRefs(db, 'SELECT ref FROM story WHERE sources > 1 AND ref > ? ORDER BY ref LIMIT ?', after, limit),
    filterMultiSource: async (stories) => {
      const rows = await db.allMatching<{ ref: StoryRef }>(
        'SELECT ref FROM story WHERE sources > 1 AND ref IN',
        stories,
      );
      return new Set(rows.map(({ ref }) => ref));
    },
    storyAliases: () => db.all<StoryAlias>('SELECT slug, story FROM story_alias ORDER BY slug'),
    countStories: async () => ({ total: await count('TRUE'), multiSource: await count('sources > 1') }),
    findCopyGroups: (articles) => readCopyGroups(db, articles),
  };
}

/** Unique rows, without missing ones. */
function orderStoryRows(refs: readonly StoryRef[], rows: readonly StoryRow[]): StoryRow[] {
  const found = new Map(rows.map((row) => [row.ref, row]));
  return [...new Set(refs)].flatMap((ref) => found.get(ref) ?? []);
}

interface Copy {
  readonly article: ArticleRef;
  readonly copy_of: ArticleRef;
}

async function readCopyGroups(db: Database, articles: readonly ArticleRef[]): Promise<Map<ArticleRef, CopyGroup>> {
  const copies = 'SELECT article, copy_of FROM story_member WHERE';
  const behind = await db.allMatching<Copy>(`${copies} copy_of IS NOT NULL AND article IN`, articles);
  const copyOf = new Map(behind.map(({ article, copy_of }) => [article, copy_of]));
  const findCanonical = (article: ArticleRef) => copyOf.get(article) ?? article;
  const folded = new Map<ArticleRef, ArticleRef[]>();
  const canonicals = [...new Set(articles.map(findCanonical))];
  const rows = await db.allMatching<Copy>(`${copies} copy_of IN`, canonicals);
  for (const { article, copy_of } of rows.sort((a, b) => a.article - b.article)) {
    const group = folded.get(copy_of);
    if (group === undefined) folded.set(copy_of, [article]);
    else group.push(article);
  }
  return new Map(
    articles.flatMap((article) => {
      const canonical = findCanonical(article);
      const others = folded.get(canonical);
      return others === undefined ? [] : [[article, { canonical, folded: others }]];
    }),
  );
}
