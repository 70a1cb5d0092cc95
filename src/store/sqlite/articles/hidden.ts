/** Hides articles from readers, for one reason or several, and forgets the text of those taken down. */
import type { ArticleRef, ArticleText } from '../../../model/article.js';
import type { HiddenReason } from '../../../model/editing/desk.js';
import type { Store } from '../../../ports/store/store.js';
import type { Sync } from '../../to-async.js';
import { markMember, markStoryOf } from '../channels/dirty.js';
import { hideMember, membersOf } from '../channels/members.js';
import type { Connection } from '../connection.js';
import { dropSnapshot } from '../sources/snapshots.js';
import { articleTextOf, prunedTopics } from './article-text.js';
import { forgetAnswers } from './enrichment.js';
import { type ArticleRow, articleRow, hiddenReasons, jsonList, storedArticles } from './read-articles.js';

type By = HiddenReason['by'];

/** The strongest first. */
const ORDER: readonly By[] = ['takedown', 'lifted', 'desk', 'review', 'rule'];

export function hiddenMethods(
  db: Connection,
): Sync<Pick<Store, 'setHidden' | 'unsetHidden' | 'hiddenRefs' | 'droppedByRules'>> {
  return {
    setHidden: (refs, reason, at) =>
      db.write(() => refs.filter((ref) => addReason(db, articleRow(db, ref), reason, at))),
    unsetHidden: (refs, by) => db.write(() => refs.filter((ref) => removeReason(db, articleRow(db, ref), by))),
    hiddenRefs: (by) => {
      const hidden =
        'SELECT ref, hidden_by FROM article INDEXED BY article_hidden WHERE hidden_by IS NOT NULL ORDER BY ref';
      return db
        .all<Pick<ArticleRow, 'ref' | 'hidden_by'>>(hidden)
        .filter(({ hidden_by }) => hiddenReasons(hidden_by).some((reason) => reason.by === by))
        .map(({ ref }) => ref);
    },
    droppedByRules: () => droppedByRules(db),
  };
}

function droppedByRules(db: Connection): ReturnType<Sync<Store>['droppedByRules']> {
  const hidden = `SELECT source, hidden_by, count(*) AS n FROM article WHERE hidden_by IS NOT NULL AND id IS NOT NULL
    GROUP BY source, hidden_by ORDER BY source, hidden_by`;
  const rows = db.all<{ source: string; hidden_by: string; n: number }>(hidden);
  return rows.flatMap(({ source, hidden_by, n }) =>
    hiddenReasons(hidden_by).flatMap((reason) =>
      reason.by === 'rule' ? { sourceId: source, rule: reason.rule, articles: n } : [],
    ),
  );
}

export function isTakenDown({ hidden_by }: Pick<ArticleRow, 'hidden_by'>): boolean {
  return hiddenReasons(hidden_by).some(({ by }) => by === 'takedown');
}

export function isLifted({ hidden_by }: Pick<ArticleRow, 'hidden_by'>): boolean {
  return hiddenReasons(hidden_by).some(({ by }) => by === 'lifted');
}

function addReason(db: Connection, row: ArticleRow | undefined, reason: HiddenReason, at: Date): boolean {
  if (row === undefined) return false;
  const others = hiddenReasons(row.hidden_by).filter(
    ({ by }) => by !== reason.by && !(reason.by === 'takedown' && by === 'lifted'),
  );
  if (reason.by === 'takedown' && !isTakenDown(row)) forgetText(db, row.ref);
  // What was withdrawn before is gone since then.
  const since = row.hidden_at ?? (row.removed === 1 ? row.withdrawn : null) ?? at.getTime();
  return saveReasons(db, row, [reason, ...others], since);
}

function removeReason(db: Connection, row: ArticleRow | undefined, by: By): boolean {
  if (row === undefined) return false;
  if (by === 'takedown' && isTakenDown(row)) return liftTakedown(db, row);
  return removeReasons(db, row, [by]);
}

/** Returns whether readers see the article again. Call in a transaction. */
export function removeReasons(db: Connection, row: ArticleRow, reasons: readonly By[]): boolean {
  const before = hiddenReasons(row.hidden_by);
  const left = before.filter(({ by }) => !reasons.includes(by));
  return left.length < before.length && saveReasons(db, row, left, row.hidden_at);
}

/** Returns whether readers see more or fewer articles than before. */
function saveReasons(db: Connection, row: ArticleRow, reasons: readonly HiddenReason[], since: number | null): boolean {
  const sorted = [...reasons].sort((a, b) => ORDER.indexOf(a.by) - ORDER.indexOf(b.by));
  const json = sorted.length === 0 ? null : JSON.stringify(sorted);
  if (json === row.hidden_by) return false;
  // An article that was hidden from the first has never been placed.
  const save = 'UPDATE article SET hidden_by = ?, hidden_at = ?, unplaced = max(unplaced, ?) WHERE ref = ?';
  db.run(save, json, json === null ? null : since, json === null && row.id !== null ? 1 : 0, row.ref);
  return updateVisibility(db, row.ref, 'changed');
}

/** After a change of what hides an article. Even full archive documents change. Returns whether readers see it or no longer do. */
export function updateVisibility(db: Connection, ref: ArticleRef, mark: 'changed' | 'always'): boolean {
  const row = articleRow(db, ref);
  if (row === undefined) return false;
  const hidden = row.removed === 1 || row.hidden_by !== null;
  const changed = hidden !== (row.hidden === 1);
  if (changed) db.run('UPDATE article SET hidden = ? WHERE ref = ?', hidden ? 1 : 0, ref);
  if (!changed && mark === 'changed') return false;
  markStoryOf(db, ref, 'takedown');
  for (const member of membersOf(db, ref)) {
    hideMember(db, member, hidden);
    markMember(db, member, 'takedown');
  }
  return changed;
}

/** The publication's name and the address stay, by which it is recognised, and the hash of the text, so that the same text is no revision. */
function forgetText(db: Connection, ref: ArticleRef): void {
  const [article] = storedArticles(db, [ref]);
  if (article === undefined) return;
  const forgotten: ArticleText = {
    ...articleTextOf(article),
    title: 'Taken down',
    summary: '',
    contentHtml: null,
    authors: [],
    attribution: { ...article.attribution, credited: null },
    image: null,
    enclosures: [],
    categories: [],
    rights: null,
  };
  const forget =
    'UPDATE article_text SET text = ?, topics = ?, tagged_by = NULL, edits = NULL, known_images = NULL, machine = NULL WHERE ref = ?';
  db.run(forget, JSON.stringify(forgotten), JSON.stringify(prunedTopics(article.topics)), ref);
  forgetAnswers(db, ref);
  db.run("UPDATE pending SET title = '' WHERE ref = ?", ref);
}

/** The text is read again from the next document of its sources. */
function liftTakedown(db: Connection, row: ArticleRow): boolean {
  db.run("UPDATE article_text SET text = json_set(text, '$.contentHash', '') WHERE ref = ?", row.ref);
  for (const source of [row.source, ...jsonList(row.also_in)]) dropSnapshot(db, source);
  const others = hiddenReasons(row.hidden_by).filter(({ by }) => by !== 'takedown');
  return saveReasons(db, row, [{ by: 'lifted' }, ...others], row.hidden_at);
}
