/** What the store knows of stories. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';
import type { ClusterText, CopyGroup, StoryStore, TermHit } from '../../ports/store/stories.js';
import type { Sync } from '../promised.js';
import { bulkFind } from './bulk.js';
import type { Connection } from './connection.js';
import type { DirtyRepository } from './dirty.js';
import type { ArticleRow, Shelf } from './shelf.js';
import { type StoryRow, storyReader } from './story-rows.js';
import { storySaving } from './story-saving.js';
import type { Wording } from './wording.js';

export interface StoryParts {
  readonly db: Connection;
  readonly shelf: Shelf;
  readonly dirtBook: DirtyRepository;
}

export function storyMethods(parts: StoryParts): Sync<StoryStore> {
  const { db, shelf } = parts;
  const seatedTo = db.prepare<{ n: number }>("SELECT n FROM tally WHERE name = 'seated_to'");
  const unseated = `SELECT ref FROM article WHERE ref > (SELECT n FROM tally WHERE name = 'seated_to') AND id IS NOT NULL
    AND pruned = 0 AND NOT EXISTS (SELECT 1 FROM story_member WHERE article = ref)`;
  const someUnseated = db.prepare<{ ref: ArticleRef }>(`${unseated} LIMIT ?`);
  // The plus keeps SQLite from walking through the dates of all articles that ever were.
  const oldestUnseated = db.prepare<{ ref: ArticleRef }>(`${unseated} ORDER BY +published, id LIMIT ?`);
  const tellings = bulkFind<TellingRow>(
    db,
    `SELECT ref, id, source, published, first_seen, text FROM article JOIN wording USING (ref)
     WHERE id IS NOT NULL AND pruned = 0 AND ref IN`,
  );
  const counts = db.prepare<{ counts: Uint8Array }>('SELECT counts FROM story_count WHERE scope = ?');
  const byTerm = db.prepare<TermHit>(
    'SELECT term, story, weight FROM story_term WHERE term = ? ORDER BY story DESC LIMIT ?',
  );
  const byRef = db.prepare<StoryRow>('SELECT * FROM story WHERE ref = ?');
  const byId = db.prepare<StoryRow>(
    'SELECT * FROM story WHERE id = ? UNION ALL SELECT s.* FROM story AS s JOIN story_alias AS a ON a.ref = s.ref WHERE a.id = ?',
  );
  const storyOf = db.prepare<{ story: StoryRef }>('SELECT story FROM story_member WHERE article = ?');
  const told = db.prepare<StoryRow>('SELECT * FROM story WHERE sources > 1 ORDER BY first_at DESC, id LIMIT ?');
  const total = db.prepare<{ n: number }>('SELECT count(*) AS n FROM story');
  const several = db.prepare<{ n: number }>('SELECT count(*) AS n FROM story WHERE sources > 1');
  const between = db.prepare<{ ref: ArticleRef }>(
    `SELECT ref FROM article WHERE published >= ? AND published < ? AND id IS NOT NULL AND pruned = 0
     ORDER BY published DESC, id LIMIT ?`,
  );
  const read = storyReader(db);
  const none = new Int32Array(0);
  const light = (row: StoryRow): StoryRecord => ({
    ...read(row),
    terms: none,
    weights: new Float32Array(0),
    keys: none,
  });
  return {
    clusteredUpTo: () => seatedTo.get()!.n,
    unassigned: (limit) => {
      const some = someUnseated.all(limit);
      const all = some.length < limit;
      return (all ? some : oldestUnseated.all(limit)).map(({ ref }) => ref);
    },
    articleTexts: (refs) => tellings(refs).map(toTelling),
    storyTerms: (scopes) =>
      scopes.flatMap((scope) => {
        const row = counts.get(scope);
        return row === undefined ? [] : [[scope, row.counts] as const];
      }),
    storiesByTerm: (terms, perTerm) => terms.flatMap((term) => byTerm.all(term, perTerm)),
    stories: (refs) =>
      refs.flatMap((ref) => {
        const row = byRef.get(ref);
        return row === undefined ? [] : read(row);
      }),
    saveStories: storySaving(parts),
    findStory: (id) => {
      const row = byId.get(id, id);
      return row === undefined ? null : read(row);
    },
    storiesOf: (articles) =>
      new Map(
        articles.flatMap((article) => {
          const row = storyOf.get(article);
          return row === undefined ? [] : [[article, row.story] as const];
        }),
      ),
    multiSourceStories: (limit) => told.all(limit).map(light),
    countStories: () => ({ total: total.get()!.n, multiSource: several.get()!.n }),
    publishedBetween: (from, to, limit) =>
      shelf.minted(
        between.all(from.getTime(), to.getTime(), limit).map(({ ref }) => ref),
        'kept',
      ),
    copiesOf: copyGroups(db),
  };
}

type TellingRow = Pick<ArticleRow, 'ref' | 'source' | 'published' | 'first_seen'> & {
  readonly id: ArticleId;
  readonly text: string;
};

function toTelling(row: TellingRow): ClusterText {
  const { title, summary, contentHtml, language, attribution }: Wording['text'] = JSON.parse(row.text);
  return {
    ref: row.ref,
    id: row.id,
    sourceId: row.source,
    publishedAt: new Date(row.published),
    firstSeenAt: new Date(row.first_seen),
    title,
    summary,
    contentHtml,
    language,
    attribution,
  };
}

interface Copy {
  readonly article: ArticleRef;
  readonly copy_of: ArticleRef;
}

function copyGroups(db: Connection): (articles: readonly ArticleRef[]) => Map<ArticleRef, CopyGroup> {
  const copies = 'SELECT article, copy_of FROM story_member WHERE';
  const behind = bulkFind<Copy>(db, `${copies} copy_of IS NOT NULL AND article IN`);
  const before = bulkFind<Copy>(db, `${copies} copy_of IN`);
  return (articles) => {
    const standsFor = new Map(behind(articles).map(({ article, copy_of }) => [article, copy_of]));
    const stands = (article: ArticleRef) => standsFor.get(article) ?? article;
    const folded = new Map<ArticleRef, ArticleRef[]>();
    for (const { article, copy_of } of before([...new Set(articles.map(stands))])) {
      folded.set(copy_of, [...(folded.get(copy_of) ?? []), article]);
    }
    return new Map(
      articles.flatMap((article) => {
        const others = folded.get(stands(article));
        return others === undefined ? [] : [[article, { canonical: stands(article), folded: others.sort(ascending) }]];
      }),
    );
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}
