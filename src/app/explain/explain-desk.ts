/** Explains the desk's decision on an article, or on two articles and their stories. Only reads the store. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { DeskEntry } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { findArticles, isDeskApplied } from '../../pipeline/organize/apply-desk.js';
import { readMovedArticles } from '../../pipeline/organize/move-between-stories.js';
import type { Store } from '../../ports/store/store.js';

export interface ExplainedDesk {
  readonly file: string;
  readonly line: number;
  readonly applied: boolean;
  readonly entry: DeskEntry;
  /** Headline of the article whose story the entry names; null: none, or unknown. */
  readonly other: string | null;
}

/** null: the desk has no entry. */
export async function explainDesk(article: Article, settings: Settings, store: Store): Promise<ExplainedDesk | null> {
  const { desk, site } = settings;
  const names = desk.entries.map((entry) => entry.article);
  const refs = await findArticles(store, names, site.feedsUrl);
  const entry = desk.entries.find((one) => refs.get(one.article) === article.ref);
  if (entry === undefined) return null;
  const name = entry.story?.with ?? entry.story?.apart;
  const other = name === undefined ? undefined : (await findArticles(store, [name], site.feedsUrl)).get(name);
  const [told] = other === undefined ? [] : await store.articles([other]);
  const applied = await isDeskApplied(store, desk);
  return { file: desk.file, line: entry.line, applied, entry, other: told?.title ?? null };
}

/** Place of the decision that joins or separates two articles; null: none. */
export async function explainDeskPair(
  [a, b]: readonly [Article, Article],
  stories: ReadonlyMap<ArticleRef, number>,
  settings: Settings,
  store: Store,
): Promise<Pick<ExplainedDesk, 'file' | 'line'> | null> {
  const [first, second] = [stories.get(a.ref), stories.get(b.ref)];
  const moved = (await readMovedArticles(store)).find(({ ref, how, other, led }) => {
    const group = [ref, ...(led?.others ?? [])];
    if (group.includes(a.ref) === group.includes(b.ref)) return false;
    if (how === 'with') return first === second;
    const counterpart = ref === a.ref ? b.ref : a.ref;
    return first !== second && (other === counterpart || stories.get(other) === stories.get(counterpart));
  });
  const [article] = moved === undefined ? [] : await store.articles([moved.ref]);
  if (article === undefined) return null;
  const said = await explainDesk(article, settings, store);
  return said === null ? null : { file: said.file, line: said.line };
}
