/** Articles read back whole: their short row and their wording. Come here for the shape of a stored article. */
import type { Article, ArticleId, ArticleRef } from '../../model/article.js';
import type { StoredArticle } from '../../model/identity.js';
import { Cache } from './cache.js';
import type { Connection } from './connection.js';
import type { Wording } from './wording.js';

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

/** Which of the minted: those that were not pruned; those that a reader may see. */
type Which = 'kept' | 'shown';

export interface Shelf {
  row(ref: ArticleRef): ArticleRow | undefined;
  wording(ref: ArticleRef): Wording;
  /** Whatever stands under the number, pending and pruned ones too. */
  stored(ref: ArticleRef): StoredArticle | undefined;
  /** In the order asked. */
  minted(refs: readonly ArticleRef[], which: Which): Article[];
  /** Those that a reader may see, in the order asked. Read by who needs each only once: nothing is remembered of them. */
  passing(refs: readonly ArticleRef[]): Article[];
  /** Whoever changes an article says so. */
  forget(ref: ArticleRef): void;
  /** After a transaction that was undone. */
  forgetAll(): void;
}

interface Shelved {
  readonly article: StoredArticle;
  readonly hidden: boolean;
  readonly pruned: boolean;
}

type WholeRow = Omit<ArticleRow, 'ord' | 'channels'> & { readonly text: string; readonly topics: string };

/** Characters of JSON: a few times as many bytes once parsed. */
const ROOM = 12_000_000;

/** `keep` 'nothing' where another process may write. */
export function openShelf(db: Connection, keep: 'recent' | 'nothing'): Shelf {
  const rows = db.prepare<ArticleRow>('SELECT * FROM article WHERE ref = ?');
  const whole = db.prepare<WholeRow>(
    `SELECT ref, id, source, also_in, place, published, published_from, updated, first_seen, withdrawn, hidden, pruned,
       text, topics
     FROM article JOIN wording USING (ref) WHERE ref = ?`,
  );
  const cache = new Cache<Shelved>(keep === 'recent' ? ROOM : 0);

  function look(ref: ArticleRef): Shelved | undefined {
    const known = cache.get(ref);
    if (known !== undefined) return known;
    const row = whole.get(ref);
    if (row === undefined) return undefined;
    const shelved = read(row);
    cache.set(row.ref, shelved, row.text.length + row.topics.length);
    return shelved;
  }
  function pass(ref: ArticleRef): Shelved | undefined {
    const known = cache.get(ref);
    if (known !== undefined) return known;
    const row = whole.get(ref);
    return row && read(row);
  }
  function choose(found: Shelved | undefined, which: Which): Article | [] {
    return found !== undefined && isMinted(found.article) && belongs(found, which) ? found.article : [];
  }
  return {
    row: (ref) => rows.get(ref),
    wording: (ref) => {
      const { article } = look(ref)!;
      return { text: article, topics: article.topics };
    },
    stored: (ref) => look(ref)?.article,
    minted: (refs, which) => refs.flatMap((ref) => choose(look(ref), which)),
    passing: (refs) => refs.flatMap((ref) => choose(pass(ref), 'shown')),
    forget: (ref) => cache.forget(ref),
    forgetAll: () => cache.clear(),
  };
}

function read(row: WholeRow): Shelved {
  const article = toArticle(row, { text: JSON.parse(row.text), topics: JSON.parse(row.topics) });
  return { article, hidden: row.hidden === 1, pruned: row.pruned === 1 };
}

function isMinted(article: StoredArticle): article is Article {
  return article.id !== null;
}

function belongs(shelved: Shelved, which: Which): boolean {
  return which === 'kept' ? !shelved.pruned : !shelved.hidden;
}

/** One literal with every field: a spread of so many costs more than reading them. */
function toArticle(row: WholeRow, { text, topics }: Wording): StoredArticle {
  return {
    ref: row.ref,
    id: row.id,
    sourceId: row.source,
    alsoIn: readList(row.also_in),
    place: row.place,
    guid: text.guid,
    url: text.url,
    title: text.title,
    summary: text.summary,
    contentHtml: text.contentHtml,
    authors: text.authors,
    attribution: text.attribution,
    language: text.language,
    image: text.image,
    enclosures: text.enclosures,
    categories: text.categories,
    rights: text.rights,
    contentHash: text.contentHash,
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
