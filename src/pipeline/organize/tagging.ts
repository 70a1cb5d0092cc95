/** The topics of articles, given when an article is stored and again when the editor changed the topics. */
import type { Article, TopicTag } from '../../model/article.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import type { Topic } from '../../model/topic.js';
import { askedPhrases } from '../../tag/asked-phrases.js';
import { topicsFingerprint } from '../../tag/fingerprint.js';
import { topicsKept } from '../../tag/ranking.js';
import type { Taggable } from '../../tag/tag.js';

export interface Tagging {
  /** Changes exactly when the same article may get other tags. */
  readonly fingerprint: string;
  /** Made when first asked for: most runs tag nothing. */
  load(): Promise<SiteTagger>;
}

export interface SiteTagger {
  tag(article: Taggable): readonly TopicTag[];
  /** Whether a topic's phrases are still those that gave a tag. */
  stillGives(tag: TopicTag): boolean;
}

export function createTagging({ topics, sources }: Pick<Settings, 'topics' | 'sources'>): Tagging {
  const defaults = defaultTopicsOf(sources);
  let tagger: Promise<SiteTagger> | null = null;
  return {
    fingerprint: topicsFingerprint(topics, defaults),
    load: () => {
      tagger ??= loadTagger(topics, defaults);
      return tagger;
    },
  };
}

/** What each source's articles have for their topics where nothing else gives them one. */
export function defaultTopicsOf(sources: readonly Source[]): ReadonlyMap<SourceId, readonly string[]> {
  return new Map(sources.map(({ id, topics }) => [id, topics]));
}

async function loadTagger(
  topics: readonly Topic[],
  defaults: ReadonlyMap<SourceId, readonly string[]>,
): Promise<SiteTagger> {
  const { createTagger } = await import('../../tag/tag.js');
  const tagger = createTagger(topics, { defaults });
  const asked = askedPhrases(topics);
  return {
    tag: (article) => tagger.tag(article),
    stillGives: ({ topicId, because }) =>
      because.every(({ phrase, field }) => field !== 'content' || asked.get(topicId)?.has(phrase)),
  };
}

/**
 * Tags of a stored article, from what the store kept of it. Where the text was read but could not be kept (its licence allows a
 * summary), a tag that rests on it is kept for as long as its topic has the same phrases.
 */
export function retag(tagger: SiteTagger, article: Article): readonly TopicTag[] {
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
