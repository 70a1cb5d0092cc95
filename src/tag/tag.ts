/** An article → its topics, each with its "because": the editor's phrases, found and weighed. */
import type { TopicTag } from '../model/article.js';
import type { Category } from '../model/item.js';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { categoryIndex } from './category.js';
import { Evidence, type Judgement } from './evidence.js';
import { type FieldInput, fieldsToTag } from './fields.js';
import { createMatcher, type Matcher } from './phrases/matcher.js';
import { ruleLanguage } from './phrases/rule-language.js';
import { vocabulary } from './phrases/vocabulary.js';
import { completeTopic } from './place.js';
import { createRanking } from './ranking.js';

export interface TaggerOptions {
  /** Each source's default topics: weak evidence, listed last. Default: none. */
  readonly defaults?: ReadonlyMap<SourceId, readonly string[]>;
  /** Languages (ISO 639-1) tried where an article's own is not known. Default: English, German, French, Spanish, Ukrainian, Russian. */
  readonly languages?: readonly string[];
}

/** What of an article is read. `bodyText`, plain, stands in for `contentHtml`; `sourceIds` names all that carried it. */
export interface Taggable extends FieldInput {
  readonly language?: string | null | undefined;
  readonly sourceId?: SourceId | undefined;
  readonly sourceIds?: readonly SourceId[] | undefined;
  readonly categories?: readonly Category[] | undefined;
}

export interface Tagger {
  /** At most 8 topics, strongest first, then by id; topics that only the source's defaults give come last. */
  tag(article: Taggable): TopicTag[];
  /** How every topic was judged, tagged or not, without ranking: for reports. Those with no evidence at all are left out. */
  judge(article: Taggable): Judgement[];
}

const commonLanguages: readonly string[] = ['en', 'de', 'fr', 'es', 'uk', 'ru'];

/**
 * Compiles topics once, then tags articles synchronously. An article has a topic where one of its `any` or `near` is found,
 * or a mapped category, all of its `all`, none of its `none`, and the mentions weigh 3 or more: 3 each in the title, 2 in
 * the summary and in the path of the address, 1 in the first 5,000 characters of the body; each weighs 3 in an article of
 * under 120 words; a mapped category weighs 4. An article of a topic is in the topic's parents too.
 *
 * Never throws for what an article holds. Topics that name an unknown parent have none.
 */
export function createTagger(topics: readonly TopicConfig[], options: TaggerOptions = {}): Tagger {
  const complete = topics.map(completeTopic);
  const words = vocabulary(complete);
  const categories = categoryIndex(complete);
  const ranked = createRanking(complete);
  const languages = options.languages ?? commonLanguages;
  const matchers = new Map<string, Matcher>();
  const matcherOf = (language: string | null): Matcher => {
    const code = ruleLanguage(language);
    const known = matchers.get(code) ?? createMatcher(words.phrases, code, languages);
    matchers.set(code, known);
    return known;
  };
  const judge = (article: Taggable): Judgement[] => {
    const evidence = new Evidence(complete, words);
    const matcher = matcherOf(article.language ?? null);
    for (const field of fieldsToTag(article)) evidence.add(field, matcher.find(field.text));
    evidence.addCategories(categories(sourcesOf(article), article.categories ?? []));
    return evidence.judgements();
  };
  const defaultsOf = (article: Taggable) =>
    sourcesOf(article).flatMap((source) =>
      (options.defaults?.get(source) ?? []).map((topicId) => ({ topicId, source })),
    );
  return { judge, tag: (article) => ranked(judge(article), defaultsOf(article)) };
}

function sourcesOf({ sourceId, sourceIds }: Taggable): readonly SourceId[] {
  return sourceIds ?? (sourceId === undefined ? [] : [sourceId]);
}
