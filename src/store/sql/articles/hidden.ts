/** Hides articles for one or more reasons, and deletes the text of those taken down. */
import type { ArticleRef, ArticleText } from '../../../model/article.js';
import type { HiddenReason } from '../../../model/desk.js';
import type { Store } from '../../../ports/store/store.js';
import type { Database } from '../database.js';
import { markMember, markStories } from '../dirty.js';
import { hideMember, readMembers } from '../members.js';
import { readMeta, writeMeta } from '../meta.js';
import { listSourceFeeds } from '../source-state.js';
import { pickArticleText, pruneTopics } from './article-text.js';
import { changeText } from './change-text.js';
import { forgetAnswers } from './enrichment.js';
import {
  type ArticleRow,
  parseHiddenReasons,
  parseJsonList,
  readArticleRow,
  readArticleRows,
  readStoredArticles,
} from './read-articles.js';
import { forgetDocument } from './snapshots.js';

type By = HiddenReason['by'];

/** Meta key: the file may contain traces of deleted texts. Not copied, because a copy of the store has no traces. */
const TRACES = 'store.traces';

/** The strongest first. */
const ORDER: readonly By[] = ['takedown', 'lifted', 'desk', 'rule', 'review'];

export function hiddenMethods(db: Database) {
  const each = async (refs: readonly ArticleRef[], change: (row: ArticleRow) => Promise<boolean>) => {
    const rows = await readArticleRows(db, refs);
    const changed: ArticleRef[] = [];
    for (const row of rows.values()) if (await change(row)) changed.push(row.ref);
    return changed;
  };
  return {
    setHidden: (refs, reason, at) => db.write(() => each(refs, (row) => addReason(db, row, reason, at))),
    unsetHidden: (refs, by) => db.write(() => each(refs, (row) => removeReason(db, row, by))),
    eraseDeletedTexts: async () => {
      if ((await readMeta(db, TRACES)) === null) return;
      await db.eraseDeleted();
      await db.write(async () => writeMeta(db, TRACES, null));
    },
    hiddenRefs: async (by) => {
      const hidden =
        'SELECT ref, hidden_by FROM article INDEXED BY article_hidden WHERE hidden_by IS NOT NULL ORDER BY ref';
      return (await db.all<Pick<ArticleRow, 'ref' | 'hidden_by'>>(hidden))
        .filter(({ hidden_by }) => parseHiddenReasons(hidden_by).some((reason) => reason.by === by))
        .map(({ ref }) => ref);
    },
    countDroppedByRules: async () => {
      const hidden = `SELECT source, hidden_by, count(*) AS n FROM article WHERE hidden_by IS NOT NULL AND id IS NOT NULL
        GROUP BY source, hidden_by ORDER BY source, hidden_by`;
      const rows = await db.all<{ source: string; hidden_by: string; n: number }>(hidden);
      return rows.flatMap(({ source, hidden_by, n }) =>
        parseHiddenReasons(hidden_by).flatMap((reason) =>
          reason.by === 'rule' ? { sourceId: source, rule: reason.rule, articles: n } : [],
        ),
      );
    },
  } satisfies Partial<Store>;
}

export function isTakenDown({ hidden_by }: Pick<ArticleRow, 'hidden_by'>): boolean {
  return parseHiddenReasons(hidden_by).some(({ by }) => by === 'takedown');
}

export function isLifted({ hidden_by }: Pick<ArticleRow, 'hidden_by'>): boolean {
  return parseHiddenReasons(hidden_by).some(({ by }) => by === 'lifted');
}

async function addReason(db: Database, row: ArticleRow, reason: HiddenReason, at: Date): Promise<boolean> {
  const others = parseHiddenReasons(row.hidden_by).filter(
    ({ by }) => by !== reason.by && !(reason.by === 'takedown' && by === 'lifted'),
  );
  if (reason.by === 'takedown' && !isTakenDown(row)) await forgetText(db, row.ref);
  // An article withdrawn earlier keeps that date.
  const since = row.hidden_at ?? (row.removed === 1 ? row.withdrawn : null) ?? at.getTime();
  return saveReasons(db, row, [reason, ...others], since);
}

