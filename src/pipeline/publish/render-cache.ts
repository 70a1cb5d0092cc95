/** The articles of an edition as they are printed: most stand in several channels, and are read and told once. */
import { type Fit, withoutContent } from '../../compose/budget.js';
import type { EntryOf } from '../../compose/entry.js';
import type { Article, ArticleRef } from '../../model/article.js';
import { orderKey } from '../../model/order.js';
import type { Store } from '../../ports/store/store.js';
import type { EntryRenderer, RenderedEntry } from './entry-renderer.js';

export interface RenderedArticle extends RenderedEntry {
  readonly ref: ArticleRef;
  /** `orderKey` of the article. */
  readonly order: string;
}

/** Bytes of text that are remembered: some 18,000 articles of which feeds tell a summary. What is over is printed again where it is shown again. */
const ROOM = 48_000_000;

export class RenderCache {
  readonly #store: Pick<Store, 'visibleArticles'>;
  readonly #entryOf: EntryOf;
  readonly #printer: EntryRenderer;
  readonly #known = new Map<ArticleRef, RenderedArticle>();
  #room = ROOM;

  constructor(store: Pick<Store, 'visibleArticles'>, entryOf: EntryOf, printer: EntryRenderer) {
    this.#store = store;
    this.#entryOf = entryOf;
    this.#printer = printer;
  }

  /** In the order asked; what no channel may show is left out. */
  async of(refs: readonly ArticleRef[]): Promise<RenderedArticle[]> {
    const unknown = refs.filter((ref) => !this.#known.has(ref));
    const fresh = new Map((await this.#print(unknown, this.#entryOf)).map((print) => [print.ref, print]));
    for (const print of fresh.values()) this.#keep(print);
    return refs.flatMap((ref) => this.#known.get(ref) ?? fresh.get(ref) ?? []);
  }

  /** As many of them as there is room for, the oldest without their content where they must do without. */
  async fitted(prints: readonly RenderedArticle[], { kept, whole }: Fit): Promise<readonly RenderedArticle[]> {
    const heavy = prints.slice(whole, kept).filter(({ weight }) => weight.light !== null);
    if (heavy.length === 0) return prints.slice(0, kept);
    const refs = heavy.map(({ ref }) => ref);
    const lightOf: EntryOf = (article) => withoutContent(this.#entryOf(article));
    const light = new Map((await this.#print(refs, lightOf)).map((print) => [print.ref, print]));
    return prints.slice(0, kept).map((print) => light.get(print.ref) ?? print);
  }

  #keep(print: RenderedArticle): void {
    if (sizeOf(print) > this.#room) return;
    this.#room -= sizeOf(print);
    this.#known.set(print.ref, print);
  }

  async #print(refs: readonly ArticleRef[], entryOf: EntryOf): Promise<RenderedArticle[]> {
    return refs.length === 0 ? [] : renderArticles(await this.#store.visibleArticles(refs), entryOf, this.#printer);
  }
}

export function renderArticles(
  articles: readonly Article[],
  entryOf: EntryOf,
  printer: EntryRenderer,
): RenderedArticle[] {
  return articles.map((article) => ({
    ...printer.print(entryOf(article)),
    ref: article.ref,
    order: orderKey(article),
  }));
}

/** Bytes of its texts. */
function sizeOf({ marks }: RenderedEntry): number {
  return marks.at(-1)! - marks[0]!;
}
