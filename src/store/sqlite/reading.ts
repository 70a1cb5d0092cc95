/** One read of one source, kept whole: its state, validators and articles stand or fall together. */
import type { ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { ChangedArticle, NewArticle, SourceChanges, Store } from '../../ports.js';
import { type Dirt, sameTopics } from '../dirt.js';
import type { Sync } from '../promised.js';
import type { IdentityParts } from './identity.js';
import { HIDDEN } from './members.js';
import { markShown, type PlacingParts } from './placing.js';
import type { TagBook } from './tags.js';
import { prunedText, textOf, type Wording } from './wording.js';

export interface ReadingParts extends IdentityParts, PlacingParts {
  readonly tags: TagBook;
}

export function readingMethods(parts: ReadingParts): Sync<Pick<Store, 'saveFetch'>> {
  const { db, names, sources, tags, dirtBook } = parts;
  const add = adding(parts);
  const revise = revising(parts);
  const withdraw = withdrawing(parts);

  function apply(sourceId: SourceId, changes: SourceChanges, dirt: Dirt): void {
    const by = tags.number(changes.topicsFingerprint);
    for (const article of changes.added) add(article, by);
    for (const article of changes.changed) revise(article, by, dirt);
    for (const { ref, keys } of changes.aliases) names.give(ref, keys);
    for (const ref of changes.alsoIn) names.carry(ref, [sourceId]);
    for (const { ref, at, policy } of changes.withdrawn)
      withdraw(ref, at, policy === 'mark' ? 'shown' : 'hidden', dirt);
    for (const ref of changes.restored) withdraw(ref, null, 'shown', dirt);
  }
  return {
    saveFetch: (state, changes) =>
      db.write(() => {
        sources.put(state);
        if (changes !== null) dirtBook.during((dirt) => apply(state.sourceId, changes, dirt));
      }),
  };
}

function adding({ db, names, shelf, tally }: ReadingParts): (article: NewArticle, taggedBy: number) => void {
  const insert = db.prepare(
    `INSERT INTO article (ref, source, place, published, published_from, first_seen, pending) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const word = db.prepare('INSERT INTO wording (ref, text, topics, tagged_by) VALUES (?, ?, ?, ?)');
  return (article, taggedBy) => {
    const { ref, sourceId, place, publishedAt, publishedAtFrom, firstSeenAt, mintOnly, keys, topics } = article;
    const pending = JSON.stringify({ mintOnly, keys });
    insert.run(ref, sourceId, place, publishedAt.getTime(), publishedAtFrom, firstSeenAt.getTime(), pending);
    const wording = { text: textOf(article), topics };
    const json = [JSON.stringify(wording.text), JSON.stringify(topics)] as const;
    word.run(ref, ...json, taggedBy);
    shelf.remember(ref, wording, json[0].length + json[1].length);
    names.give(ref, keys);
    tally.useRef(ref);
  };
}

function revising(parts: ReadingParts): (article: ChangedArticle, taggedBy: number, dirt: Dirt) => void {
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

type Withdraw = (ref: ArticleRef, at: Date | null, hidden: 'hidden' | 'shown', dirt: Dirt) => void;

/** `at` null: it is back. Either way even full archive documents change. */
function withdrawing({ db, shelf, members }: ReadingParts): Withdraw {
  const date = db.prepare('UPDATE article SET withdrawn = ?, hidden = ? WHERE ref = ?');
  return (ref, at, hidden, dirt) => {
    const row = shelf.row(ref);
    if (row === undefined) return;
    const hide = hidden === 'hidden' ? HIDDEN : 0;
    date.run(at?.getTime() ?? null, hide / HIDDEN, ref);
    for (const member of members.of(row)) {
      members.move(member, { ...member, state: (member.state & ~HIDDEN) | hide });
      dirt.show({ channel: member.path, spot: member.spot }, 'takedown');
    }
  };
}
