/** The articles of an edition as they are printed: most stand in several channels, and are read and told once. */
import { type Fit, withoutContent } from '../compose/budget.js';
import type { EntryOf } from '../compose/entry.js';
import type { Article, ArticleRef } from '../model/article.js';
import type { Entry } from '../model/channel.js';
import { orderKey } from '../model/order.js';
import type { Store } from '../ports.js';
import type { Print, Printer } from './print.js';

export interface ArticlePrint extends Print {
  readonly ref: ArticleRef;
  /** `orderKey` of the article. */
  readonly order: string;
}

/** Bytes of text that are remembered: some 18,000 articles of which feeds tell a summary. What is over is printed again where it is shown again. */
const ROOM = 48_000_000;

type Telling = (entry: Entry) => Entry;

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
    const fresh = new Map((await this.#print(unknown, asItIs)).map((print) => [print.ref, print]));
    for (const print of fresh.values()) this.#remember(print);
    return refs.flatMap((ref) => this.#known.get(ref) ?? fresh.get(ref) ?? []);
  }

  /** As many of them as there is room for, the oldest without their content where they must do without. */
  async fitted(prints: readonly ArticlePrint[], { kept, whole }: Fit): Promise<readonly ArticlePrint[]> {
    const heavy = prints.slice(whole, kept).filter(({ weight }) => weight.light !== null);
    if (heavy.length === 0) return prints.slice(0, kept);
    const refs = heavy.map(({ ref }) => ref);
    const light = new Map((await this.#print(refs, withoutContent)).map((print) => [print.ref, print]));
    return prints.slice(0, kept).map((print) => light.get(print.ref) ?? print);
  }

  async #print(refs: readonly ArticleRef[], telling: Telling): Promise<ArticlePrint[]> {
    const articles = refs.length === 0 ? [] : await this.#store.shown(refs);
    return articles.map((article) => this.#printOne(article, telling));
  }

  #printOne(article: Article, telling: Telling): ArticlePrint {
    const print = this.#printer.print(telling(this.#entryOf(article)));
    return { ...print, ref: article.ref, order: orderKey(article) };
  }

  #remember(print: ArticlePrint): void {
    const bytes = print.marks.at(-1)! - print.marks[0]!;
    if (bytes > this.#room) return;
    this.#room -= bytes;
    this.#known.set(print.ref, print);
  }
}

function asItIs(entry: Entry): Entry {
  return entry;
}
