/** Caches rendered articles of an edition, because most appear in several channels. */
import { type Fit, removeContent } from '../../compose/budget.js';
import type { EntryFactory } from '../../compose/entry.js';
import type { ArticleRef } from '../../model/article.js';
import { toOrderKey } from '../../model/order.js';
import type { Store } from '../../ports/store/store.js';
import type { EntryRenderer, RenderedEntry } from './entry-renderer.js';

export interface RenderedArticle extends RenderedEntry {
  readonly ref: ArticleRef;
  readonly order: string;
}

/** Bytes of text: about 18,000 articles with summaries. Further ones are rendered again for each channel. */
const CAPACITY = 48_000_000;

export class RenderCache {
  readonly #store: Pick<Store, 'visibleArticles'>;
  readonly #entryOf: EntryFactory;
  readonly #renderer: EntryRenderer;
  readonly #known = new Map<ArticleRef, RenderedArticle>();
  #room = CAPACITY;

  constructor(store: Pick<Store, 'visibleArticles'>, entryOf: EntryFactory, renderer: EntryRenderer) {
    this.#store = store;
    this.#entryOf = entryOf;
    this.#renderer = renderer;
  }

  /** In the order of `refs`; omits articles that no channel may show. */
  async load(refs: readonly ArticleRef[]): Promise<RenderedArticle[]> {
    const unknown = refs.filter((ref) => !this.#known.has(ref));
    const fresh = new Map((await this.#render(unknown, this.#entryOf)).map((article) => [article.ref, article]));
    for (const article of fresh.values()) this.#keep(article);
    return refs.flatMap((ref) => this.#known.get(ref) ?? fresh.get(ref) ?? []);
  }

  /** Articles that fit. The oldest omit their content as `whole` requires. */
  async fit(articles: readonly RenderedArticle[], { kept, whole }: Fit): Promise<readonly RenderedArticle[]> {
    const heavy = articles.slice(whole, kept).filter(({ weight }) => weight.light !== null);
    if (heavy.length === 0) return articles.slice(0, kept);
    const refs = heavy.map(({ ref }) => ref);
    const toLightEntry: EntryFactory = (article) => removeContent(this.#entryOf(article));
    const light = new Map((await this.#render(refs, toLightEntry)).map((article) => [article.ref, article]));
    return articles.slice(0, kept).map((article) => light.get(article.ref) ?? article);
  }

  #keep(article: RenderedArticle): void {
    const bytes = article.offsets.at(-1)! - article.offsets[0]!;
    if (bytes > this.#room) return;
    this.#room -= bytes;
    this.#known.set(article.ref, article);
  }

  async #render(refs: readonly ArticleRef[], entryOf: EntryFactory): Promise<RenderedArticle[]> {
    if (refs.length === 0) return [];
    return (await this.#store.visibleArticles(refs)).map((article) => ({
      ...this.#renderer.render(entryOf(article)),
      ref: article.ref,
      order: toOrderKey(article),
    }));
  }
}
