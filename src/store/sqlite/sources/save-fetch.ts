/** Writes the changes of one read of a source, in the transaction that saves its state. */
import type { ArticleRef } from '../../../model/article.js';
import type { SourceId } from '../../../model/source.js';
import type { ChangedArticle, NewArticle, SourceChanges } from '../../../ports/store/sources.js';
import { addAliases, addCarriers } from '../articles/aliases.js';
import { articleTextOf, prunedText, sameTopics } from '../articles/article-text.js';
import { articleRow, storedArticles } from '../articles/read-articles.js';
import { fingerprintNumber } from '../articles/topics.js';
import { insertRows } from '../bulk.js';
import { markArticle, markMember } from '../channels/dirty.js';
import { hideMember, membersOf } from '../channels/members.js';
import type { Connection } from '../connection.js';
import { dropSnapshot, writeSnapshot } from './snapshots.js';

export function saveSourceChanges(db: Connection, sourceId: SourceId, changes: SourceChanges): void {
  const taggedBy = fingerprintNumber(db, changes.topicsFingerprint);
  addArticles(db, changes.added, taggedBy);
  for (const article of changes.changed) reviseArticle(db, article, taggedBy);
  addAliases(db, changes.aliases);
  for (const ref of changes.alsoIn) addCarriers(db, ref, [sourceId]);
  for (const { ref, at, policy } of changes.withdrawn) setWithdrawn(db, ref, at, policy === 'remove');
  for (const ref of changes.restored) setWithdrawn(db, ref, null, false);
  if (changes.snapshot === null) dropSnapshot(db, sourceId);
  else if (changes.snapshot !== 'as before') writeSnapshot(db, sourceId, changes.snapshot);
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
      return [ref, mintOnly ? 1 : 0, guid, url, title, JSON.stringify(keys)];
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
  if (row === undefined || before === undefined) return;
  const pruned = row.pruned === 1;
  const text = JSON.stringify(pruned ? prunedText(article) : articleTextOf(article));
  const revise = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = ? WHERE ref = ?';
  db.run(revise, text, JSON.stringify(article.topics), pruned ? null : taggedBy, article.ref);
  const retagged = !sameTopics(before.topics, article.topics);
  const date = 'UPDATE article SET updated = coalesce(?, updated), unplaced = max(unplaced, ?) WHERE ref = ?';
  db.run(date, article.updatedAt?.getTime() ?? null, row.id !== null && retagged ? 1 : 0, article.ref);
  // A new address is not a revision, but published links must change.
  const visible = article.updatedAt !== null || article.url !== before.url;
  if (retagged || visible) markArticle(db, article.ref, 'revision');
}

/** `at` null: restored. Either way full archive documents change too. */
function setWithdrawn(db: Connection, ref: ArticleRef, at: Date | null, hidden: boolean): void {
  db.run('UPDATE article SET withdrawn = ?, hidden = ? WHERE ref = ?', at?.getTime() ?? null, hidden ? 1 : 0, ref);
  for (const member of membersOf(db, ref)) {
    hideMember(db, member, hidden);
    markMember(db, member, 'takedown');
  }
}
