/** What the store knows of stories. */
import type { ArticleRef } from '../../model/article.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';
import type { CopyGroup, StoryStore, TermHit } from '../../ports.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';
import type { DirtBook } from './dirty.js';
import type { Shelf } from './shelf.js';
import { type StoryRow, storyReader } from './story-rows.js';
import { storySaving } from './story-saving.js';

export interface StoryParts {
  readonly db: Connection;
  readonly shelf: Shelf;
  readonly dirtBook: DirtBook;
}

export function storyMethods(parts: StoryParts): Sync<StoryStore> {
  const { db, shelf } = parts;
  const seatedTo = db.prepare<{ n: number }>("SELECT n FROM tally WHERE name = 'seated_to'");
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
    seatedTo: () => seatedTo.get()!.n,
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
    toldStories: (limit) => told.all(limit).map(light),
    countStories: () => ({ total: total.get()!.n, multiSource: several.get()!.n }),
    publishedBetween: (from, to, limit) =>
      shelf.minted(
        between.all(from.getTime(), to.getTime(), limit).map(({ ref }) => ref),
        'kept',
      ),
    copiesOf: copyGroups(db),
  };
}

function copyGroups(db: Connection): (articles: readonly ArticleRef[]) => Map<ArticleRef, CopyGroup> {
  const standsFor = db.prepare<{ copy_of: ArticleRef | null }>('SELECT copy_of FROM story_member WHERE article = ?');
  const copies = db.prepare<{ article: ArticleRef }>(
    'SELECT article FROM story_member WHERE copy_of = ? ORDER BY article',
  );
  return (articles) => {
    const groups = new Map<ArticleRef, CopyGroup>();
    for (const article of articles) {
      const stands = standsFor.get(article)?.copy_of ?? article;
      const folded = copies.all(stands).map((row) => row.article);
      if (folded.length > 0) groups.set(article, { stands, folded });
    }
    return groups;
  };
}
