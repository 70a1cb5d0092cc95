/** Tags articles with topics when they are stored and when the topic config changes. */

import type { Article, TopicTag } from '../../model/article.js';
import { listGivenTopics } from '../../model/machine.js';
import type { Rule } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import { EDITORS_TOPIC, type Topic } from '../../model/topic.js';
import type { RuledArticle } from '../../rules/conditions.js';
import { rulesFingerprint } from '../../rules/fingerprint.js';
import type { SiteRules } from '../../rules/rules.js';
import { topicsFingerprint } from '../../tag/fingerprint.js';
import { topicsKept } from '../../tag/ranking.js';
import type { Taggable } from '../../tag/tag.js';
import { cacheByObject } from '../../text/cached.js';
import { loadRules, toSiteRules } from './site-rules.js';

export interface Tagging {
  /** Changes exactly when an article may get different tags. */
  readonly fingerprint: string;
  /** Loads on demand: most runs tag nothing. */
  load(): Promise<SiteTagger>;
}

export interface SiteTagger {
  tag(article: TaggedArticle): readonly TopicTag[];
  /** Whether every phrase found in the text still belongs to the tag's topic, and no rule removes the topic. */
  stillApplies(tag: TopicTag, article: TaggedArticle): boolean;
}

type TaggedArticle = Taggable & Omit<RuledArticle, 'sourceId'>;

/** `elapsed`: milliseconds; limits the time of expressions in rules. */
export function createTagging(
  settings: Pick<Settings, 'topics' | 'sources' | 'rules'>,
  elapsed?: () => number,
): Tagging {
  const defaults = listDefaultTopics(settings.sources);
  const rules = selectTopicRules(toSiteRules(settings));
  const ruled = rulesFingerprint(rules);
  const fingerprint = topicsFingerprint(settings.topics, defaults);
  let tagger: Promise<SiteTagger> | null = null;
  return {
    fingerprint: ruled === null ? fingerprint : `${fingerprint} ${ruled}`,
    load: () => {
      tagger ??= loadTagger(settings.topics, defaults, ruled === null ? null : rules, elapsed);
      return tagger;
    },
  };
}

function selectTopicRules({ common, bySource }: SiteRules): SiteRules {
  const select = (rules: readonly Rule[]) => rules.filter(({ action }) => action === 'topics');
  return { common: select(common), bySource: new Map([...bySource].map(([id, own]) => [id, select(own)])) };
}

export function listDefaultTopics(sources: readonly Source[]): ReadonlyMap<SourceId, readonly string[]> {
  return new Map(sources.map(({ id, topics }) => [id, topics]));
}

async function loadTagger(
  topics: readonly Topic[],
  defaults: ReadonlyMap<SourceId, readonly string[]>,
  rules: SiteRules | null,
  elapsed?: () => number,
): Promise<SiteTagger> {
  const [{ createTagger }, { createPhraseCheck }] = await Promise.all([
    import('../../tag/tag.js'),
    import('../../tag/asked-phrases.js'),
  ]);
  const tagger = createTagger(topics, { defaults });
  const asked = createPhraseCheck(topics);
  const compiled = rules === null ? null : await loadRules(rules, elapsed);
  const listSet = cacheByObject((article: TaggedArticle) => {
    const { sourceIds = [], sourceId = sourceIds[0] ?? '' } = article;
    return compiled?.apply({ ...article, sourceId }).topics.flatMap((one) => one.set) ?? [];
  });
  const list = (article: TaggedArticle, sign: '+' | '-'): string[] =>
    listSet(article).flatMap((topic) => (topic.startsWith(sign) ? topic.slice(1) : []));
  return {
    tag: (article) => {
      if (compiled === null) return tagger.tag(article);
      const added = list(article, '+').map((term) => ({ term, scheme: EDITORS_TOPIC, label: null }));
      const removed = list(article, '-');
      const tags = tagger.tag({ ...article, categories: [...article.categories, ...added] });
      return tags.filter(({ topicId }) => !removed.includes(topicId));
    },
    stillApplies: ({ topicId, because }, article) =>
      because.every(({ phrase, field }) => field !== 'content' || asked(topicId, phrase)) &&
      !list(article, '-').includes(topicId),
  };
}

/** Keeps text-based tags if the text was read but not stored, as long as their topic has the same phrases. */
export function retag(tagger: SiteTagger, article: Article): readonly TopicTag[] {
  const sourceIds = [article.sourceId, ...article.alsoIn];
  const given = tagger.tag({ ...article, sourceIds, given: listGivenTopics(article.machine) });
  if (article.contentHtml !== null) return given;
  const known = new Set(given.map(({ topicId }) => topicId));
  const kept = article.topics.filter(
    (tag) => !known.has(tag.topicId) && usesText(tag) && tagger.stillApplies(tag, article),
  );
  // New tags come first; the strongest old ones fill the remaining places.
  const room = kept.slice(0, Math.max(0, topicsKept - given.length));
  if (room.length === 0) return given;
  return [...given, ...room].sort((a, b) => b.score - a.score || (a.topicId < b.topicId ? -1 : 1));
}

function usesText({ because }: TopicTag): boolean {
  return because.some(({ field }) => field === 'content');
}
