/** Finds which conditions of rules an article fulfils: phrases are found as those of topics are, all of one field at once. */
import type { Article } from '../model/article.js';
import {
  addressExpressionIn,
  expressionIn,
  RULE_FIELDS,
  type RuleConditions,
  type RuleField,
} from '../model/editing/rule.js';
import { createMatcher, type Matcher } from '../tag/phrases/matcher.js';
import { readPhrase } from '../tag/phrases/phrase.js';
import { commonLanguages, ruleLanguage } from '../tag/phrases/rule-language.js';
import { htmlToText } from '../text/html.js';
import { isOfLanguage } from '../text/language.js';
import type { ReadExpression } from './expression.js';

/** The parts of an article that rules look at. */
export type RuledArticle = Pick<
  Article,
  | 'sourceId'
  | 'title'
  | 'summary'
  | 'contentHtml'
  | 'categories'
  | 'authors'
  | 'url'
  | 'language'
  | 'enclosures'
  | 'image'
>;

/** A condition that an article fulfils. */
export interface FoundCondition {
  readonly field: RuleField;
  /** As written. */
  readonly value: string;
}

export interface ConditionFinder {
  /** Asked for one article after the other: what was found in it is remembered for all rules. */
  of(article: RuledArticle): (when: RuleConditions) => FoundCondition | null;
}

/** Characters of an article's text that are searched. */
const TEXT_LIMIT = 20_000;

/** Conditions that are not in `all` find nothing. `expression` null: there are no expressions in them. */
export function createConditionFinder(
  all: readonly RuleConditions[],
  expression: ReadExpression | null,
): ConditionFinder {
  const phrases = new Map(
    PHRASE_FIELDS.map((field) => [field, createPhraseFinder(all.flatMap((when) => when[field] ?? []))]),
  );
  const tests = new Map(
    all.map((when) => [when, conditionsIn(when).map((one) => ({ one, isFulfilled: testOf(one, expression) }))]),
  );
  return {
    of: (article) => {
      const fields = new ArticleFields(article, phrases);
      return (when) => tests.get(when)?.find(({ isFulfilled }) => isFulfilled(fields))?.one ?? null;
    },
  };
}

type Test = (fields: ArticleFields) => boolean;

function testOf({ field, value }: FoundCondition, readExpression: ReadExpression | null): Test {
  if (isExpression(field, value)) {
    const expression = readExpression!(value);
    return (fields) => fields.values(field).some((text) => expression.finds(text));
  }
  switch (field) {
    case 'url':
      return ({ article }) => article.url?.toLowerCase().includes(value.toLowerCase()) ?? false;
    case 'language':
      return ({ article }) => isOfLanguage(article.language, value);
    case 'media':
      return ({ article }) => hasMedia(article, value);
    default:
      return (fields) => fields.phrases(field).has(value);
  }
}

/** All conditions, in a fixed order of fields, and of each as written. */
export function conditionsIn(when: RuleConditions): FoundCondition[] {
  return RULE_FIELDS.flatMap((field) => (when[field] ?? []).map((value) => ({ field, value })));
}

type PhraseField = Exclude<RuleField, 'url' | 'language' | 'media'>;
const PHRASE_FIELDS: readonly PhraseField[] = ['title', 'text', 'category', 'author'];

export function isExpression(field: RuleField, value: string): boolean {
  if (field === 'language' || field === 'media') return false;
  return (field === 'url' ? addressExpressionIn(value) : expressionIn(value)) !== null;
}

function hasMedia({ enclosures, image }: RuledArticle, kind: string): boolean {
  return kind === 'image' ? image !== null : enclosures.some(({ type }) => type.startsWith(`${kind}/`));
}

/** Reads each field of an article at most once. */
class ArticleFields {
  readonly article: RuledArticle;
  readonly #finders: ReadonlyMap<PhraseField, PhraseFinder>;
  readonly #values = new Map<RuleField, readonly string[]>();
  readonly #phrases = new Map<RuleField, ReadonlySet<string>>();

  constructor(article: RuledArticle, finders: ReadonlyMap<PhraseField, PhraseFinder>) {
    this.article = article;
    this.#finders = finders;
  }

  values(field: RuleField): readonly string[] {
    const known = this.#values.get(field) ?? valuesOf(this.article, field).map(readable);
    this.#values.set(field, known);
    return known;
  }

  phrases(field: PhraseField): ReadonlySet<string> {
    const known =
      this.#phrases.get(field) ?? this.#finders.get(field)!(this.values(field).join('\n'), this.article.language);
    this.#phrases.set(field, known);
    return known;
  }
}

/** Without the spaces of no width by which a word looks the same and is another. */
function readable(text: string): string {
  return text.replaceAll('\u200b', '');
}

function valuesOf(article: RuledArticle, field: RuleField): readonly string[] {
  switch (field) {
    case 'title':
      return [article.title];
    case 'text':
      return [article.title, article.summary, contentOf(article)];
    case 'category':
      return article.categories.flatMap(({ term, label }) => (label === null ? [term] : [term, label]));
    case 'author':
      return article.authors.map(({ name }) => name);
    default:
      return article.url === null ? [] : [article.url];
  }
}

function contentOf({ contentHtml }: RuledArticle): string {
  return contentHtml === null ? '' : htmlToText(contentHtml, { parts: 'prose', limit: TEXT_LIMIT });
}

/** The phrases, as written, that stand in a text; no phrase goes beyond its line. */
type PhraseFinder = (text: string, language: string | null) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();

function createPhraseFinder(values: readonly string[]): PhraseFinder {
  const written = [...new Set(values)].filter((value) => expressionIn(value) === null);
  if (written.length === 0) return () => NONE;
  const phrases = written.map(readPhrase);
  const matchers = new Map<string, Matcher>();
  return (text, language) => {
    const code = ruleLanguage(language);
    const matcher = matchers.get(code) ?? createMatcher(phrases, code, commonLanguages);
    matchers.set(code, matcher);
    const { hits } = matcher.find(text);
    return hits.length === 0 ? NONE : new Set(hits.map(({ phrase }) => written[phrase]!));
  };
}
