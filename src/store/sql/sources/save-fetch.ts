/** Writes the changes of one read of a source, in the transaction that saves its state. */
import type { ArticleRef, ArticleText } from '../../../model/article.js';
import type { SourceId } from '../../../model/source.js';
import { sourceOfFeed } from '../../../model/source-feeds.js';
import type { ChangedArticle, NewArticle, ReclaimedArticle, SourceChanges } from '../../../ports/store/sources.js';
import type { Connection } from '../../sqlite/connection.js';
import { addAliases, addCarriers } from '../articles/aliases.js';
import { articleTextOf, prunedText, sameTopics } from '../articles/article-text.js';
import { isLifted, isTakenDown, removeReasons, updateVisibility } from '../articles/hidden.js';
import { articleRow, jsonList, storedArticles } from '../articles/read-articles.js';
import { fingerprintNumber } from '../articles/topics.js';
import { insertRows } from '../bulk.js';
import { markArticle } from '../channels/dirty.js';
import { addToCounter } from '../counters.js';
import { feedsIn } from './feeds-in.js';
import { dropSnapshot, writeSnapshot } from './snapshots.js';

/** `feedId`: names the state (`model/source-feeds.ts`). */
export function saveSourceChanges(db: Connection, feedId: string, changes: SourceChanges): void {
  const sourceId = sourceOfFeed(feedId);
  const taggedBy = fingerprintNumber(db, changes.topicsFingerprint);
  addArticles(db, changes.added, taggedBy);
  for (const article of changes.changed) reviseArticle(db, article, taggedBy);
  for (const article of changes.reclaimed) reclaimArticle(db, sourceId, article, taggedBy);
  addAliases(db, changes.aliases);
  for (const ref of changes.alsoIn) addCarriers(db, ref, [sourceId]);
  for (const { ref, at, policy } of changes.withdrawn) setWithdrawn(db, ref, at, policy === 'remove');
  for (const ref of changes.restored) setWithdrawn(db, ref, null, false);
  if (changes.snapshot === null) dropSnapshot(db, feedId);
  else if (changes.snapshot !== 'as before') writeSnapshot(db, feedId, changes.snapshot);
}

function addArticles(db: Connection, articles: readonly NewArticle[], taggedBy: number): void {
  insertRows(
    db,
    'INSERT INTO article (ref, source, place, published, published_from, first_seen)',
    articles.map(({ ref, sourceId, place, publishedAt, publishedAtFrom, firstSeenAt }) => {
      return [ref, sourceId, place, publishedAt.getTime(), publishedAtFrom, firstSeenAt.getTime()];
    }),
  );
  insertRows(
    db,
    'INSERT INTO pending (ref, mint_only, guid, url, title, keys)',
    articles.map(({ ref, mintOnly, guid, url, title, keys }) => {
      return [ref, mintOnly ? 1 : 0, guid, url ?? '', title, JSON.stringify(keys)];
    }),
  );
  insertRows(
    db,
    'INSERT INTO article_text (ref, text, topics, tagged_by)',
    articles.map((article) => {
      return [article.ref, JSON.stringify(articleTextOf(article)), JSON.stringify(article.topics), taggedBy];
    }),
  );
  addAliases(db, articles);
}

function reviseArticle(db: Connection, article: ChangedArticle, taggedBy: number): void {
  const row = articleRow(db, article.ref);
  const [before] = storedArticles(db, [article.ref]);
  if (row === undefined || before === undefined || isTakenDown(row)) return;
  const pruned = row.pruned === 1;
  const text = JSON.stringify(pruned ? prunedText(article) : articleTextOf(article));
  const revise = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = ? WHERE ref = ?';
  db.run(revise, text, JSON.stringify(article.topics), pruned ? null : taggedBy, article.ref);
  const retagged = !sameTopics(before.topics, article.topics);
  // A new address is not a revision, but published links must change, and so must files, picture and comments.
  const details = ({ enclosures, episode, discussionUrl, commentsClosed, image }: ArticleText) =>
    JSON.stringify([enclosures, episode, discussionUrl, commentsClosed, image?.url]);
  const visible = article.updatedAt !== null || article.url !== before.url || details(article) !== details(before);
  // The text that a takedown forgot comes back as it was: for readers it is no revision.
  const updatedAt = isLifted(row) ? row.updated : (article.updatedAt?.getTime() ?? null);
  removeReasons(db, row, ['lifted']);
  const date =
    'UPDATE article SET updated = coalesce(?, updated), unplaced = max(unplaced, ?), pictures_due = 1 WHERE ref = ?';
  // Rules must look at another headline, also where it is no revision: the one of a restored article may have been cut.
  const looked = retagged || visible || article.title !== before.title;
  db.run(date, updatedAt, row.id !== null && looked ? 1 : 0, article.ref);
  if (retagged || visible) markArticle(db, article.ref, 'revision');
}

/** A pruned one is kept again, and what the other source withdrew is back. */
function reclaimArticle(db: Connection, sourceId: SourceId, article: ReclaimedArticle, taggedBy: number): void {
  const { ref, place, publishedAt, publishedAtFrom, firstSeenAt, updatedAt } = article;
  const row = articleRow(db, ref);
  if (row === undefined) return;
  if (isTakenDown(row)) {
    addCarriers(db, ref, [sourceId]);
    return;
  }
  const revise = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = ? WHERE ref = ?';
  db.run(revise, JSON.stringify(articleTextOf(article)), JSON.stringify(article.topics), taggedBy, ref);
  const reclaim = `UPDATE article SET source = ?, place = ?, published = ?, published_from = ?, first_seen = ?, updated = ?,
    unplaced = 1, pruned = 0, pictures_due = 1 WHERE ref = ?`;
  const dates = [publishedAt.getTime(), publishedAtFrom, firstSeenAt.getTime(), updatedAt?.getTime() ?? null];
  db.run(reclaim, sourceId, place, ...dates, ref);
  const others = [...new Set([...jsonList(row.also_in), row.source])].filter((id) => id !== sourceId).sort();
  db.run('UPDATE article SET also_in = ? WHERE ref = ?', JSON.stringify(others), ref);
  if (row.pruned === 1) addToCounter(db, 'articles', 1);
  if (row.withdrawn !== null) setWithdrawn(db, ref, null, false);
  // What their last documents noted of it is no longer so.
  for (const other of others) for (const feed of feedsIn(db, other)) dropSnapshot(db, feed);
  // Even a full archive document would show another's words.
  markArticle(db, ref, 'takedown');
}

/** `at` null: it is back. Either way even full archive documents change. */
function setWithdrawn(db: Connection, ref: ArticleRef, at: Date | null, removed: boolean): void {
  db.run('UPDATE article SET withdrawn = ?, removed = ? WHERE ref = ?', at?.getTime() ?? null, removed ? 1 : 0, ref);
  updateVisibility(db, ref, 'always');
}
