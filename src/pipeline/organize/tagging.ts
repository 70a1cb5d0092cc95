/** How the pipeline asks for tags: one article's text, and every source that carries it. */
import type { Article, ArticleText, Draft, TopicTag } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { Topic } from '../../model/topic.js';
import { askedPhrases } from '../../tag/asked-phrases.js';
import { topicsFingerprint } from '../../tag/fingerprint.js';
import { topicsKept } from '../../tag/ranking.js';

/** What the tagger is told of an article. */
interface TagInput {
  readonly title: string;
  readonly summary: string;
  readonly contentHtml: string | null;
  readonly bodyText?: string | null;
  readonly language: string | null;
  readonly url: string;
  readonly sourceIds: readonly SourceId[];
  readonly categories: ArticleText['categories'];
}

/** What is told of an article that came just now. A literal, since a spread of so many fields takes longer than tagging a word. */
export function toTag(draft: Draft, sourceIds: readonly SourceId[]): TagInput {
  const { title, summary, contentHtml, bodyText, language, url, categories } = draft;
  return { title, summary, contentHtml, bodyText, language, url, categories, sourceIds };
}

/** What a tagger is made of: plain data, so that a thread can make its own. */
export interface TagSetup {
  readonly topics: readonly Topic[];
  /** Each source's default topics. */
  readonly defaults: ReadonlyMap<SourceId, readonly string[]>;
}

export interface Tagging {
  /** Changes exactly when the same article may get other tags. */
  readonly fingerprint: string;
  /** Made when first asked for: most runs tag nothing. */
  load(): Promise<Tagger>;
}

export interface Tagger {
  tag(input: TagInput): readonly TopicTag[];
  /** Whether a topic's phrases are still those that gave a tag. */
  stillGives(tag: TopicTag): boolean;
}

export function createTagging(setup: TagSetup): Tagging {
  let tagger: Promise<Tagger> | null = null;
  return {
    fingerprint: topicsFingerprint(setup.topics, setup.defaults),
    load: () => {
      tagger ??= loadTagger(setup);
      return tagger;
    },
  };
}

async function loadTagger({ topics, defaults }: TagSetup): Promise<Tagger> {
  const { createTagger } = await import('../../tag/tag.js');
  const tagger = createTagger(topics, { defaults });
  const asked = askedPhrases(topics);
  return {
    tag: (input) => tagger.tag(input),
    stillGives: ({ topicId, because }) =>
      because.every(({ phrase, field }) => field !== 'content' || asked.get(topicId)?.has(phrase)),
  };
}

/**
 * Tags of a stored article, from what the store kept of it. Where the text was read but could not be kept (its licence allows a
 * summary), a tag that rests on it stands for as long as its topic asks for the same phrases.
 */
export function retag(tagger: Tagger, article: Article): readonly TopicTag[] {
  const given = tagger.tag({ ...article, sourceIds: [article.sourceId, ...article.alsoIn] });
  if (article.contentHtml !== null) return given;
  const known = new Set(given.map(({ topicId }) => topicId));
  const kept = article.topics.filter((tag) => !known.has(tag.topicId) && restsOnText(tag) && tagger.stillGives(tag));
  // What the text says now has the first claim on the places that there are; of the rest, the strongest.
  const room = kept.slice(0, Math.max(0, topicsKept - given.length));
  if (room.length === 0) return given;
  return [...given, ...room].sort((a, b) => b.score - a.score || (a.topicId < b.topicId ? -1 : 1));
}

function restsOnText({ because }: TopicTag): boolean {
  return because.some(({ field }) => field === 'content');
}
