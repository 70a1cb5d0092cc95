/** Saves the changes of one read of a source, in the transaction that saves its state. */
import type { ArticleRef, ArticleText } from '../../../model/article.js';
import type { StoredArticle } from '../../../model/identity.js';
import type { SourceId } from '../../../model/source.js';
import { parseSourceId } from '../../../model/source-feeds.js';
import type { ChangedArticle, NewArticle, ReclaimedArticle, SourceChanges } from '../../../ports/store/sources.js';
import { insertRows } from '../bulk.js';
import { addToCounter } from '../counters.js';
import type { Database } from '../database.js';
import { markArticles } from '../dirty.js';
import { forgetAnnouncement } from '../outbox.js';
import { listSourceFeeds } from '../source-state.js';
import { addAliases, addCarriers } from './aliases.js';
import { hasSameTopics, pickArticleText, pruneText } from './article-text.js';
import { isLifted, isTakenDown, removeReasons, updateVisibility } from './hidden.js';
import {
  type ArticleRow,
  parseJsonList,
  readArticleRow,
  readArticleRows,
  readStoredArticles,
} from './read-articles.js';
import { dropSnapshot, writeSnapshot } from './snapshots.js';
import { ensureFingerprintNumber } from './topics.js';

/** `feedId`: key of the state (`model/source-feeds.ts`). */
export async function saveSourceChanges(db: Database, feedId: string, changes: SourceChanges): Promise<void> {
  const sourceId = parseSourceId(feedId);
  const taggedBy = await ensureFingerprintNumber(db, changes.topicsFingerprint);
  await addArticles(db, changes.added, taggedBy);
  await reviseArticles(db, sourceId, changes.changed, taggedBy);
  for (const article of changes.reclaimed) await reclaimArticle(db, sourceId, article, taggedBy);
  await addAliases(db, changes.aliases);
  await addCarriers(db, changes.alsoIn, [sourceId]);
  await withdrawArticles(db, sourceId, changes.withdrawn);
  for (const ref of changes.restored) await setWithdrawn(db, ref, null, false);
  if (changes.snapshot === null) dropSnapshot(db, feedId);
  else if (changes.snapshot !== 'as before') await writeSnapshot(db, feedId, changes.snapshot);
}

async function addArticles(db: Database, articles: readonly NewArticle[], taggedBy: number): Promise<void> {
  await insertRows(
    db,
    'article (ref, source, place, published, published_from, first_seen, full_text_due)',
    articles.map(({ ref, sourceId, place, publishedAt, publishedAtFrom, firstSeenAt, fullTextDue }) => {
      const dates = [publishedAt.getTime(), publishedAtFrom, firstSeenAt.getTime(), fullTextDue?.getTime() ?? null];
      return [ref, sourceId, place, ...dates];
    }),
  );
  await insertRows(
    db,
    'pending (ref, mint_only, guid, url, title, keys)',
    articles.map(({ ref, mintOnly, guid, url, title, keys }) => {
      return [ref, mintOnly ? 1 : 0, guid, url ?? '', title, JSON.stringify(keys)];
    }),
  );
  await insertRows(
    db,
    'article_text (ref, text, topics, tagged_by, full_text)',
    articles.map((article) => {
      const { ref, topics, fullText } = article;
      const json = fullText === undefined ? null : JSON.stringify(fullText);
      return [ref, JSON.stringify(pickArticleText(article)), JSON.stringify(topics), taggedBy, json];
    }),
  );
  await addAliases(db, articles);
}

/** Except articles that their publisher took over since this source was read. */
async function reviseArticles(
  db: Database,
  sourceId: SourceId,
  articles: readonly ChangedArticle[],
  taggedBy: number,
): Promise<void> {
  const refs = articles.map(({ ref }) => ref);
  const rows = await readArticleRows(db, refs);
  const before = new Map((await readStoredArticles(db, refs)).map((article) => [article.ref, article]));
  const visible: ArticleRef[] = [];
  for (const article of articles) {
    const row = rows.get(article.ref);
    if (row === undefined || row.source !== sourceId || !before.has(article.ref) || isTakenDown(row)) continue;
    if (await reviseArticle(db, row, before.get(article.ref)!, article, taggedBy)) visible.push(article.ref);
  }
  await markArticles(db, visible, 'revision');
}

