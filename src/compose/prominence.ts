/** Ranks stories by their publications and the age of each first report. The newest article counts as now. */
import type { SourceId } from '../model/source.js';
import { loadStemmer, primaryLanguage } from '../text/stem.js';
import { eachWord, normalizeWord, stopwords } from '../text/words.js';
import { publicationKey, type StoryArticle, type StoryView } from './story-view.js';

const HALF_LIFE = 8 * 3_600_000;
/** A story is outdated if its last publication joined this long before the newest article. */
const MAX_NEWS_AGE = 48 * 3_600_000;
/** The vote of a publication that repeats another's text. */
const COPY = 0.25;
const PREFERRED = 0.25;
const LEAST_VOTES = 2;
const MOST = 8;
/** Minimum number of top stories if available, regardless of their topics. */
const FEWEST = 3;
/** Maximum number of leads of one publication, and of stories with the same first topic. */
const MAX_ALIKE = 2;
/** Two headlines with this many capitalized words in common, half of the shorter one, tell of one event. */
const SAME_EVENT = 3;

export interface RankedStory extends StoryView {
  readonly votes: number;
  /** Binary logarithm of all votes, each halved by age, in millionths. Its order does not depend on the time. */
  readonly weight: number;
  /** When the last of its publications joined, epoch milliseconds. */
  readonly joinedAt: number;
}

/** `prefer`: sources with an additional vote. */
export function rankStory(story: StoryView, prefer: ReadonlySet<SourceId>): RankedStory {
  const by = new Map<string, StoryArticle[]>(story.publications.map((one) => [publicationKey(one), []]));
  for (const article of story.articles) by.get(publicationKey(article))?.push(article);
  const first = new Set(story.course.map(({ article }) => article));
  const votes = [...by.values()].map((articles) => {
    const isOriginal = articles.some((article) => first.has(article) || article.entry.isOwn === true);
    const isPreferred = articles.some(({ sourceId }) => prefer.has(sourceId));
    const vote = (isOriginal ? 1 : COPY) + (isPreferred ? PREFERRED : 0);
    return { vote, at: articles[0]!.entry.publishedAt.getTime() };
  });
  const joinedAt = Math.max(...votes.map(({ at }) => at));
  return { ...story, votes: votes.reduce((sum, { vote }) => sum + vote, 0), weight: weighVotes(votes), joinedAt };
}

/** Without the last digits, in which machines differ. `at`: epoch milliseconds. */
export function weighVotes(votes: readonly { readonly vote: number; readonly at: number }[]): number {
  const last = Math.max(...votes.map(({ at }) => at));
  const aged = votes.reduce((sum, { vote, at }) => sum + vote * 2 ** ((at - last) / HALF_LIFE), 0);
  return Math.round((Math.log2(aged) + last / HALF_LIFE) * 1e6);
}

/** Each vote halves every eight hours after its publication's first report. Ties: the older story, then the smaller id. */
export function compareProminence(a: RankedStory, b: RankedStory): number {
  return b.weight - a.weight || findStart(a) - findStart(b) || (a.id < b.id ? -1 : 1);
}

function findStart({ articles }: StoryView): number {
  return articles[0]!.entry.publishedAt.getTime();
}

/**
 * The most prominent stories besides pinned ones. A story is led by another report if the publication of its lead already
 * leads enough of them. `newest`: the edition's newest date, epoch milliseconds.
 */
export function topStories(
  stories: readonly RankedStory[],
  newest: number,
  pinned: readonly { readonly entry: StoryArticle['entry']; readonly story: StoryView | null }[],
): RankedStory[] {
  const taken = new Set(pinned.flatMap(({ story }) => story?.ref ?? []));
  const counts = new Counts();
  for (const { entry } of pinned) counts.add(entry);
  const news = stories
    .filter(({ ref, votes, joinedAt }) => !taken.has(ref) && votes >= LEAST_VOTES && newest - joinedAt <= MAX_NEWS_AGE)
    .sort(compareProminence);
  const chosen = new Set<RankedStory>();
  const events = new Events();
  for (const { entry } of pinned) events.add([entry]);
  const take = (story: RankedStory, most: number, hasRoom: (lead: StoryArticle['entry']) => boolean) => {
    const lead = story.lead.entry;
    if (pinned.length + chosen.size >= most || events.has(lead) || !hasRoom(lead)) return;
    chosen.add(story);
    events.add(story.publications.map(({ entry }) => entry));
  };
  for (const story of news) take(story, MOST, (lead) => counts.addTopic(lead));
  for (const story of news) take(story, FEWEST, () => true);
  return news.filter((story) => chosen.has(story)).map((story) => ({ ...story, lead: counts.addLead(story) }));
}

interface Headline {
  readonly language: string;
  readonly words: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** Headlines of stories on top. An event that was divided into several stories is shown once. */
class Events {
  readonly #headlines: Headline[] = [];

  add(reports: readonly StoryArticle['entry'][]): void {
    this.#headlines.push(...reports.map(toHeadline));
  }

  has(report: StoryArticle['entry']): boolean {
    const { language, words, names } = toHeadline(report);
    return this.#headlines.some((one) => {
      const common = [...names].filter((word) => one.names.has(word)).length;
      return one.language === language && common >= SAME_EVENT && 2 * common >= Math.min(words.size, one.words.size);
    });
  }
}

/** `names`: capitalized words; none if all long words are, as in many headlines: "Quake Hits Chile" is not "Quake Hits Japan". */
function toHeadline({ title, language }: StoryArticle['entry']): Headline {
  const [words, names] = [new Set<string>(), new Set<string>()];
  const [stem, common] = [loadStemmer(language), stopwords(language)];
  let isSentence = false;
  eachWord(title ?? '', language, (raw) => {
    const word = normalizeWord(raw, language);
    const isName = /^\p{Lu}/u.test(raw);
    if (!isName && raw.length > 3) isSentence = true;
    if (common.has(word)) return;
    words.add(stem(word));
    if (isName) names.add(stem(word));
  });
  return { language: primaryLanguage(language), words, names: isSentence ? names : new Set() };
}

class Counts {
  readonly #counts = new Map<string, number>();

  add(entry: StoryArticle['entry']): void {
    this.addTopic(entry);
    this.#add(leadKey({ entry }));
  }

  /** false: there are enough stories on its first topic. */
  addTopic({ topics: [first] }: StoryArticle['entry']): boolean {
    return first === undefined || this.#add(`topic ${first.id}`);
  }

  /** The lead, else the first report of a publication with room, in the language of the lead. */
  addLead({ lead, publications }: StoryView): StoryArticle {
    const language = primaryLanguage(lead.entry.language);
    const others = publications.filter(({ entry }) => primaryLanguage(entry.language) === language);
    const found = [lead, ...others].find((one) => this.#add(leadKey(one)));
    return found ?? lead;
  }

  #add(key: string): boolean {
    const count = this.#counts.get(key) ?? 0;
    if (count >= MAX_ALIKE) return false;
    this.#counts.set(key, count + 1);
    return true;
  }
}

function leadKey(article: Pick<StoryArticle, 'entry'>): string {
  return `publication ${publicationKey(article)}`;
}
