/** The articles of an edition as they are printed: most stand in several channels, and are read and told once. */
import { type Fit, withoutContent } from '../../compose/budget.js';
import type { EntryOf } from '../../compose/entry.js';
import type { Article, ArticleRef } from '../../model/article.js';
import { orderKey } from '../../model/order.js';
import type { Store } from '../../ports/store/store.js';
import type { EntryRenderer, RenderedEntry } from './entry-renderer.js';
import type { PrintStock } from './print-stock.js';

export interface RenderedArticle extends RenderedEntry {
  readonly ref: ArticleRef;
  /** `orderKey` of the article. */
  readonly order: string;
}

/** Bytes of text that are remembered: some 18,000 articles of which feeds tell a summary. What is over is printed again where it is shown again. */
const ROOM = 48_000_000;

/** A channel's head is at hand while the documents of its archive are bound, one by one. */
type Where = 'head' | 'archive';

export class RenderCache {
  readonly #store: Pick<Store, 'visibleArticles'>;
  readonly #entryOf: EntryOf;
  readonly #printer: EntryRenderer;
  readonly #stock: PrintStock | null;
  readonly #known = new Map<ArticleRef, RenderedArticle>();
  #room = ROOM;
  readonly #sheets = { head: Buffer.alloc(0), archive: Buffer.alloc(0) };

  /** `stock`: of articles that were printed elsewhere, or will be. */
  constructor(
    store: Pick<Store, 'visibleArticles'>,
    entryOf: EntryOf,
    printer: EntryRenderer,
    stock: PrintStock | null,
  ) {
    this.#store = store;
    this.#entryOf = entryOf;
    this.#printer = printer;
    this.#stock = stock;
  }

  /** In the order asked; what no channel may show is left out. Their texts stand until the next are asked for as `where`. */
  async of(refs: readonly ArticleRef[], where: Where): Promise<RenderedArticle[]> {
    const unknown = refs.filter((ref) => !this.#known.has(ref));
    const found =
      this.#stock?.of(unknown, (bytes) => this.#sheet(where, bytes)) ?? new Map<ArticleRef, RenderedArticle>();
    const missing = unknown.filter((ref) => !found.has(ref));
    const fresh = await this.#print(missing, this.#entryOf);
    for (const print of fresh) found.set(print.ref, print);
    this.#keep(fresh);
    return refs.flatMap((ref) => this.#known.get(ref) ?? found.get(ref) ?? []);
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

  /** Not another one each time: they would wait for the garbage collector, a gigabyte of a run with 5000 sources. */
  #sheet(where: Where, bytes: number): Uint8Array {
    if (bytes > this.#sheets[where].length) this.#sheets[where] = Buffer.allocUnsafeSlow(2 * bytes);
    return this.#sheets[where].subarray(0, bytes);
  }

  /** In the stock those that belong there; of the others as many as there is room for. */
  #keep(prints: readonly RenderedArticle[]): void {
    const laidAside = this.#stock?.put(prints);
    for (const print of prints) {
      if (laidAside?.has(print.ref) || sizeOf(print) > this.#room) continue;
      this.#room -= sizeOf(print);
      this.#known.set(print.ref, print);
    }
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
export function sizeOf({ marks }: RenderedEntry): number {
  return marks.at(-1)! - marks[0]!;
}