async function reviseArticle(
  db: Database,
  row: ArticleRow,
  before: StoredArticle,
  article: ChangedArticle,
  taggedBy: number,
): Promise<boolean> {
  const pruned = row.pruned === 1;
  const text = JSON.stringify(pruned ? pruneText(article) : pickArticleText(article));
  const revise = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = ? WHERE ref = ?';
  db.run(revise, text, JSON.stringify(article.topics), pruned ? null : taggedBy, article.ref);
  if (!pruned) await setFullTextDue(db, article);
  const retagged = !hasSameTopics(before.topics, article.topics);
  // A new address, file, picture or discussion is not a revision but must be published.
  const details = ({ enclosures, episode, discussionUrl, commentsClosed, image }: ArticleText) =>
    JSON.stringify([enclosures, episode, discussionUrl, commentsClosed, image?.url]);
  const visible = article.updatedAt !== null || article.url !== before.url || details(article) !== details(before);
  // A text restored after a takedown is not a revision.
  const updatedAt = isLifted(row) ? row.updated : (article.updatedAt?.getTime() ?? null);
  await removeReasons(db, row, ['lifted']);
  db.run('UPDATE article SET updated = coalesce(?, updated), pictures_due = 1 WHERE ref = ?', updatedAt, article.ref);
  // Rules must see each new headline, even if it is not a revision: they may cut the one of a restored article.
  const looked = retagged || visible || article.title !== before.title;
  if (row.id !== null && looked) db.run('UPDATE article SET unplaced = 1 WHERE ref = ?', article.ref);
  return retagged || visible;
}

async function setFullTextDue(db: Database, { ref, fullTextDue }: ChangedArticle): Promise<void> {
  if (fullTextDue === undefined) return;
  const due = fullTextDue === 'forgotten' ? null : fullTextDue.getTime();
  db.run('UPDATE article SET full_text_due = ? WHERE ref = ?', due, ref);
  if (due === null) db.run('UPDATE article_text SET full_text = NULL WHERE ref = ?', ref);
}

/** Also restores pruned articles and those withdrawn by the other source. */
async function reclaimArticle(
  db: Database,
  sourceId: SourceId,
  article: ReclaimedArticle,
  taggedBy: number,
): Promise<void> {
  const { ref, place, publishedAt, publishedAtFrom, firstSeenAt, updatedAt } = article;
  const row = await readArticleRow(db, ref);
  if (row === undefined) return;
  if (isTakenDown(row)) {
    await addCarriers(db, [ref], [sourceId]);
    return;
  }
  const revise = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = ? WHERE ref = ?';
  db.run(revise, JSON.stringify(pickArticleText(article)), JSON.stringify(article.topics), taggedBy, ref);
  const reclaim = `UPDATE article SET source = ?, place = ?, published = ?, published_from = ?, first_seen = ?, updated = ?,
    unplaced = 1, pruned = 0, pictures_due = 1 WHERE ref = ?`;
  const dates = [publishedAt.getTime(), publishedAtFrom, firstSeenAt.getTime(), updatedAt?.getTime() ?? null];
  db.run(reclaim, sourceId, place, ...dates, ref);
  if (article.isOtherNews) forgetAnnouncement(db, ref);
  // The old full text was fetched for the other source.
  await setFullTextDue(db, { ...article, fullTextDue: 'forgotten' });
  await setFullTextDue(db, article);
  const others = [...new Set([...parseJsonList(row.also_in), row.source])].filter((id) => id !== sourceId).sort();
  db.run('UPDATE article SET also_in = ? WHERE ref = ?', JSON.stringify(others), ref);
  if (row.pruned === 1) addToCounter(db, 'articles', 1);
  if (row.withdrawn !== null) await setWithdrawn(db, ref, null, false);
  // The last documents of the other sources refer to the article's old state.
  for (const other of others) for (const feed of await listSourceFeeds(db, other)) dropSnapshot(db, feed);
  // Full archive documents show the other source's text.
  await markArticles(db, [ref], 'takedown');
}

/** Except articles that their publisher took over in this run. */
async function withdrawArticles(db: Database, sourceId: SourceId, all: SourceChanges['withdrawn']): Promise<void> {
  const rows = await readArticleRows(db, all.map(({ ref }) => ref)); // biome-ignore format: one call
  for (const { ref, at, policy } of all) {
    const row = rows.get(ref);
    // An article that is taken over counts as seen first in that run.
    const isTakenOver = row !== undefined && row.source !== sourceId && row.first_seen === at.getTime();
    if (!isTakenOver) await setWithdrawn(db, ref, at, policy === 'remove');
  }
}

/** `at` null: restored. Also changes full archive documents. */
async function setWithdrawn(db: Database, ref: ArticleRef, at: Date | null, removed: boolean): Promise<void> {
  db.run('UPDATE article SET withdrawn = ?, removed = ? WHERE ref = ?', at?.getTime() ?? null, removed ? 1 : 0, ref);
  await updateVisibility(db, ref, 'always');
}
