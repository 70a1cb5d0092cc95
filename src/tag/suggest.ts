/** Suggests phrases that would match more articles of a topic, based on the articles that have it. */
import type { Article, ArticleId, TopicTag } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { TopicConfig } from '../model/topic.js';
import { eachWord, normalizeWord, stopwords } from '../text/words.js';
import { buildAncestry } from './ancestry.js';
import { completeTopic } from './complete-topic.js';
import { ruleLanguage } from './phrases/rule-language.js';
import { phraseKeys } from './phrases/word-forms.js';

/** The parts of an article that are read. `topics`: all its topics, from any evidence. */
export interface SuggestionArticle
  extends Pick<Article, 'id' | 'sourceId' | 'title' | 'summary' | 'language' | 'publishedAt'> {
  readonly topics: readonly Pick<TopicTag, 'topicId'>[];
}

interface Suggestion {
  /** In the syntax of the config's `any`. */
  readonly phrase: string;
  /** Number of articles without the topic that have the phrase in title or summary. */
  readonly adds: number;
  /** Number of articles of the topic that have it. */
  readonly accepted: number;
  /** Lower bound (Wilson score, 95 %) of the topic's share of articles with the phrase and any topic; 0 to 1. */
  readonly purity: number;
  /** Titles of up to five articles that it would add, newest first. */
  readonly headlines: readonly string[];
}

export interface TopicSuggestions {
  readonly topicId: string;
  readonly articles: number;
  readonly suggestions: readonly Suggestion[];
}

/** Finds phrases in three passes over the articles in one order, so that the store can be read in pages. */
export interface SuggestionFinder {
  /** First pass: finds phrases that recur in a topic, because most are in one article only. */
  survey(article: SuggestionArticle): void;
  /** Second pass: collects those phrases. */
  collect(article: SuggestionArticle): void;
  /** Third pass: counts their other occurrences. */
  count(article: SuggestionArticle): void;
  /** One entry per requested topic, in config order. */
  result(): TopicSuggestions[];
}

/** Minimum number of a topic's articles with a phrase. */
const minAccepted = 3;
const minPurity = 0.7;
/** Maximum number of a topic's articles whose phrases are collected. */
const maxAccepted = 2_000;
const headlinesShown = 5;
const longestPhrase = 3;

/** `topicIds`: topics to suggest for. Only titles and summaries are read. Takes time linear in the articles. */
export function createSuggestionFinder(
  topics: readonly TopicConfig[],
  topicIds: readonly string[],
  limit: number,
): SuggestionFinder {
  const complete = topics.map(completeTopic);
  const ancestry = buildAncestry(complete);
  const related = (a: string, b: string) =>
    ancestry.get(a)?.includes(b) === true || ancestry.get(b)?.includes(a) === true;
  const asked = complete.filter(({ id }) => topicIds.includes(id)).map((topic) => new TopicCandidates(topic));
  const visitTopics = (article: SuggestionArticle, read: (one: TopicCandidates, phrases: ArticlePhrases) => void) => {
    const own = asked.filter(({ id }) => hasTopic(article, id));
    const phrases = own.length === 0 ? null : extractPhrases(article);
    if (phrases !== null) for (const one of own) read(one, phrases);
  };
  return {
    survey: (article) => visitTopics(article, (one, phrases) => one.survey(phrases)),
    collect: (article) => visitTopics(article, (one, phrases) => one.collect(article, phrases)),
    count(article) {
      const phrases = extractPhrases(article);
      for (const one of asked) {
        const other = article.topics.some(({ topicId }) => !related(topicId, one.id));
        if (!hasTopic(article, one.id)) one.count(article, phrases, other);
      }
    },
    result: () => asked.map((one) => one.result(limit)),
  };
}

function hasTopic({ topics }: SuggestionArticle, id: string): boolean {
  return topics.some(({ topicId }) => topicId === id);
}

/** Key of a phrase, the same for all its forms → the phrase as written. */
type ArticlePhrases = ReadonlyMap<string, string>;

function extractPhrases({ title, summary, language }: SuggestionArticle): ArticlePhrases {
  const code = ruleLanguage(language);
  const common = stopwords(language);
  const phrases = new Map<string, string>();
  for (const text of [title, summary]) {
    let open: { raw: string; key: string; common: boolean }[] = [];
    eachWord(text, language, (raw, _offset, gap) => {
      if (gap > 0) open = [];
      const word = normalizeWord(raw, language);
      const isCommon = word.length < 2 || common.has(word) || /^\p{N}/u.test(word);
      open = [...open.slice(-(longestPhrase - 1)), { raw, key: phraseKeys(word, code)[0] ?? word, common: isCommon }];
      if (isCommon) return;
      for (let from = 0; from < open.length; from += 1) {
        const words = open.slice(from);
        if (words[0]!.common || (words.length === 1 && word.length < 3)) continue;
        const key = words.map((one) => one.key).join(' ');
        if (!phrases.has(key)) phrases.set(key, words.map((one) => one.raw).join(' '));
      }
    });
  }
  return phrases;
}

interface Candidate {
  /** Number of occurrences by spelling. */
  readonly forms: Map<string, number>;
  readonly sources: Set<SourceId>;
  accepted: number;
  /** Articles with other topics. */
  others: number;
  readonly added: Set<ArticleId>;
  headlines: SuggestionArticle[];
}

