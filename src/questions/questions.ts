/** Answers the questions of channels: which of them an article fulfils, and where it fails. */
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

/** An article, and what is known of it by now. */
export interface AskedArticle {
  readonly article: Pick<
    Article,
    'sourceId' | 'title' | 'summary' | 'contentHtml' | 'authors' | 'language' | 'enclosures'
  >;
  /** Ids of the topics that it is shown in. */
  readonly topics: readonly string[];
  /** All sources that brought it, or a near-duplicate of it that is not shown. */
  readonly sources: readonly SourceId[];
  /** Publications that tell its story. */
  readonly publications: number;
}

/** A condition of a question. `not`: one that must not be fulfilled. */
interface QuestionPart {
  readonly part: keyof Conditions | 'stories';
  readonly not: boolean;
}

/** `fulfilled`: as the question wants it. */
export interface AnsweredPart extends QuestionPart {
  readonly fulfilled: boolean;
}

export interface Questions {
  /** For each channel, by path, every part of its question; where all are fulfilled, the article is in the channel. */
  ask(asked: AskedArticle): ReadonlyMap<string, readonly AnsweredPart[]>;
  /** Paths of the channels that it is in: takes less time than `ask`. */
  fulfilled(asked: AskedArticle): readonly string[];
}

/** Phrases up to which it takes less time to look for each of them first. */
const FEW = 20;

/** Compiles all questions once. Each article is searched for the phrases of all of them in one pass, and only where a question gets that far. */
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

/** Those that take longest come last. */
function partsOf({ stories, not, ...question }: Question): Part[] {
  const told: Part = { part: 'stories', not: false, holds: ({ asked }) => asked.publications >= stories };
  return [...conditionsOf(question, false), ...conditionsOf(not, true), ...(stories > 0 ? [told] : [])].sort(
    (a, b) => COST.indexOf(a.part) - COST.indexOf(b.part),
  );
}

const COST: readonly QuestionPart['part'][] = ['sources', 'topics', 'language', 'media', 'stories', 'author', 'text'];

/** What must not be asks whose article it is, not who else brought it. */
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

/** As for topics: one of `any` or a group of `near`, where there are any; all of `all`; nothing of `none`. */
function hasText({ any, all, near, none }: TextQuestion, found: FoundHits): boolean {
  if (none.some((phrase) => found.has(phrase)) || !all.every((phrase) => found.has(phrase))) return false;
  if (any.length === 0 && near.length === 0) return true;
  return any.some((phrase) => found.has(phrase)) || near.some((group) => found.areNear(group));
}

/** Whether `hasText` may be true, of which no is sure. */
function mayHaveText({ any, all, near }: TextQuestion, sieve: PhraseSieve): boolean {
  if (!all.every(sieve)) return false;
  return (any.length === 0 && near.length === 0) || any.some(sieve) || near.some((group) => group.every(sieve));
}

interface Finders {
  sieve(article: SievedArticle): PhraseSieve;
  readonly text: PhraseFinder;
  readonly author: PhraseFinder;
}

/** Searches each field of an article at most once. */
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
