/** Articles read back whole: their short row and their wording. Come here for the shape of a stored article. */
import type { Article, ArticleId, ArticleRef } from '../../model/article.js';
import type { Connection } from './connection.js';
import { type Wording, WordingCache } from './wording.js';

/** A row of the table `article`. */
export interface ArticleRow {
  readonly ref: ArticleRef;
  readonly id: ArticleId | null;
  readonly source: string;
  readonly also_in: string | null;
  readonly place: number;
  readonly published: number;
  readonly published_from: Article['publishedAtFrom'];
  readonly updated: number | null;
  readonly first_seen: number;
  readonly withdrawn: number | null;
  readonly hidden: number;
  readonly pruned: number;
  readonly ord: string | null;
  readonly channels: string | null;
}

export type StoredArticle = Omit<Article, 'id'> & { readonly id: ArticleId | null };

export interface Shelf {
  row(ref: ArticleRef): ArticleRow | undefined;
  wording(ref: ArticleRef): Wording;
  /** Whatever stands under the number, pending and pruned ones too. */
  stored(ref: ArticleRef): StoredArticle | undefined;
  /** Minted ones that stand or stood, in the order asked; `pruned` says whether what is left of a pruned one counts. */
  minted(refs: readonly ArticleRef[], pruned: 'with pruned' | 'without pruned'): Article[];
  remember(ref: ArticleRef, wording: Wording, cost: number): void;
  forget(ref: ArticleRef): void;
  /** After a transaction that failed. */
  forgetAll(): void;
}

/** `keep` 'nothing' where another process may write. */
export function openShelf(db: Connection, keep: 'parsed' | 'nothing'): Shelf {
  const rows = db.prepare<ArticleRow>('SELECT * FROM article WHERE ref = ?');
  const wordings = db.prepare<{ text: string; topics: string }>('SELECT text, topics FROM wording WHERE ref = ?');
  const cache = new WordingCache();

  function remember(ref: ArticleRef, wording: Wording, cost: number): Wording {
    if (keep === 'parsed') cache.set(ref, wording, cost);
    return wording;
  }
  function wording(ref: ArticleRef): Wording {
    const known = cache.get(ref);
    if (known !== undefined) return known;
    const { text, topics } = wordings.get(ref)!;
    return remember(ref, { text: JSON.parse(text), topics: JSON.parse(topics) }, text.length + topics.length);
  }
  function stored(ref: ArticleRef): StoredArticle | undefined {
    const row = rows.get(ref);
    return row && toArticle(row, wording(ref));
  }
  return {
    row: (ref) => rows.get(ref),
    wording,
    stored,
    minted: (refs, pruned) =>
      refs.flatMap((ref) => {
        const row = rows.get(ref);
        if (row === undefined || row.id === null || (row.pruned === 1 && pruned === 'without pruned')) return [];
        return [toArticle(row, wording(ref)) as Article];
      }),
    remember,
    forget: (ref) => cache.forget(ref),
    forgetAll: () => cache.clear(),
  };
}

function toArticle(row: ArticleRow, { text, topics }: Wording): StoredArticle {
  return {
    ...text,
    ref: row.ref,
    id: row.id,
    sourceId: row.source,
    alsoIn: readList(row.also_in),
    place: row.place,
    publishedAt: new Date(row.published),
    publishedAtFrom: row.published_from,
    updatedAt: dateOrNull(row.updated),
    firstSeenAt: new Date(row.first_seen),
    withdrawnAt: dateOrNull(row.withdrawn),
    topics,
  };
}

export function readList<T = string>(json: string | null): readonly T[] {
  return json === null ? [] : JSON.parse(json);
}

export function dateOrNull(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
