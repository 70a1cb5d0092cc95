/** What articles say: the long part of a stored article, as it is kept and as pruning leaves it. */
import type { ArticleText, TopicTag } from '../../../model/article.js';

/** Exactly the fields of an ArticleText, whatever else the object holds. */
export function articleTextOf(from: ArticleText): ArticleText {
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
export function prunedText(from: ArticleText): ArticleText {
  return { ...articleTextOf(from), contentHtml: null, categories: [] };
}

export function prunedTopics(topics: readonly TopicTag[]): readonly TopicTag[] {
  return topics.map((tag) => ({ ...tag, because: [] }));
}

/** Whether readers see the same topics in the same order; the evidence is not shown. */
export function sameTopics(a: readonly TopicTag[], b: readonly TopicTag[]): boolean {
  return a.length === b.length && a.every((tag, i) => tag.topicId === b[i]!.topicId);
}
