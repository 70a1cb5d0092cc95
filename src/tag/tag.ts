/** Tags articles with topics, each with its evidence: the phrases that were found, with weights. */
import type { TopicTag } from '../model/article.js';
import type { Category } from '../model/item.js';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { categoryIndex } from './category.js';
import { completeTopic } from './complete-topic.js';
import { Evidence, type GivenTopic, type Judgement } from './evidence.js';
import { type FieldInput, listTagFields } from './fields.js';
import { createMatcher, type Matcher } from './phrases/matcher.js';
import { commonLanguages, ruleLanguage } from './phrases/rule-language.js';
import { type Vocabulary, vocabulary } from './phrases/vocabulary.js';
import { createRanking } from './ranking.js';

export interface TaggerOptions {
  /** Default topics of each source: weak evidence, listed last. Default: none. */
  readonly defaults?: ReadonlyMap<SourceId, readonly string[]>;
  /** Languages (ISO 639-1) to try if an article's is unknown. Default: en, de, fr, es, uk, ru. */
  readonly languages?: readonly string[];
}

/** `bodyText` (plain) is used instead of `contentHtml`; `sourceIds`: all sources that contained it. */
export interface Taggable extends FieldInput {
  readonly language?: string | null | undefined;
  readonly sourceId?: SourceId | undefined;
  readonly sourceIds?: readonly SourceId[] | undefined;
  readonly categories?: readonly Category[] | undefined;
  /** Topics from the editor's commands, each with the command's name. */
  readonly given?: readonly GivenTopic[] | undefined;
}

export interface Tagger {
  /** At most 8 topics, highest score first, then by id; topics from the source's defaults alone come last. */
  tag(article: Taggable): TopicTag[];
  /** The judgement of every topic with any evidence, tagged or not, unranked: for reports. */
  judge(article: Taggable): Judgement[];
}

/** Languages with their own script: their names are unambiguous in articles of unknown language. */
const unambiguousLanguages: readonly string[] = [
  'zh',
  'ja',
  'ko',
  'th',
  'el',
  'he',
  'hy',
  'ka',
  'bn',
  'ta',
  'ml',
  'hi',
  'ar',
];

/**
 * Compiles topics once, then tags articles synchronously. An article has a topic if the evidence weighs 3 or more and
 * no phrase of `none` is found. In addition, a mapped category, one of `any` or a group of `near` is needed. Without a
 * mapped category, all of `all` must be found, too. A mention weighs 3 in the title, 2 in the summary and in the path
 * of the address, 1 in the first 5,000 characters of the body. In an article of under 120 words it weighs 3 everywhere
 * except in the address, and in the body after a summary. A mapped category weighs 4, and so does a topic from a
 * command. A topic that the editor set in a post or link (`EDITORS_TOPIC`) is always kept, and comes first. Tags
 * include the topics' ancestors. Never throws for any article. An unknown parent is ignored.
 */
export function createTagger(topics: readonly TopicConfig[], options: TaggerOptions = {}): Tagger {
  const complete = topics.map(completeTopic);
  const categories = categoryIndex(complete);
  const ranked = createRanking(complete);
  const languages = options.languages ?? commonLanguages;
  const readers = new Map<string, { words: Vocabulary; matcher: Matcher }>();
  const openReader = (language: string | null) => {
    const code = ruleLanguage(language);
    const known = readers.get(code);
    if (known) return known;
    const words = vocabulary(complete, code === '' ? [...languages, ...unambiguousLanguages] : [code]);
    const fresh = { words, matcher: createMatcher(words.phrases, code, languages) };
    readers.set(code, fresh);
    return fresh;
  };
  const judge = (article: Taggable): Judgement[] => {
    const { words, matcher } = openReader(article.language ?? null);
    const evidence = new Evidence(complete, words);
    for (const field of listTagFields(article)) evidence.add(field, matcher.find(field.text));
    evidence.addCategories(categories(listSources(article), article.categories ?? []));
    evidence.addGiven(article.given ?? []);
    return evidence.judgements();
  };
  const listDefaults = (article: Taggable) =>
    listSources(article).flatMap((source) =>
      (options.defaults?.get(source) ?? []).map((topicId) => ({ topicId, source })),
    );
  return { judge, tag: (article) => ranked(judge(article), listDefaults(article)) };
}

function listSources({ sourceId, sourceIds }: Taggable): readonly SourceId[] {
  return sourceIds ?? (sourceId === undefined ? [] : [sourceId]);
}
