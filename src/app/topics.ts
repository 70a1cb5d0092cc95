/** Tests topics on a text, reports their use in recent articles, and suggests phrases. */
import { determineLanguage } from '../clean/language.js';
import type { Article, TopicTag } from '../model/article.js';
import { isShown, listShownTopics } from '../model/desk.js';
import type { Settings } from '../model/settings.js';
import { decodeHtml } from '../parse/encoding/decode.js';
import { readAllArticles } from '../pipeline/facts/every-article.js';
import { createTagging, listDefaultTopics, retag, type SiteTagger } from '../pipeline/facts/tagging.js';
import { createTopicsReport, type NearMiss, nearMisses, type TopicReport } from '../tag/report.js';
import { createSuggestionFinder, type TopicSuggestions } from '../tag/suggest.js';
import { createTagger, type Taggable, type Tagger } from '../tag/tag.js';
import { toLanguageTag } from '../text/language.js';
import { readMarkup } from '../text/markup.js';
import { plainLine } from '../text/plain.js';
import { urlKey } from '../text/url/url.js';
import { fetchDocument } from './add-source/find-feed.js';
import { type ExplainedDesk, explainDesk } from './explain/explain-desk.js';
import { createFetcher } from './http-clients.js';
import { readStore } from './open-store.js';

export interface TriedText {
  readonly from: 'text' | 'article' | 'page';
  readonly title: string;
  readonly language: string | null;
  readonly topics: readonly TopicTag[];
  readonly missed: readonly NearMiss[];
  /** The desk's decision on the topics of a stored article; null: none. */
  readonly desk: DeskTopics | null;
}

interface DeskTopics {
  readonly file: string;
  readonly line: number;
  /** As written in the file: `+id`, `-id`. */
  readonly topics: readonly string[];
}

/** `asked`: a text, or the address of a stored article or a page. Throws StoreError, FetchError. */
export async function tryTopics(settings: Settings, asked: string, signal: AbortSignal): Promise<TriedText> {
  if (!isTypedAddress(asked)) return judgeText(settings, 'text', addLanguage({ title: asked }));
  const stored = await findStoredArticle(settings, asked.trim());
  if (stored !== null) return judgeText(settings, 'article', stored.article, stored.desk);
  return judgeText(settings, 'page', addLanguage(await readPage(settings, asked.trim(), signal)));
}

export function isTypedAddress(asked: string): boolean {
  return /^https?:\/\/\S+$/i.test(asked.trim());
}

/** Detects the language like a build. The page's declared language counts as a feed's, which is often a wrong default. */
export function addLanguage(text: Taggable): Taggable {
  const declared = { item: null, feed: text.language ?? null, usual: null };
  return { ...text, language: determineLanguage(declared, `${text.title}\n${text.summary ?? ''}`) };
}

function judgeText(
  settings: Settings,
  from: TriedText['from'],
  text: Taggable,
  desk: DeskTopics | null = null,
): TriedText {
  const tagger = createSiteTagger(settings);
  const topics = tagger.tag(text);
  const has = new Set(topics.map(({ topicId }) => topicId));
  const missed = nearMisses(tagger.judge(text)).filter(({ topicId }) => !has.has(topicId));
  return { from, title: text.title, language: text.language ?? null, topics, missed, desk };
}

function createSiteTagger(settings: Settings): Tagger {
  return createTagger(settings.topics, { defaults: listDefaultTopics(settings.sources) });
}

interface StoredText {
  readonly article: Taggable;
  readonly desk: DeskTopics | null;
}

async function findStoredArticle(settings: Settings, url: string): Promise<StoredText | null> {
  return await readStore(settings.store, async (store) => {
    const article = await store.find(urlKey(url));
    if (article === null) return null;
    const desk = pickDeskTopics(await explainDesk(article, settings, store));
    return { article: { ...article, sourceIds: [article.sourceId, ...article.alsoIn] }, desk };
  });
}

