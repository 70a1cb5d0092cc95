/** Evaluates the conditions of channels: which of them an article meets, and which conditions fail. */
import type { Article } from '../model/article.js';
import type { AskedChannel, Conditions, Question, TextQuestion } from '../model/question.js';
import type { SourceId } from '../model/source.js';
import {
  createPhraseFinder,
  type FoundHits,
  type PhraseFinder,
  searchedContent,
} from '../tag/phrases/phrase-finder.js';
import { createPhraseSieve, type PhraseSieve, type SievedArticle } from '../tag/phrases/phrase-sieve.js';
import { isOfLanguage } from '../text/language.js';

/** An article with its current facts. */
export interface AskedArticle {
  readonly article: Pick<
    Article,
    'sourceId' | 'title' | 'summary' | 'contentHtml' | 'authors' | 'language' | 'enclosures'
  >;
  /** Ids of the topics that readers see. */
  readonly topics: readonly string[];
  /** All sources that contained it or one of its folded near-duplicates. */
  readonly sources: readonly SourceId[];
  readonly publications: number;
}

/** A condition. `not`: it must not match. */
interface QuestionPart {
  readonly part: keyof Conditions | 'stories';
  readonly not: boolean;
}

/** `fulfilled`: with `not` taken into account. */
export interface AnsweredPart extends QuestionPart {
  readonly fulfilled: boolean;
}

export interface Questions {
  /** All conditions of each channel, by path. The article is in the channels with all conditions fulfilled. */
  ask(asked: AskedArticle): ReadonlyMap<string, readonly AnsweredPart[]>;
  /** Paths of the channels that contain it: faster than `ask`. */
  fulfilled(asked: AskedArticle): readonly string[];
}

/** Up to this number of phrases, searching for each of them first is faster. */
const FEW = 20;

/**
 * Compiles all questions once. Each article is searched for all phrases in one pass, and only if the cheaper conditions
 * match.
 */
export function createQuestions(channels: readonly AskedChannel[]): Questions {
  const texts = channels.flatMap(({ question }) => [question.text, question.not.text].filter((text) => text !== null));
  const phrases = texts.flatMap(phrasesOf);
  const finders = {
    sieve: phrases.length <= FEW ? createPhraseSieve(phrases) : () => () => true,
    text: createPhraseFinder(phrases),
    author: createPhraseFinder(channels.flatMap(({ question }) => [...question.author, ...question.not.author])),
  };
  const tests = channels.map(({ path, question }) => ({ path, parts: partsOf(question) }));
  return {
    ask: (asked) => {
      const reading = new Reading(asked, finders);
      const answered = ({ part, not, holds }: Part) => ({ part, not, fulfilled: holds(reading) !== not });
      return new Map(tests.map(({ path, parts }) => [path, parts.map(answered)]));
    },
    fulfilled: (asked) => {
      const reading = new Reading(asked, finders);
      return tests
        .filter(({ parts }) => parts.every((part) => part.holds(reading) !== part.not))
        .map(({ path }) => path);
    },
  };
}

interface Part extends QuestionPart {
  holds(reading: Reading): boolean;
}

/** The slowest conditions come last. */
function partsOf({ stories, not, ...question }: Question): Part[] {
  const told: Part = { part: 'stories', not: false, holds: ({ asked }) => asked.publications >= stories };
  return [...conditionsOf(question, false), ...conditionsOf(not, true), ...(stories > 0 ? [told] : [])].sort(
    (a, b) => COST.indexOf(a.part) - COST.indexOf(b.part),
  );
}

const COST: readonly QuestionPart['part'][] = ['sources', 'topics', 'language', 'media', 'stories', 'author', 'text'];

/** A `not` condition considers only the article's own source, not others that contained it. */
function conditionsOf({ topics, sources, author, language, media, text }: Conditions, not: boolean): Part[] {
  const parts: [keyof Conditions, boolean, Part['holds']][] = [
    ['topics', topics.length > 0, ({ asked }) => asked.topics.some((id) => topics.includes(id))],
    [
      'sources',
      sources.length > 0,
      ({ asked }) => {
        return (not ? [asked.article.sourceId] : asked.sources).some((id) => sources.includes(id));
      },
    ],
    ['language', language.length > 0, ({ asked }) => language.some((tag) => isOfLanguage(asked.article.language, tag))],
    [
      'media',
      media.length > 0,
      ({ asked }) => {
        return asked.article.enclosures.some(({ type }) => media.some((kind) => type.startsWith(`${kind}/`)));
      },
    ],
    ['author', author.length > 0, (reading) => author.some((phrase) => reading.authors.has(phrase))],
    ['text', text !== null, (reading) => mayHaveText(text!, reading.sieve) && hasText(text!, reading.text)],
  ];
  return parts.flatMap(([part, isAsked, holds]) => (isAsked ? { part, not, holds } : []));
}

function phrasesOf({ any, all, near, none }: TextQuestion): readonly string[] {
  return [...any, ...all, ...near.flat(), ...none];
}

/** Same as for topics: one of `any` or a group of `near`, if present; all of `all`; none of `none`. */
function hasText({ any, all, near, none }: TextQuestion, found: FoundHits): boolean {
  if (none.some((phrase) => found.has(phrase)) || !all.every((phrase) => found.has(phrase))) return false;
  if (any.length === 0 && near.length === 0) return true;
  return any.some((phrase) => found.has(phrase)) || near.some((group) => found.areNear(group));
}

/** Whether `hasText` may be true. False is certain. */
function mayHaveText({ any, all, near }: TextQuestion, sieve: PhraseSieve): boolean {
  if (!all.every(sieve)) return false;
  return (any.length === 0 && near.length === 0) || any.some(sieve) || near.some((group) => group.every(sieve));
}

interface Finders {
  sieve(article: SievedArticle): PhraseSieve;
  readonly text: PhraseFinder;
  readonly author: PhraseFinder;
}

class Reading {
  readonly asked: AskedArticle;
  readonly #finders: Finders;
  #sieve: PhraseSieve | null = null;
  #text: FoundHits | null = null;
  #authors: FoundHits | null = null;

  constructor(asked: AskedArticle, finders: Finders) {
    this.asked = asked;
    this.#finders = finders;
  }

  get sieve(): PhraseSieve {
    this.#sieve ??= this.#finders.sieve(this.asked.article);
    return this.#sieve;
  }

  get text(): FoundHits {
    const { article } = this.asked;
    this.#text ??= this.#finders.text(
      `${article.title}\n${article.summary}\n${searchedContent(article.contentHtml)}`,
      article.language,
    );
    return this.#text;
  }

  get authors(): FoundHits {
    const { authors, language } = this.asked.article;
    this.#authors ??= this.#finders.author(authors.map(({ name }) => name).join('\n'), language);
    return this.#authors;
  }
}
