/** The articles of an edition as they are printed: most stand in several channels, and are read and told once. */
import { type Fit, withoutContent } from '../compose/budget.js';
import type { EntryOf } from '../compose/entry.js';
import type { Article, ArticleRef } from '../model/article.js';
import { orderKey } from '../model/order.js';
import type { Store } from '../ports.js';
import type { Print, Printer } from './print.js';

export interface ArticlePrint extends Print {
  readonly ref: ArticleRef;
  /** `orderKey` of the article. */
  readonly order: string;
}

/** Bytes of text that are remembered: some 18,000 articles of which feeds tell a summary. What is over is printed again where it is shown again. */
export const ROOM = 48_000_000;

export class Prints {
  readonly #store: Pick<Store, 'shown'>;
  readonly #entryOf: EntryOf;
  readonly #printer: Printer;
  readonly #known = new Map<ArticleRef, ArticlePrint>();
  #room = ROOM;

  constructor(store: Pick<Store, 'shown'>, entryOf: EntryOf, printer: Printer) {
    this.#store = store;
    this.#entryOf = entryOf;
    this.#printer = printer;
  }

  /** In the order asked; what no channel may show is left out. */
  async of(refs: readonly ArticleRef[]): Promise<ArticlePrint[]> {
    const unknown = refs.filter((ref) => !this.#known.has(ref));
    const fresh = new Map((await this.#print(unknown, this.#entryOf)).map((print) => [print.ref, print]));
    for (const print of fresh.values()) this.take(print);
    return refs.flatMap((ref) => this.#known.get(ref) ?? fresh.get(ref) ?? []);
  }

  /** As many of them as there is room for, the oldest without their content where they must do without. */
  async fitted(prints: readonly ArticlePrint[], { kept, whole }: Fit): Promise<readonly ArticlePrint[]> {
    const heavy = prints.slice(whole, kept).filter(({ weight }) => weight.light !== null);
    if (heavy.length === 0) return prints.slice(0, kept);
    const refs = heavy.map(({ ref }) => ref);
    const lightOf: EntryOf = (article) => withoutContent(this.#entryOf(article));
    const light = new Map((await this.#print(refs, lightOf)).map((print) => [print.ref, print]));
    return prints.slice(0, kept).map((print) => light.get(print.ref) ?? print);
  }

  /** Remembers what was printed elsewhere, if there is room. */
  take(print: ArticlePrint): void {
    if (sizeOf(print) > this.#room) return;
    this.#room -= sizeOf(print);
    this.#known.set(print.ref, print);
  }

  get hasRoom(): boolean {
    return this.#room > 0;
  }

  async #print(refs: readonly ArticleRef[], entryOf: EntryOf): Promise<ArticlePrint[]> {
    return refs.length === 0 ? [] : tellArticles(await this.#store.shown(refs), entryOf, this.#printer);
  }
}

export function tellArticles(articles: readonly Article[], entryOf: EntryOf, printer: Printer): ArticlePrint[] {
  return articles.map((article) => ({
    ...printer.print(entryOf(article)),
    ref: article.ref,
    order: orderKey(article),
  }));
}

/** Bytes of its texts. */
export function sizeOf({ marks }: Print): number {
  return marks.at(-1)! - marks[0]!;
}
