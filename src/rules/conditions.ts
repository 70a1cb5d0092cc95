/** Finds the conditions of rules that an article matches, with one pass over each field. */
import { type Article, isPaid } from '../model/article.js';
import {
  isWordField,
  parseAddressExpression,
  parseExpression,
  parseLimit,
  RULE_FIELDS,
  type RuleConditions,
  type RuleField,
  type RuleLimit,
} from '../model/rule.js';
import {
  createPhraseFinder,
  type FoundHits,
  type PhraseFinder,
  removeHiddenSpaces,
  searchedContent,
} from '../tag/phrases/phrase-finder.js';
import { isInLanguage } from '../text/language.js';
import type { ReadExpression } from './expression.js';

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
  | 'fullText'
> & {
  readonly publishedAt?: Date | null;
  /** Days from `publishedAt` to the newest article; missing: unknown. */
  readonly age?: number;
};

export interface FoundCondition {
  readonly field: RuleField;
  readonly value: string;
}

export interface ConditionFinder {
  /** Evaluates articles one after the other: results of an article are cached for all rules. */
  createSearch(article: RuledArticle): (when: RuleConditions) => FoundCondition | null;
}

/** Conditions that are not in `all` never match. `expression` null: the conditions contain no expressions. */
export function createConditionFinder(
  all: readonly RuleConditions[],
  expression: ReadExpression | null,
): ConditionFinder {
  const phrases = new Map(
    PHRASE_FIELDS.map((field) => [field, createPhraseFinder(all.flatMap((when) => listPhrases(when, field)))]),
  );
  const tests = new Map(
    all.map((when) => [when, listConditions(when).map((one) => ({ one, isFulfilled: createTest(one, expression) }))]),
  );
  return {
    createSearch: (article) => {
      const fields = new ArticleFields(article, phrases);
      return (when) => tests.get(when)?.find(({ isFulfilled }) => isFulfilled(fields))?.one ?? null;
    },
  };
}

type Test = (fields: ArticleFields) => boolean;

function createTest({ field, value }: FoundCondition, readExpression: ReadExpression | null): Test {
  if (isExpression(field, value)) {
    const expression = readExpression!(value);
    return (fields) => fields.values(field).some((text) => expression.matches(text));
  }
  switch (field) {
    case 'url':
      return ({ article }) => article.url?.toLowerCase().includes(value.toLowerCase()) ?? false;
    case 'language':
      return ({ article }) => isInLanguage(article.language, value);
    case 'media':
      return ({ article }) => hasMedia(article, value);
    case 'duration':
      return ({ article }) => article.enclosures.some(({ duration }) => isWithin(duration, parseLimit(field, value)!));
    case 'age':
      return ({ article }) => isWithin(article.age ?? null, parseLimit(field, value)!);
    case 'paid':
      return ({ article }) => isPaid(article.fullText);
    default:
      return (fields) => fields.phrases(field).has(value);
  }
}

/** All conditions, in a fixed order of fields, and within a field as written. */
export function listConditions(when: RuleConditions): FoundCondition[] {
  return RULE_FIELDS.flatMap((field) => (when[field] ?? []).map((value) => ({ field, value })));
}

function listPhrases(when: RuleConditions, field: PhraseField): readonly string[] {
  return (when[field] ?? []).filter((value) => parseExpression(value) === null);
}

const PHRASE_FIELDS = ['title', 'text', 'category', 'author'] as const satisfies readonly RuleField[];
type PhraseField = (typeof PHRASE_FIELDS)[number];

export function isExpression(field: RuleField, value: string): boolean {
  return isWordField(field) && (field === 'url' ? parseAddressExpression(value) : parseExpression(value)) !== null;
}

function hasMedia({ enclosures, image }: RuledArticle, kind: string): boolean {
  return kind === 'image' ? image !== null : enclosures.some(({ type }) => type.startsWith(`${kind}/`));
}

function isWithin(value: number | null, { isBelow, limit }: RuleLimit): boolean {
  return value !== null && (isBelow ? value < limit : value > limit);
}

class ArticleFields {
  readonly article: RuledArticle;
  readonly #finders: ReadonlyMap<PhraseField, PhraseFinder>;
  readonly #values = new Map<RuleField, readonly string[]>();
  readonly #phrases = new Map<RuleField, FoundHits>();

  constructor(article: RuledArticle, finders: ReadonlyMap<PhraseField, PhraseFinder>) {
    this.article = article;
    this.#finders = finders;
  }

  values(field: RuleField): readonly string[] {
    const known = this.#values.get(field) ?? readValues(this.article, field).map(removeHiddenSpaces);
    this.#values.set(field, known);
    return known;
  }

  phrases(field: PhraseField): FoundHits {
    const known =
      this.#phrases.get(field) ?? this.#finders.get(field)!(this.values(field).join('\n'), this.article.language);
    this.#phrases.set(field, known);
    return known;
  }
}

function readValues(article: RuledArticle, field: RuleField): readonly string[] {
  switch (field) {
    case 'title':
      return [article.title];
    case 'text':
      return [article.title, article.summary, searchedContent(article.contentHtml)];
    case 'category':
      return article.categories.flatMap(({ term, label }) => (label === null ? [term] : [term, label]));
    case 'author':
      return article.authors.map(({ name }) => name);
    default:
      return article.url === null ? [] : [article.url];
  }
}