async function removeReason(db: Database, row: ArticleRow, by: By): Promise<boolean> {
  if (by === 'takedown' && isTakenDown(row)) return liftTakedown(db, row);
  return removeReasons(db, row, [by]);
}

export async function removeReasons(db: Database, row: ArticleRow, reasons: readonly By[]): Promise<boolean> {
  const before = parseHiddenReasons(row.hidden_by);
  const left = before.filter(({ by }) => !reasons.includes(by));
  return left.length < before.length && (await saveReasons(db, row, left, row.hidden_at));
}

async function saveReasons(
  db: Database,
  row: ArticleRow,
  reasons: readonly HiddenReason[],
  since: number | null,
): Promise<boolean> {
  const sorted = [...reasons].sort((a, b) => ORDER.indexOf(a.by) - ORDER.indexOf(b.by));
  const json = sorted.length === 0 ? null : JSON.stringify(sorted);
  if (json === row.hidden_by) return false;
  // An article hidden from the beginning was never placed.
  db.run('UPDATE article SET hidden_by = ?, hidden_at = ? WHERE ref = ?', json, json && since, row.ref);
  if (json === null && row.id !== null) db.run('UPDATE article SET unplaced = 1 WHERE ref = ?', row.ref);
  return updateVisibility(db, row.ref, 'changed');
}

/** Updates visibility after a change of reasons, also in full archive documents. Returns whether it changed. */
export async function updateVisibility(db: Database, ref: ArticleRef, mark: 'changed' | 'always'): Promise<boolean> {
  const row = await readArticleRow(db, ref);
  if (row === undefined) return false;
  const hidden = row.removed === 1 || row.hidden_by !== null;
  const changed = hidden !== (row.hidden === 1);
  if (changed) db.run('UPDATE article SET hidden = ? WHERE ref = ?', hidden ? 1 : 0, ref);
  if (!changed && mark === 'changed') return false;
  await markStories(db, [ref], 'takedown');
  for (const member of await readMembers(db, [ref])) {
    hideMember(db, member, hidden);
    markMember(db, member, 'takedown');
  }
  return changed;
}

/** Keeps publication, address and text hash, so that the article is recognised and the same text is not a revision. */
async function forgetText(db: Database, ref: ArticleRef): Promise<void> {
  const [article] = await readStoredArticles(db, [ref]);
  if (article === undefined) return;
  const forgotten: ArticleText = {
    ...pickArticleText(article),
    title: 'Taken down',
    summary: '',
    contentHtml: null,
    authors: [],
    attribution: { ...article.attribution, credited: null },
    image: null,
    enclosures: [],
    episode: null,
    discussionUrl: null,
    categories: [],
    rights: null,
  };
  const forget =
    'UPDATE article_text SET text = ?, topics = ?, tagged_by = NULL, edits = NULL, retitled = NULL, known_images = NULL, machine = NULL, full_text = NULL WHERE ref = ?';
  db.run(forget, JSON.stringify(forgotten), JSON.stringify(pruneTopics(article.topics)), ref);
  forgetAnswers(db, ref);
  writeMeta(db, TRACES, 'left');
  db.run("UPDATE pending SET title = '' WHERE ref = ?", ref);
  // The message of a story names its first article but may quote any of its articles.
  const stories = `kind = 'story' AND subject IN (SELECT CAST(article AS TEXT) FROM story_member
    WHERE story = (SELECT story FROM story_member WHERE article = ?))`;
  const told = `UPDATE outbox SET text = NULL WHERE (kind <> 'failure' AND subject = ?) OR (${stories})`;
  db.run(told, String(ref), ref);
}

/** Makes the next document of each of its feeds restore the text, even an unchanged document. */
async function liftTakedown(db: Database, row: ArticleRow): Promise<boolean> {
  await changeText(db, row.ref, { contentHash: '' });
  for (const source of [row.source, ...parseJsonList(row.also_in)])
    for (const feed of await listSourceFeeds(db, source)) await forgetDocument(db, feed);
  const others = parseHiddenReasons(row.hidden_by).filter(({ by }) => by !== 'takedown');
  return saveReasons(db, row, [{ by: 'lifted' }, ...others], row.hidden_at);
}
