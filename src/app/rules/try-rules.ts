/** Shows what the rules of the config would do to stored articles and to a live feed. Nothing is stored. */
import { clean } from '../../clean/clean.js';
import { createHttpFetcher } from '../../fetch/http.js';
import { NewsloomError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { RulePlace } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import { readByKind } from '../../parse/kinds.js';
import { everyArticle } from '../../pipeline/facts/every-article.js';
import { siteRulesOf } from '../../pipeline/facts/site-rules.js';
import { HostPacing } from '../../pipeline/read/host-pacing.js';
import type { DueSource } from '../../pipeline/read/host-queue.js';
import { askRobots } from '../../pipeline/read/robots/robots-gate.js';
import { followingRobots } from '../../pipeline/read/robots/robots-redirects.js';
import { decideRequest } from '../../politeness/decide-request.js';
import type { Fetcher } from '../../ports/fetcher.js';
import type { Store } from '../../ports/store/store.js';
import type { RuledArticle } from '../../rules/conditions.js';
import { type CompiledRules, compileRules, type Ruling } from '../../rules/rules.js';
import { urlKey } from '../../text/url/url.js';
import { fetchDocument } from '../add-source/find-feed.js';
import { machineClock } from '../machine-clock.js';
import { openStore } from '../open-store.js';
import { userAgent } from '../user-agent.js';

export interface TriedRules {
  /** null: an address that no source of the config has, or all sources. */
  readonly sourceId: SourceId | null;
  /** null: no source, so nothing is stored of it. */
  readonly stored: TriedArticles | null;
  /** What stands in the feed now, or why it cannot be read. null: of all sources, none of which is asked. */
  readonly live: TriedArticles | { readonly problem: string } | null;
}

export interface TriedArticle {
  readonly kind: 'article';
  readonly title: string;
  readonly url: string | null;
  readonly ruling: Ruling;
}

/** Rulings on many articles. */
export interface TriedArticles {
  readonly articles: number;
  readonly dropped: number;
  /** Those that drop something, in the order in which they were met. */
  readonly rules: readonly DroppingRule[];
  readonly retitled: number;
  readonly headlines: readonly { readonly from: string; readonly to: string; readonly at: RulePlace }[];
}

interface DroppingRule {
  readonly rule: string;
  readonly at: RulePlace;
  readonly articles: number;
  readonly examples: readonly { readonly title: string; readonly url: string | null }[];
}

export interface TryOptions {
  /** Examples of each rule, and headlines. */
  readonly limit: number;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * `asked`: the id or the address of a source, the address of a stored article, or that of a feed that is no source yet; null: all sources. A
 * result of null: neither an id of a source nor an address. Rejects with StoreError, or with FetchError or ParseError where such a feed cannot be read.
 */
export async function tryRules(
  settings: Settings,
  asked: string | null,
  options: TryOptions,
): Promise<TriedRules | TriedArticle | null> {
  const rules = await compileRules(siteRulesOf(settings));
  const source = settings.sources.find(({ id, url }) => id === asked || url === asked);
  if (source === undefined && asked !== null && !/^https?:\/\/\S+$/i.test(asked)) return null;
  const store = await openStore(settings.store, 'read');
  try {
    if (asked === null) return { sourceId: null, stored: await tryOnStored(null, rules, store, options), live: null };
    if (source !== undefined) return await tryOnSource(source, settings, rules, store, options);
    const article = await store.find(urlKey(asked));
    if (article !== null) {
      return { kind: 'article', title: article.title, url: article.url, ruling: rules.apply(article) };
    }
    return { sourceId: null, stored: null, live: await tryOnFeed(asked, settings, rules, options) };
  } finally {
    await store.close();
  }
}

async function tryOnSource(
  source: Source,
  settings: Settings,
  rules: CompiledRules,
  store: Store,
  options: TryOptions,
): Promise<TriedRules> {
  const stored = await tryOnStored(source.id, rules, store, options);
  const path = `sources[${settings.sources.indexOf(source)}].`;
  const unset = settings.unset?.find((one) => one.path.startsWith(path));
  if (unset !== undefined) return { sourceId: source.id, stored, live: { problem: unset.message } };
  const hosts = new Map((await store.hosts()).map((host) => [host.host, host]));
  const asking = decideRequest(null, source, hosts, options.now, { force: true, runEvery: null });
  const live =
    asking.kind === 'wait'
      ? { problem: `its host asked to be left alone until ${asking.until.toISOString()}` }
      : await tryOnRequest(source, settings, rules, asking.request, options).catch(problemOf);
  return { sourceId: source.id, stored, live };
}

/** `sourceId` null: of all sources. */
async function tryOnStored(
  sourceId: SourceId | null,
  rules: CompiledRules,
  store: Store,
  { limit }: TryOptions,
): Promise<TriedArticles> {
  const trial = new Trial(rules, limit);
  for await (const articles of everyArticle(store)) {
    for (const article of articles) if (sourceId === null || article.sourceId === sourceId) trial.add(article);
  }
  return trial.result();
}

function problemOf(error: unknown): { readonly problem: string } {
  if (error instanceof NewsloomError) return { problem: error.message };
  throw error;
}

async function tryOnRequest(
  source: Source,
  settings: Settings,
  rules: CompiledRules,
  request: Extract<ReturnType<typeof decideRequest>, { kind: 'ask' }>['request'],
  options: TryOptions,
): Promise<TriedArticles> {
  const fetcher = createHttpFetcher({ ...settings.fetch, userAgent: userAgent(settings) });
  try {
    const answer = await askPolitely({ source, request, failures: 0 }, fetcher, settings, options);
    if (answer.kind === 'failed') throw answer.error;
    return await tryOnAnswer(source, answer, settings, rules, options);
  } finally {
    await fetcher.close();
  }
}

/** As a run does: after robots.txt, where the source's kind asks that first. */
async function askPolitely(
  due: DueSource,
  fetcher: Fetcher,
  { fetch: limits }: Settings,
  { now, signal }: TryOptions,
): Promise<FetchResult> {
  const asking = { fetcher, limits, now, clock: machineClock, signal, pacing: new HostPacing() };
  const { refused, memory } = await askRobots([due], { ...asking, memory: new Map() });
  if (refused[0] !== undefined) return refused[0].answer;
  const following = followingRobots({ ...asking, memory: new Map(memory), spacingMs: limits.spacingMs });
  return await following.fetch(due.request, signal);
}

async function tryOnFeed(
  url: string,
  settings: Settings,
  rules: CompiledRules,
  options: TryOptions,
): Promise<TriedArticles> {
  const fetcher = createHttpFetcher({ ...settings.fetch, userAgent: userAgent(settings) });
  try {
    const answer = await fetchDocument(url, fetcher, settings, options.signal);
    return await tryOnAnswer({ id: '', title: null, content: 'summary' }, answer, settings, rules, options);
  } finally {
    await fetcher.close();
  }
}

async function tryOnAnswer(
  source: Pick<Source, 'id' | 'title' | 'content' | 'own' | 'reading'>,
  answer: Exclude<FetchResult, { kind: 'failed' }>,
  { credits }: Settings,
  rules: CompiledRules,
  { limit }: TryOptions,
): Promise<TriedArticles> {
  const trial = new Trial(rules, limit);
  if (answer.kind === 'not-modified') return trial.result();
  const { body, contentType, finalUrl: documentUrl } = answer;
  const feed = await readByKind(source, { body, contentType, url: documentUrl });
  const { drafts } = clean(feed, {
    source,
    documentUrl,
    contentLanguage: null,
    credits,
    commonParameters: null,
    titleEnding: null,
  });
  for (const draft of drafts) trial.add({ ...draft, sourceId: source.id });
  return trial.result();
}

/** Applies the rules to one article after the other. */
class Trial {
  readonly #rules: CompiledRules;
  readonly #limit: number;
  readonly #dropping = new Map<
    string,
    { at: RulePlace; articles: number; examples: { title: string; url: string | null }[] }
  >();
  readonly #headlines: { from: string; to: string; at: RulePlace }[] = [];
  #articles = 0;
  #dropped = 0;
  #retitled = 0;

  constructor(rules: CompiledRules, limit: number) {
    this.#rules = rules;
    this.#limit = limit;
  }

  add(article: RuledArticle): void {
    const { dropped, retitled } = this.#rules.apply(article);
    this.#articles++;
    if (retitled !== null) {
      this.#retitled++;
      const headline = { from: article.title, to: retitled.title, at: retitled.at };
      if (this.#headlines.length < this.#limit) this.#headlines.push(headline);
    }
    if (dropped === null) return;
    this.#dropped++;
    const entry = this.#dropping.get(dropped.rule) ?? { at: dropped.at, articles: 0, examples: [] };
    this.#dropping.set(dropped.rule, entry);
    entry.articles++;
    if (entry.examples.length < this.#limit) entry.examples.push({ title: article.title, url: article.url });
  }

  result(): TriedArticles {
    return {
      articles: this.#articles,
      dropped: this.#dropped,
      rules: [...this.#dropping].map(([rule, entry]) => ({ rule, ...entry })),
      retitled: this.#retitled,
      headlines: this.#headlines,
    };
  }
}
