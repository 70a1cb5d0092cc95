/** What articles say: the long part of a stored article. */
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
  return { ...textOf(text), contentHtml: null, categories: [] };
}

export function prunedTopics(topics: readonly TopicTag[]): readonly TopicTag[] {
  return topics.map((tag) => ({ ...tag, because: [] }));
}
