/** How the pipeline asks for tags: one article's text, and every source that carries it. */
import type { Article, ArticleText, TopicTag } from '../model/article.js';
import type { SourceId } from '../model/source.js';

/** What the tagger is told of an article. */
export interface TagInput {
  readonly title: string;
  readonly summary: string;
  readonly contentHtml: string | null;
  readonly bodyText?: string | null;
  readonly language: string | null;
  readonly url: string;
  readonly sourceIds: readonly SourceId[];
  readonly categories: ArticleText['categories'];
}

export interface Tagging {
  /** Changes exactly when the same article may get other tags. */
  readonly fingerprint: string;
  tag(input: TagInput): readonly TopicTag[];
}

/** Tags of a stored article, from what the store kept of it. */
export function retag(tagging: Tagging, article: Article): readonly TopicTag[] {
  return tagging.tag({ ...article, sourceIds: [article.sourceId, ...article.alsoIn] });
}
