/** What articles say, as JSON, and the parsed ones of late: a run shows one article in several channels. */
import type { ArticleText, TopicTag } from '../../model/article.js';

export interface Wording {
  readonly text: ArticleText;
  readonly topics: readonly TopicTag[];
}

/** Exactly the fields of an ArticleText, whatever else the object holds. */
export function textOf(from: ArticleText): ArticleText {
  return {
    guid: from.guid,
    url: from.url,
    title: from.title,
    summary: from.summary,
    contentHtml: from.contentHtml,
    authors: from.authors,
    attribution: from.attribution,
    language: from.language,
    image: from.image,
    enclosures: from.enclosures,
    categories: from.categories,
    rights: from.rights,
    contentHash: from.contentHash,
  };
}

/** What is left of the text of a pruned article: enough to be recognised, and for an archive that shows it to be written again. */
export function prunedText(text: ArticleText): ArticleText {
  return { ...text, contentHtml: null, categories: [] };
}

export function prunedTopics(topics: readonly TopicTag[]): readonly TopicTag[] {
  return topics.map((tag) => ({ ...tag, because: [] }));
}

/** Characters of JSON: about three times as many bytes once parsed. */
const ROOM = 12_000_000;

/** The last used wordings, least recently used first. */
export class WordingCache {
  readonly #entries = new Map<number, { readonly wording: Wording; readonly cost: number }>();
  #cost = 0;

  get(ref: number): Wording | undefined {
    const entry = this.#entries.get(ref);
    if (entry === undefined) return undefined;
    this.#entries.delete(ref);
    this.#entries.set(ref, entry);
    return entry.wording;
  }

  set(ref: number, wording: Wording, cost: number): void {
    this.forget(ref);
    this.#entries.set(ref, { wording, cost });
    this.#cost += cost;
    for (const oldest of this.#entries.keys()) {
      if (this.#cost <= ROOM) return;
      this.forget(oldest);
    }
  }

  forget(ref: number): void {
    this.#cost -= this.#entries.get(ref)?.cost ?? 0;
    this.#entries.delete(ref);
  }

  clear(): void {
    this.#entries.clear();
    this.#cost = 0;
  }
}
