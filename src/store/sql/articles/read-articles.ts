/** Reads stored articles with or without their text. */
import type { Article, ArticleFacts, ArticleId, ArticleRef, ArticleText } from '../../../model/article.js';
import type { HiddenReason } from '../../../model/desk.js';
import type { StoredArticle } from '../../../model/identity.js';
import type { Database } from '../database.js';

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
  readonly removed: number;
  readonly hidden_by: string | null;
  readonly hidden_at: number | null;
  readonly unplaced: number;
  readonly pruned: number;
  readonly pictures_due: number;
  readonly full_text_due: number | null;
  readonly ord: string | null;
  readonly channels: string | null;
}

export async function readArticleRow(db: Database, ref: ArticleRef): Promise<ArticleRow | undefined> {
  return db.get('SELECT * FROM article WHERE ref = ?', ref);
}

export async function readArticleRows(db: Database, refs: readonly ArticleRef[]): Promise<Map<ArticleRef, ArticleRow>> {
  const rows = await db.allMatching<ArticleRow>('SELECT * FROM article WHERE ref IN', refs);
  return orderByRef(rows, refs);
}

function orderByRef<Row extends { readonly ref: ArticleRef }>(
  rows: readonly Row[],
  refs: readonly ArticleRef[],
): Map<ArticleRef, Row> {
  const found = new Map(rows.map((row) => [row.ref, row]));
  return new Map(
    refs.flatMap((ref) => {
      const row = found.get(ref);
      return row === undefined ? [] : [[ref, row] as const];
    }),
  );
}

export type PlacementRow = Pick<ArticleRow, 'ref' | 'ord' | 'hidden' | 'hidden_by' | 'channels'>;

/** In the order of `refs`. */
export async function readPlacementRows(
  db: Database,
  refs: readonly ArticleRef[],
): Promise<ReadonlyMap<ArticleRef, PlacementRow>> {
  const standing = 'SELECT ref, ord, hidden, hidden_by, channels FROM article WHERE ref IN';
  return orderByRef(await db.allMatching<PlacementRow>(standing, refs), refs);
}

/** In the order of `refs`, including pending and pruned articles. */
export async function readStoredArticles(db: Database, refs: readonly ArticleRef[]): Promise<StoredArticle[]> {
  return selectArticles(db, refs, 'TRUE');
}

const CONDITIONS = {
  all: 'id IS NOT NULL',
  kept: 'id IS NOT NULL AND pruned = 0',
  visible: 'id IS NOT NULL AND hidden = 0',
} as const;

/** In the order of `refs`. `kept`: not pruned; `visible`: shown to readers. */
export async function readMintedArticles(
  db: Database,
  refs: readonly ArticleRef[],
  which: keyof typeof CONDITIONS = 'kept',
): Promise<Article[]> {
  return (await selectArticles(db, refs, CONDITIONS[which])).map(applyFullText) as Article[];
}

export async function selectRefs(db: Database, sql: string, ...values: (string | number)[]): Promise<ArticleRef[]> {
  return (await db.all<{ ref: ArticleRef }>(sql, ...values)).map(({ ref }) => ref);
}

/** `mintedArticles` without texts. */
export async function readMintedFacts(
  db: Database,
  refs: readonly ArticleRef[],
  which: keyof typeof CONDITIONS = 'kept',
): Promise<ArticleFacts[]> {
  return (await selectRows<FactsRow>(db, refs, FACTS, CONDITIONS[which])).map(toFacts) as ArticleFacts[];
}

async function selectArticles(db: Database, refs: readonly ArticleRef[], condition: string): Promise<StoredArticle[]> {
  return (await selectRows<FullRow>(db, refs, `${FACTS}, text, full_text`, condition)).map(toArticle);
}

/** In the order of `refs`, duplicates included. */
async function selectRows<Row extends FactsRow>(
  db: Database,
  refs: readonly ArticleRef[],
  columns: string,
  condition: string,
): Promise<Row[]> {
  const select = `SELECT ${columns} FROM article JOIN article_text USING (ref) WHERE ${condition} AND ref IN`;
  const rows = new Map((await db.allMatching<Row>(select, refs)).map((row) => [row.ref, row]));
  return refs.flatMap((ref) => rows.get(ref) ?? []);
}

/** Minted and not pruned, ascending. */
export async function readNextArticles(db: Database, ref: ArticleRef, limit: number): Promise<Article[]> {
  const after = `SELECT ${FACTS}, text, full_text FROM article JOIN article_text USING (ref)
    WHERE ref > ? AND ${CONDITIONS.kept} ORDER BY ref LIMIT ?`;
  return (await db.all<FullRow>(after, ref, limit)).map(toArticle).map(applyFullText) as Article[];
}

export async function readUnplacedArticles(db: Database, limit: number, after: ArticleRef): Promise<ArticleFacts[]> {
  const unplaced = `SELECT ${FACTS} FROM article JOIN article_text USING (ref)
    WHERE unplaced = 1 AND ref > ? AND id IS NOT NULL ORDER BY ref LIMIT ?`;
  return (await db.all<FactsRow>(unplaced, after, limit)).map(toFacts) as ArticleFacts[];
}

/** Columns. */
export const FACTS =
  'ref, id, source, also_in, place, published, published_from, updated, first_seen, withdrawn, hidden_by, topics, edits, retitled, known_images, machine';

type FactsRow = Omit<
  ArticleRow,
  'hidden' | 'removed' | 'hidden_at' | 'unplaced' | 'pruned' | 'pictures_due' | 'full_text_due' | 'ord' | 'channels'
> & {
  readonly topics: string;
  readonly edits: string | null;
  readonly retitled: string | null;
  readonly known_images: string | null;
  readonly machine: string | null;
};
type FullRow = FactsRow & { readonly text: string; readonly full_text: string | null };

function toArticle(row: FullRow): StoredArticle {
  // Adding many properties to an object from JSON.parse is slow, so its properties are copied instead.
  const article = Object.assign(toFacts(row), JSON.parse(row.text) as ArticleText);
  return row.full_text === null ? article : Object.assign(article, { fullText: JSON.parse(row.full_text) });
}

/** Replaces the feed's text by that of the article's page, and keeps the former as `feedHtml`. */
function applyFullText(article: StoredArticle): StoredArticle {
  const html = article.fullText?.html ?? null;
  return html === null ? article : Object.assign(article, { contentHtml: html, feedHtml: article.contentHtml });
}

function toFacts(row: FactsRow): Omit<StoredArticle, keyof ArticleText> {
  return {
    ref: row.ref,
    id: row.id,
    sourceId: row.source,
    alsoIn: parseJsonList(row.also_in),
    place: row.place,
    publishedAt: new Date(row.published),
    publishedAtFrom: row.published_from,
    updatedAt: toDateOrNull(row.updated),
    firstSeenAt: new Date(row.first_seen),
    withdrawnAt: toDateOrNull(row.withdrawn),
    hidden: parseHiddenReasons(row.hidden_by)[0] ?? null,
    edits: row.edits === null ? null : JSON.parse(row.edits),
    retitled: row.retitled,
    topics: JSON.parse(row.topics),
    ...(row.machine !== null && { machine: JSON.parse(row.machine) }),
    ...(row.known_images !== null && { knownImages: JSON.parse(row.known_images) }),
  };
}

/** The strongest first. */
export function parseHiddenReasons(json: string | null): readonly HiddenReason[] {
  return parseJsonList<HiddenReason>(json);
}

export function parseJsonList<T = string>(json: string | null): readonly T[] {
  return json === null ? [] : JSON.parse(json);
}

export function toDateOrNull(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
