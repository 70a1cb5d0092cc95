/** Tags articles with topics, each with its evidence: the editor's phrases that were found, with weights. */
import type { TopicTag } from '../model/article.js';
import type { Category } from '../model/item.js';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { categoryIndex } from './category.js';
import { completeTopic } from './complete-topic.js';
import { Evidence, type GivenTopic, type Judgement } from './evidence.js';
import { type FieldInput, fieldsToTag } from './fields.js';
import { createMatcher, type Matcher } from './phrases/matcher.js';
import { commonLanguages, ruleLanguage } from './phrases/rule-language.js';
import { type Vocabulary, vocabulary } from './phrases/vocabulary.js';
import { createRanking } from './ranking.js';

export interface TaggerOptions {
  /** Default topics of each source: weak evidence, listed last. Default: none. */
  readonly defaults?: ReadonlyMap<SourceId, readonly string[]>;
  /** Languages (ISO 639-1) to try where an article's language is unknown. Default: English, German, French, Spanish, Ukrainian, Russian. */
  readonly languages?: readonly string[];
}

/** The parts of an article that are read. `bodyText` (plain) is used instead of `contentHtml`; `sourceIds`: all that carried it. */
export interface Taggable extends FieldInput {
  readonly language?: string | null | undefined;
  readonly sourceId?: SourceId | undefined;
  readonly sourceIds?: readonly SourceId[] | undefined;
  readonly categories?: readonly Category[] | undefined;
  /** Topics that commands of the editor gave, each with the command's name. */
  readonly given?: readonly GivenTopic[] | undefined;
}

export interface Tagger {
  /** At most 8 topics, highest score first, then by id; topics from the source's defaults alone come last. */
  tag(article: Taggable): TopicTag[];
  /** The judgement of every topic with any evidence, tagged or not, unranked: for reports. */
  judge(article: Taggable): Judgement[];
}

/** Those with a script of their own: their names leave no doubt where an article's language is unknown. */
const unmistakableLanguages: readonly string[] = [
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
 * Compiles topics once, then tags articles synchronously. An article has a topic where the evidence weighs 3 or more, none of its
 * `none` is found, and either a category is mapped to it or one of its `any` or `near` and all of its `all` are found. A mention
 * weighs 3 in the title, 2 in the summary and in the path of the address, 1 in the first 5,000 characters of the body; in an
 * article of under 120 words 3 anywhere but in the address. A mapped category weighs 4, and so does a topic that a command gave.
 * A topic that the section's editor named in a post or link (`EDITORS_TOPIC`) stands whatever else is found, and first. Tags include the
 * topics' ancestors.
 *
 * Never throws, whatever an article contains. An unknown parent is ignored.
 */
export function createTagger(topics: readonly TopicConfig[], options: TaggerOptions = {}): Tagger {
  const complete = topics.map(completeTopic);
  const categories = categoryIndex(complete);
  const ranked = createRanking(complete);
  const languages = options.languages ?? commonLanguages;
  const readers = new Map<string, { words: Vocabulary; matcher: Matcher }>();
  const readerOf = (language: string | null) => {
    const code = ruleLanguage(language);
    const known = readers.get(code);
    if (known) return known;
    const words = vocabulary(complete, code === '' ? [...languages, ...unmistakableLanguages] : [code]);
    const fresh = { words, matcher: createMatcher(words.phrases, code, languages) };
    readers.set(code, fresh);
    return fresh;
  };
  const judge = (article: Taggable): Judgement[] => {
    const { words, matcher } = readerOf(article.language ?? null);
    const evidence = new Evidence(complete, words);
    for (const field of fieldsToTag(article)) evidence.add(field, matcher.find(field.text));
    evidence.addCategories(categories(sourcesOf(article), article.categories ?? []));
    evidence.addGiven(article.given ?? []);
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