class TopicCandidates {
  readonly id: string;
  readonly #known: ReadonlySet<string>;
  readonly #candidates = new Map<string, Candidate>();
  readonly #sources = new Set<SourceId>();
  /** How many articles have a phrase with this hash, up to `minAccepted`. */
  readonly #recurring = new Uint8Array(HASHES);
  #surveyed = 0;
  #articles = 0;
  #others = 0;
  #pruned = false;

  constructor({ id, any, hints, all, near, none }: TopicConfig) {
    this.id = id;
    const own = [...(any ?? []), ...(hints ?? []), ...(all ?? []), ...(near ?? []).flat(), ...(none ?? [])];
    this.#known = new Set(own.map((phrase) => phrase.replace(/^=|\*$/g, '').toLowerCase()));
  }

  survey(phrases: ArticlePhrases): void {
    this.#surveyed += 1;
    if (this.#surveyed > maxAccepted) return;
    for (const key of phrases.keys()) {
      const hash = hashPhrase(key);
      if (this.#recurring[hash]! < minAccepted) this.#recurring[hash]! += 1;
    }
  }

  collect({ sourceId }: SuggestionArticle, phrases: ArticlePhrases): void {
    this.#articles += 1;
    this.#sources.add(sourceId);
    if (this.#articles > maxAccepted) return;
    for (const [key, written] of phrases) {
      if (this.#recurring[hashPhrase(key)]! < minAccepted) continue;
      const known = this.#candidates.get(key) ?? newCandidate();
      this.#candidates.set(key, known);
      known.accepted += 1;
      known.sources.add(sourceId);
      known.forms.set(written, (known.forms.get(written) ?? 0) + 1);
    }
  }

  count(article: SuggestionArticle, phrases: ArticlePhrases, other: boolean): void {
    this.#prune();
    if (other) this.#others += 1;
    for (const key of phrases.keys()) {
      const candidate = this.#candidates.get(key);
      if (!candidate) continue;
      if (other) candidate.others += 1;
      // Further articles cannot make it pure enough.
      if (other && wilson(candidate.accepted, candidate.accepted + candidate.others) < minPurity) {
        this.#candidates.delete(key);
        continue;
      }
      candidate.added.add(article.id);
      candidate.headlines.push(article);
      if (candidate.headlines.length > 2 * headlinesShown) candidate.headlines = newest(candidate.headlines);
    }
  }

  /** The best first. A phrase is left out if earlier ones add the same articles. */
  result(limit: number): TopicSuggestions {
    this.#prune();
    const covered = new Set<ArticleId>();
    const suggestions: Suggestion[] = [];
    for (const [phrase, candidate] of this.#ranked()) {
      if (suggestions.length >= limit) break;
      const fresh = [...candidate.added].filter((id) => !covered.has(id));
      if (fresh.length === 0) continue;
      for (const id of fresh) covered.add(id);
      suggestions.push({
        phrase,
        adds: candidate.added.size,
        accepted: candidate.accepted,
        purity: Math.round(this.#purity(candidate) * 100) / 100,
        headlines: newest(candidate.headlines).map(({ title }) => title),
      });
    }
    return { topicId: this.id, articles: this.#articles, suggestions };
  }

  /** Sorted by purity times added articles. Phrases of a single source may be its boilerplate. */
  #ranked(): [string, Candidate][] {
    const worth = (candidate: Candidate) => this.#purity(candidate) * Math.sqrt(candidate.added.size);
    return [...this.#candidates.values()]
      .filter((one) => one.added.size > 0 && this.#purity(one) >= minPurity)
      .filter(({ sources }) => sources.size > 1 || this.#sources.size === 1)
      .map((candidate): [string, Candidate] => [commonForm(candidate.forms), candidate])
      .filter(([phrase]) => !this.#known.has(phrase.toLowerCase()))
      .sort(([a, one], [b, two]) => worth(two) - worth(one) || (a < b ? -1 : 1));
  }

  // Articles without any topic do not count against a phrase, unless hardly any has another topic.
  #purity({ accepted, others, added }: Candidate): number {
    const against = this.#others >= Math.min(this.#articles, maxAccepted) ? others : added.size;
    return wilson(accepted, accepted + against);
  }

  #prune(): void {
    if (this.#pruned) return;
    this.#pruned = true;
    for (const [key, { accepted }] of this.#candidates) if (accepted < minAccepted) this.#candidates.delete(key);
  }
}

const HASHES = 2 ** 20;

function hashPhrase(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x9e3779b1) ^ (hash >>> 15);
  return hash & (HASHES - 1);
}

function newCandidate(): Candidate {
  return { forms: new Map(), sources: new Set(), accepted: 0, others: 0, added: new Set(), headlines: [] };
}

function newest(articles: readonly SuggestionArticle[]): SuggestionArticle[] {
  const sorted = [...articles].sort(
    (a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  return sorted.slice(0, headlinesShown);
}

function commonForm(forms: ReadonlyMap<string, number>): string {
  return [...forms].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}

/** Lower bound of the share `hits` of `all` (Wilson score, one-sided 95 %). */
function wilson(hits: number, all: number): number {
  const z = 1.645;
  const share = hits / all;
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  return (share + (z * z) / (2 * all) - spread) / (1 + (z * z) / all);
}
