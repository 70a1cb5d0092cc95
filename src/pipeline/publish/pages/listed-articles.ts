/** Reads the articles of lists, each once, because most are in several lists. */
import { type EntryWeight, entryWeight, fitHead } from '../../../compose/budget.js';
import { tombstones, tombstonesSince } from '../../../compose/channel.js';
import type { EntryFactory } from '../../../compose/entry.js';
import { pageEntry } from '../../../compose/page-entry.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { Article, ArticleRef } from '../../../model/article.js';
import type { ChannelPath, Entry } from '../../../model/channel.js';
import { toOrderKey } from '../../../model/order.js';
import type { PageEntry } from '../../../model/page.js';
import type { Store } from '../../../ports/store/store.js';
import { limitItems, readHead } from '../read-head.js';
import { type ArchiveSlice, findLeaving, readArchiveRefs } from '../stage-channel.js';
import { addToCache } from './page-links.js';

export interface ListedArticle extends Pick<Article, 'ref' | 'id' | 'sourceId' | 'publishedAt'> {
  /** As the publication writes it. */
  readonly publication: string;
  readonly order: string;
  readonly weight: EntryWeight;
  readonly entry: PageEntry;
}

export interface ListedDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly entryOf: EntryFactory;
  readonly now: Date;
}

/** About a kilobyte each. */
const KEPT = 5_000;

export class ListedArticles {
  readonly #deps: ListedDeps;
  readonly #onRead: (ref: ArticleRef, entry: Entry) => void;
  readonly #known = new Map<ArticleRef, ListedArticle>();

  /** `onRead` receives each article. */
  constructor(deps: ListedDeps, onRead: (ref: ArticleRef, entry: Entry) => void) {
    this.#deps = deps;
    this.#onRead = onRead;
  }

  /** In the order of `refs`; omits articles that no channel may show. */
  async load(refs: readonly ArticleRef[]): Promise<ListedArticle[]> {
    const found = new Map(refs.flatMap((ref) => (this.#known.has(ref) ? [[ref, this.#known.get(ref)!]] : [])));
    for (const article of await this.#deps.store.visibleArticles(refs.filter((ref) => !found.has(ref)))) {
      const listed = this.#toListed(article);
      found.set(article.ref, listed);
      addToCache(this.#known, article.ref, listed, KEPT);
    }
    return refs.flatMap((ref) => found.get(ref) ?? []);
  }

  /** As many as the feed of the channel shows, and those that leave it. */
  async loadHead(path: ChannelPath): Promise<{ articles: ListedArticle[]; leaving: readonly ArticleRef[] }> {
    const { store, settings, now } = this.#deps;
    const items = limitItems(settings);
    const articles = await readHead(path, (refs) => this.load(refs), { store, settings });
    const deleted = tombstones(await store.listWithdrawn(path, tombstonesSince(now)), articles, items);
    const weights = articles.map(({ weight }) => weight);
    const shown = articles.slice(0, fitHead(weights, items, deleted).kept);
    return { articles: shown, leaving: await findLeaving(path, shown.at(-1)?.order, this.#deps) };
  }

  async loadArchive(place: ArchiveSlice): Promise<ListedArticle[]> {
    const articles = await this.load(await readArchiveRefs(place, this.#deps.store));
    return articles.sort((a, b) => (a.order < b.order ? -1 : 1));
  }

  #toListed(article: Article): ListedArticle {
    const { ref, id, sourceId, publishedAt, attribution } = article;
    const entry = this.#deps.entryOf(article);
    this.#onRead(ref, entry);
    const publication = attribution.publication.title;
    const shown = { order: toOrderKey(article), weight: entryWeight(entry), entry: pageEntry(entry) };
    return { ref, id, sourceId, publishedAt, publication, ...shown };
  }
}
