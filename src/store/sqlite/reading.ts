/** One read of one source, kept whole: its state, validators and articles stand or fall together. */
import type { ArticleRef } from '../../model/article.js';
import type { FetchState, SourceId } from '../../model/source.js';
import type { ChangedArticle, NewArticle, SourceChanges } from '../../ports/store/sources.js';
import type { Store } from '../../ports/store/store.js';
import { type DirtySet, sameTopics } from '../dirt.js';
import type { Sync } from '../promised.js';
import { bulkInsert } from './bulk.js';
import type { Value } from './driver.js';
import type { IdentityParts } from './identity.js';
import type { SnapshotRepository } from './memory.js';
import { markShown, type PlacingParts } from './placing.js';
import type { TagRepository } from './tags.js';
import { prunedText, textOf, type Wording } from './wording.js';

export interface ReadingParts extends IdentityParts, PlacingParts {
  readonly tags: TagRepository;
  readonly memory: SnapshotRepository;
}

export function readingMethods(parts: ReadingParts): Sync<Pick<Store, 'saveFetch' | 'flush'>> {
  const { db, names, sources, tags, members, memory, dirtBook } = parts;
  const add = adding(parts);
  const revise = revising(parts);
  const withdraw = withdrawing(parts);

  function apply(sourceId: SourceId, changes: SourceChanges, dirt: DirtySet): void {
    const by = tags.number(changes.topicsFingerprint);
    add(changes.added, by);
    for (const article of changes.changed) revise(article, by, dirt);
    names.give(changes.aliases);
    for (const ref of changes.alsoIn) names.carry(ref, [sourceId]);
    for (const { ref, at, policy } of changes.withdrawn)
      withdraw(ref, at, policy === 'mark' ? 'shown' : 'hidden', dirt);
    for (const ref of changes.restored) withdraw(ref, null, 'shown', dirt);
  }
  function save(state: FetchState, changes: SourceChanges | null): void {
    sources.put(state);
    if (changes === null) return;
    if (changes.snapshot !== 'as before') memory.put(state.sourceId, changes.snapshot);
    members.during(() => dirtBook.during((dirt) => apply(state.sourceId, changes, dirt)));
  }
  return {
    saveFetch: (state, changes) => db.grouped.write(() => save(state, changes)),
    flush: db.grouped.flush,
  };
}

function adding({ db, names, tally }: ReadingParts): (articles: readonly NewArticle[], taggedBy: number) => void {
  const columns = 'ref, source, place, published, published_from, first_seen';
  const insert = bulkInsert(db, { into: `INSERT INTO article (${columns})`, columns: 6 });
  const wait = bulkInsert(db, { into: 'INSERT INTO pending', columns: 7 });
  const word = bulkInsert(db, { into: 'INSERT INTO wording (ref, text, topics, tagged_by)', columns: 4 });
  return (articles, taggedBy) => {
    insert(articles.map(articleValues));
    wait(articles.map(pendingValues));
    word(articles.map((each) => [each.ref, JSON.stringify(textOf(each)), JSON.stringify(each.topics), taggedBy]));
    names.give(articles);
    tally.useRefs(articles.map(({ ref }) => ref));
  };
}

function articleValues(article: NewArticle): Value[] {
  const { ref, sourceId, place, publishedAt, publishedAtFrom, firstSeenAt } = article;
  return [ref, sourceId, place, publishedAt.getTime(), publishedAtFrom, firstSeenAt.getTime()];
}

function pendingValues({ ref, mintOnly, guid, url, title, keys }: NewArticle): Value[] {
  const addresses = keys.flatMap(({ kind, value }) => (kind === 'url' ? [value] : []));
  const names = keys.filter(({ kind }) => kind !== 'url');
  return [ref, mintOnly ? 1 : 0, guid, url, title, JSON.stringify(addresses), JSON.stringify(names)];
}

function revising(parts: ReadingParts): (article: ChangedArticle, taggedBy: number, dirt: DirtySet) => void {
  const { db, shelf } = parts;
  const reword = db.prepare('UPDATE wording SET text = ?, topics = ?, tagged_by = ? WHERE ref = ?');
  const date = db.prepare(
    'UPDATE article SET updated = coalesce(?, updated), unplaced = max(unplaced, ?) WHERE ref = ?',
  );
  return (article, taggedBy, dirt) => {
    const row = shelf.row(article.ref);
    if (row === undefined) return;
    const before = shelf.wording(article.ref);
    const text = row.pruned === 1 ? prunedText(textOf(article)) : textOf(article);
    reword.run(JSON.stringify(text), JSON.stringify(article.topics), row.pruned === 1 ? null : taggedBy, article.ref);
    const retagged = !sameTopics(before.topics, article.topics);
    date.run(article.updatedAt?.getTime() ?? null, row.id !== null && retagged ? 1 : 0, article.ref);
    shelf.forget(article.ref);
    if (retagged || isVisible(article, before)) markShown(parts, row, 'revision', dirt);
  };
}

/** An address is no revision, but readers follow it. */
function isVisible(article: ChangedArticle, before: Wording): boolean {
  return article.updatedAt !== null || article.url !== before.text.url;
}

type Withdraw = (ref: ArticleRef, at: Date | null, how: 'hidden' | 'shown', dirt: DirtySet) => void;

/** `at` null: it is back. Either way even full archive documents change. */
function withdrawing({ db, shelf, members }: ReadingParts): Withdraw {
  const date = db.prepare('UPDATE article SET withdrawn = ?, hidden = ? WHERE ref = ?');
  return (ref, at, how, dirt) => {
    const row = shelf.row(ref);
    if (row === undefined) return;
    date.run(at?.getTime() ?? null, how === 'hidden' ? 1 : 0, ref);
    shelf.forget(ref);
    for (const member of members.of(row)) {
      members.hide(member, how === 'hidden');
      dirt.show({ channel: member.path, spot: member.spot }, 'takedown');
    }
  };
}