function pickDeskTopics(desk: ExplainedDesk | null): DeskTopics | null {
  const topics = desk?.entry.topics ?? [];
  return desk === null || topics.length === 0 ? null : { file: desk.file, line: desk.line, topics };
}

async function readPage(settings: Settings, url: string, signal: AbortSignal): Promise<Taggable> {
  const fetcher = createFetcher(settings);
  try {
    const { body, contentType } = await fetchDocument(url, { fetcher, settings, signal });
    return { ...readPageText(decodeHtml(body, contentType).text, url), url };
  } finally {
    await fetcher.close();
  }
}

/** Title, description and body text of a page, in linear time. */
export function readPageText(html: string, url: string): Taggable {
  const head = { title: '', summary: '', language: null as string | null };
  let isTitle = false;
  let titles = 0;
  readMarkup(html, {
    open: (name, attributes) => {
      if (name === 'html') head.language ??= toLanguageTag(attributes.lang ?? null);
      else if (name === 'meta' && attributes.name?.toLowerCase() === 'description')
        head.summary ||= plainLine(attributes.content ?? '');
      else if (name === 'title') isTitle = ++titles === 1;
    },
    close: (name) => {
      if (name === 'title') isTitle = false;
    },
    text: (value) => {
      if (isTitle && head.title.length < MAX_TITLE) head.title += value;
    },
  });
  return { ...head, title: plainLine(head.title) || url, contentHtml: cutBodyHtml(html) };
}

const MAX_TITLE = 2_000;
const MAX_BODY = 500_000;

function cutBodyHtml(html: string): string {
  const start = html.search(/<(?:article|main|body)[\s>]/i);
  return (start < 0 ? html : html.slice(start)).slice(0, MAX_BODY);
}

export interface RecentTopics {
  readonly since: Date;
  readonly articles: number;
  readonly topics: readonly TopicReport[];
}

const DAY = 86_400_000;

/** Reports on articles of the last `days` days. Throws StoreError. */
export async function reportTopics(settings: Settings, days: number, limit: number, now: Date): Promise<RecentTopics> {
  const since = new Date(now.getTime() - days * DAY);
  const report = createTopicsReport(settings.topics, createSiteTagger(settings), { limit });
  const tagger = await createTagging(settings).load();
  let count = 0;
  await readArticles(settings, 1, (article) => {
    if (article.publishedAt < since) return;
    report.add({ ...article, sourceIds: [article.sourceId, ...article.alsoIn] }, listShownTags(article, tagger));
    count++;
  });
  return { since, articles: count, topics: report.result() };
}

/** Its topics with those of rules, commands and the desk. */
function listShownTags(article: Article, tagger: SiteTagger): TopicTag[] {
  const topics = retag(tagger, article);
  const byId = new Map(topics.map((tag) => [tag.topicId, tag]));
  const shown = listShownTopics({ topics, edits: article.edits });
  return shown.map((topicId) => byId.get(topicId) ?? { topicId, score: 0, because: [] });
}

/**
 * Suggests up to `limit` phrases per topic that match more of its articles; `topicId` null: for all topics. Reads all stored articles.
 * Throws StoreError.
 */
export async function suggestPhrases(
  settings: Settings,
  topicId: string | null,
  limit: number,
): Promise<readonly TopicSuggestions[]> {
  const ids = settings.topics.map(({ id }) => id).filter((id) => topicId === null || id === topicId);
  const finder = createSuggestionFinder(settings.topics, ids, limit);
  const passes = [finder.survey, finder.collect, finder.count];
  await readArticles(settings, passes.length, (article, pass) => passes[pass - 1]!(article));
  return finder.result();
}

/** Reads all visible articles, `passes` times in the same order. */
async function readArticles(
  settings: Settings,
  passes: number,
  read: (article: Article, pass: number) => void,
): Promise<void> {
  await readStore(settings.store, async (store) => {
    for (let pass = 1; pass <= passes; pass += 1)
      for await (const articles of readAllArticles(store))
        for (const article of articles) if (isShown(article)) read(article, pass);
  });
}
