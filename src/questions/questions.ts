/** Evaluates the conditions of channels: which of them an article meets, and which conditions fail. */
import type { Article } from '../model/article.js';
import type { Conditions, Question, QuestionChannel, TextQuestion } from '../model/question.js';
import type { SourceId } from '../model/source.js';
import {
  createPhraseFinder,
  type FoundHits,
  type PhraseFinder,
  searchedContent,
} from '../tag/phrases/phrase-finder.js';
import { createPhraseSieve, type PhraseSieve, type SievedArticle } from '../tag/phrases/phrase-sieve.js';
import { isInLanguage } from '../text/language.js';

/** An article with its current facts. */
export interface CandidateArticle {
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
export interface PartResult extends QuestionPart {
  readonly fulfilled: boolean;
}

export interface Questions {
  /** All conditions of each channel, by path. The article is in the channels with all conditions fulfilled. */
  evaluate(asked: CandidateArticle): ReadonlyMap<string, readonly PartResult[]>;
  /** Paths of the channels that contain it: faster than `ask`. */
  listMatches(asked: CandidateArticle): readonly string[];
}

/** Up to this number of phrases, searching for each of them first is faster. */
const FEW = 20;

/** Searches each article for all phrases in one pass, and only if the cheaper conditions match. */
export function createQuestions(channels: readonly QuestionChannel[]): Questions {
  const texts = channels.flatMap(({ question }) => [question.text, question.not.text].filter((text) => text !== null));
  const phrases = texts.flatMap(({ any, all, near, none }) => [...any, ...all, ...near.flat(), ...none]);
  const finders = {
    sieve: phrases.length <= FEW ? createPhraseSieve(phrases) : () => () => true,
    text: createPhraseFinder(phrases),
    author: createPhraseFinder(channels.flatMap(({ question }) => [...question.author, ...question.not.author])),
  };
  const tests = channels.map(({ path, question }) => ({ path, parts: createParts(question) }));
  return {
    evaluate: (asked) => {
      const reading = new Reading(asked, finders);
      const toPartResults = ({ part, not, holds }: Part) => ({ part, not, fulfilled: holds(reading) !== not });
      return new Map(tests.map(({ path, parts }) => [path, parts.map(toPartResults)]));
    },
    listMatches: (asked) => {
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
function createParts({ stories, not, ...question }: Question): Part[] {
  const told: Part = { part: 'stories', not: false, holds: ({ candidate: asked }) => asked.publications >= stories };
  return [...createConditions(question, false), ...createConditions(not, true), ...(stories > 0 ? [told] : [])].sort(
    (a, b) => COST.indexOf(a.part) - COST.indexOf(b.part),
  );
}

const COST: readonly QuestionPart['part'][] = ['sources', 'topics', 'language', 'media', 'stories', 'author', 'text'];

/** A `not` condition considers only the article's own source, not others that contained it. */
function createConditions({ topics, sources, author, language, media, text }: Conditions, not: boolean): Part[] {
  const parts: [keyof Conditions, boolean, Part['holds']][] = [
    ['topics', topics.length > 0, ({ candidate: asked }) => asked.topics.some((id) => topics.includes(id))],
    [
      'sources',
      sources.length > 0,
      ({ candidate: asked }) => {
        return (not ? [asked.article.sourceId] : asked.sources).some((id) => sources.includes(id));
      },
    ],
    [
      'language',
      language.length > 0,
      ({ candidate: asked }) => language.some((tag) => isInLanguage(asked.article.language, tag)),
    ],
    [
      'media',
      media.length > 0,
      ({ candidate: asked }) => {
        return asked.article.enclosures.some(({ type }) => media.some((kind) => type.startsWith(`${kind}/`)));
      },
    ],
    ['author', author.length > 0, (reading) => author.some((phrase) => reading.authors.has(phrase))],
    ['text', text !== null, (reading) => mayHaveText(text!, reading.sieve) && hasText(text!, reading.text)],
  ];
  return parts.flatMap(([part, isAsked, holds]) => (isAsked ? { part, not, holds } : []));
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
  readonly candidate: CandidateArticle;
  readonly #finders: Finders;
  #sieve: PhraseSieve | null = null;
  #text: FoundHits | null = null;
  #authors: FoundHits | null = null;

  constructor(asked: CandidateArticle, finders: Finders) {
    this.candidate = asked;
    this.#finders = finders;
  }

  get sieve(): PhraseSieve {
    this.#sieve ??= this.#finders.sieve(this.candidate.article);
    return this.#sieve;
  }

  get text(): FoundHits {
    const { article } = this.candidate;
    this.#text ??= this.#finders.text(
      `${article.title}\n${article.summary}\n${searchedContent(article.contentHtml)}`,
      article.language,
    );
    return this.#text;
  }

  get authors(): FoundHits {
    const { authors, language } = this.candidate.article;
    this.#authors ??= this.#finders.author(authors.map(({ name }) => name).join('\n'), language);
    return this.#authors;
  }
}
