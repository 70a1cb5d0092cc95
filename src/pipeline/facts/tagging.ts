/** Tags articles with topics when they are stored and when the topic config changes. */
import type { Article, TopicTag } from '../../model/article.js';
import { listGivenTopics } from '../../model/machine.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import type { Topic } from '../../model/topic.js';
import { topicsFingerprint } from '../../tag/fingerprint.js';
import { topicsKept } from '../../tag/ranking.js';
import type { Taggable } from '../../tag/tag.js';

export interface Tagging {
  /** Changes exactly when an article may get different tags. */
  readonly fingerprint: string;
  /** Loads on demand: most runs tag nothing. */
  load(): Promise<SiteTagger>;
}

export interface SiteTagger {
  tag(article: Taggable): readonly TopicTag[];
  /** Whether every phrase found in the text still belongs to the tag's topic. */
  stillApplies(tag: TopicTag): boolean;
}

export function createTagging({ topics, sources }: Pick<Settings, 'topics' | 'sources'>): Tagging {
  const defaults = listDefaultTopics(sources);
  let tagger: Promise<SiteTagger> | null = null;
  return {
    fingerprint: topicsFingerprint(topics, defaults),
    load: () => {
      tagger ??= loadTagger(topics, defaults);
      return tagger;
    },
  };
}

export function listDefaultTopics(sources: readonly Source[]): ReadonlyMap<SourceId, readonly string[]> {
  return new Map(sources.map(({ id, topics }) => [id, topics]));
}

async function loadTagger(
  topics: readonly Topic[],
  defaults: ReadonlyMap<SourceId, readonly string[]>,
): Promise<SiteTagger> {
  const [{ createTagger }, { createPhraseCheck }] = await Promise.all([
    import('../../tag/tag.js'),
    import('../../tag/asked-phrases.js'),
  ]);
  const tagger = createTagger(topics, { defaults });
  const asked = createPhraseCheck(topics);
  return {
    tag: (article) => tagger.tag(article),
    stillApplies: ({ topicId, because }) =>
      because.every(({ phrase, field }) => field !== 'content' || asked(topicId, phrase)),
  };
}

/** Keeps text-based tags if the text was read but not stored, as long as their topic has the same phrases. */
export function retag(tagger: SiteTagger, article: Article): readonly TopicTag[] {
  const sourceIds = [article.sourceId, ...article.alsoIn];
  const given = tagger.tag({ ...article, sourceIds, given: listGivenTopics(article.machine) });
  if (article.contentHtml !== null) return given;
  const known = new Set(given.map(({ topicId }) => topicId));
  const kept = article.topics.filter((tag) => !known.has(tag.topicId) && usesText(tag) && tagger.stillApplies(tag));
  // New tags come first; the strongest old ones fill the remaining places.
  const room = kept.slice(0, Math.max(0, topicsKept - given.length));
  if (room.length === 0) return given;
  return [...given, ...room].sort((a, b) => b.score - a.score || (a.topicId < b.topicId ? -1 : 1));
}

function usesText({ because }: TopicTag): boolean {
  return because.some(({ field }) => field === 'content');
}
