/** The text of a stored article, complete or pruned. */
import type { ArticleText, TopicTag } from '../../../model/article.js';

export function pickArticleText(from: ArticleText): ArticleText {
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
    episode: from.episode,
    discussionUrl: from.discussionUrl,
    ...(from.commentsClosed === true && { commentsClosed: true as const }),
    categories: from.categories,
    rights: from.rights,
    contentHash: from.contentHash,
  };
}

/** The text of a pruned article: enough to recognise it and to render its archive documents. */
export function pruneText(from: ArticleText): ArticleText {
  return { ...pickArticleText(from), contentHtml: null, categories: [] };
}

export function pruneTopics(topics: readonly TopicTag[]): readonly TopicTag[] {
  return topics.map((tag) => ({ ...tag, because: [] }));
}

/** Whether readers see the same topics in the same order. */
export function hasSameTopics(a: readonly TopicTag[], b: readonly TopicTag[]): boolean {
  return a.length === b.length && a.every((tag, i) => tag.topicId === b[i]!.topicId);
}
