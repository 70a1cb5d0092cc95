/** Tests the rules of the config on stored articles and on a live feed. Stores nothing. */
import { clean } from '../../clean/clean.js';
import type { Draft } from '../../model/article.js';
import type { CleanContext } from '../../model/document.js';
import { NewsloomError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { RulePlace } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import { readByKind } from '../../parse/kinds.js';
import { readAllArticles } from '../../pipeline/facts/every-article.js';
import { loadRules, readNewestDay, toDay, toSiteRules } from '../../pipeline/facts/site-rules.js';
import { HostPacing } from '../../pipeline/read/host-pacing.js';
import type { DueSource } from '../../pipeline/read/host-queue.js';
import { checkRobots } from '../../pipeline/read/robots/robots-gate.js';
import { createRobotsFetcher } from '../../pipeline/read/robots/robots-redirects.js';
import { decideRequest } from '../../politeness/decide-request.js';
import type { Fetcher } from '../../ports/fetcher.js';
import type { Store } from '../../ports/store/store.js';
import type { RuledArticle } from '../../rules/conditions.js';
import type { CompiledRules, MatchingRule, Ruling } from '../../rules/rules.js';
import { urlKey } from '../../text/url/url.js';
import { fetchDocument } from '../add-source/find-feed.js';
import { createFetcher } from '../http-clients.js';
import { machineClock } from '../machine-clock.js';
import { readStore } from '../open-store.js';

export interface TriedRules {
  /** null: all sources, or an address outside the config. */
  readonly sourceId: SourceId | null;
  /** null: not a source, so nothing is stored. */
  readonly stored: TriedArticles | null;
  /** Current articles of the feed, or its problem; null: all sources, without requests. */
  readonly live: TriedArticles | { readonly problem: string } | null;
}

export interface TriedArticle {
  readonly kind: 'article';
  readonly title: string;
  readonly url: string | null;
  readonly ruling: Ruling;
}

export interface TriedArticles {
  readonly articles: number;
  readonly dropped: number;
  readonly held: number;
  /** Rules that drop, hold or tag articles. */
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
  /** Maximum number of headlines, and of examples per rule. */
  readonly limit: number;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * `asked`: id or address of a source, address of a stored article or of another feed; null: all sources. Resolves with null if it is
 * neither an id of a source nor an address. Rejects with StoreError, or with FetchError or ParseError for an unreadable other feed.
 */
export async function tryRules(
  settings: Settings,
  asked: string | null,
  options: TryOptions,
): Promise<TriedRules | TriedArticle | null> {
  const source = settings.sources.find(({ id, url }) => id === asked || url === asked);
  if (source === undefined && asked !== null && !/^https?:\/\/\S+$/i.test(asked)) return null;
  return await readStore(settings.store, async (store) => {
    const rules = await loadRules(toSiteRules(settings), machineClock.elapsed, await readNewestDay(store));
    const trials = new RuleTrials(settings, rules, store, options);
    if (asked === null) return { sourceId: null, stored: await trials.tryStored(null), live: null };
    if (source !== undefined)
      return { sourceId: source.id, stored: await trials.tryStored(source.id), live: await trials.trySource(source) };
    const article = await store.find(urlKey(asked));
    if (article !== null)
      return { kind: 'article', title: article.title, url: article.url, ruling: rules.apply(article) };
    return { sourceId: null, stored: null, live: await trials.tryFeed(asked) };
  });
}

class RuleTrials {
  constructor(
    private readonly settings: Settings,
    private readonly rules: CompiledRules,
    private readonly store: Store,
    private readonly options: TryOptions,
  ) {}

  /** `sourceId` null: all sources. */
  async tryStored(sourceId: SourceId | null): Promise<TriedArticles> {
    const trial = new Trial(this.rules, this.options.limit);
    for await (const articles of readAllArticles(this.store)) {
      for (const article of articles) if (sourceId === null || article.sourceId === sourceId) trial.add(article);
    }
    return trial.result();
  }

  async trySource(source: Source): Promise<TriedArticles | { readonly problem: string }> {
    const path = `sources[${this.settings.sources.indexOf(source)}].`;
    const unset = this.settings.unset?.find((one) => one.path.startsWith(path));
    if (unset !== undefined) return { problem: unset.message };
    const hosts = new Map((await this.store.hosts()).map((host) => [host.host, host]));
    const asking = decideRequest(null, source, hosts, this.options.now, { force: true, runEvery: null });
    if (asking.kind === 'wait') return { problem: `the server asked to wait until ${asking.until.toISOString()}` };
    const { request } = asking;
    const answered = this.#fetch((fetcher) => this.#fetchPolitely({ source, request, failures: 0 }, fetcher));
    return await answered.then((answer) => this.#tryAnswer(source, answer)).catch(describeProblem);
  }

  /** An address outside the config. Rejects with FetchError or ParseError. */
  async tryFeed(url: string): Promise<TriedArticles> {
    const { settings } = this;
    const { signal } = this.options;
    const answer = await this.#fetch((fetcher) => fetchDocument(url, { fetcher, settings, signal }));
    return await this.#tryAnswer({ id: '', title: null, content: 'summary' }, answer);
  }

  async #fetch<T>(work: (fetcher: Fetcher) => Promise<T>): Promise<T> {
    const fetcher = createFetcher(this.settings);
    return await work(fetcher).finally(() => fetcher.close());
  }

  /** Like a run, obeys robots.txt if the source's kind requires that. */
  async #fetchPolitely(due: DueSource, fetcher: Fetcher): Promise<FetchResult> {
    const { now, signal } = this.options;
    const limits = this.settings.fetch;
    const asking = { fetcher, limits, now, clock: machineClock, signal, pacing: new HostPacing() };
    const { refused, memory } = await checkRobots([due], { ...asking, memory: new Map() });
    if (refused[0] !== undefined) return refused[0].answer;
    const following = createRobotsFetcher({ ...asking, memory: new Map(memory), spacingMs: limits.spacingMs });
    return await following.fetch(due.request, signal);
  }

  async #tryAnswer(
    source: Pick<Source, 'id' | 'title' | 'content' | 'own' | 'reading'>,
    answer: FetchResult,
  ): Promise<TriedArticles> {
    const trial = new Trial(this.rules, this.options.limit);
    for (const draft of await cleanAnswer(source, answer, this.settings.credits))
      trial.add({ ...draft, sourceId: source.id, publishedAt: draft.claimedPublishedAt });
    return trial.result();
  }
}

/** Empty after a 304. Throws FetchError or ParseError. */
export async function cleanAnswer(
  source: CleanContext['source'],
  answer: FetchResult,
  credits: readonly string[],
): Promise<readonly Draft[]> {
  if (answer.kind === 'failed') throw answer.error;
  if (answer.kind === 'not-modified') return [];
  const { body, contentType, finalUrl: documentUrl } = answer;
  const feed = await readByKind(source, { body, contentType, url: documentUrl });
  const unknown = { commonParameters: null, titleEnding: null, furniture: [], usualLanguage: null };
  return clean(feed, { source, documentUrl, contentLanguage: null, credits, ...unknown }).drafts;
}

function describeProblem(error: unknown): { readonly problem: string } {
  if (error instanceof NewsloomError) return { problem: error.message };
  throw error;
}

class Trial {
  readonly #rules: CompiledRules;
  readonly #limit: number;
  readonly #dropping = new Map<
    string,
    { at: RulePlace; articles: number; examples: { title: string; url: string | null }[] }
  >();
  readonly #limited: { article: RuledArticle; rule: NonNullable<Ruling['limited']> }[] = [];
  readonly #headlines: { from: string; to: string; at: RulePlace }[] = [];
  #articles = 0;
  #dropped = 0;
  #held = 0;
  #retitled = 0;

  constructor(rules: CompiledRules, limit: number) {
    this.#rules = rules;
    this.#limit = limit;
  }

  add(article: RuledArticle): void {
    const { dropped, held, limited, topics, retitled } = this.#rules.apply(article);
    this.#articles++;
    if (retitled !== null) {
      this.#retitled++;
      const headline = { from: article.title, to: retitled.title, at: retitled.at };
      if (this.#headlines.length < this.#limit) this.#headlines.push(headline);
    }
    for (const rule of topics) this.#count(rule, article);
    if (dropped !== null) this.#drop(dropped, article);
    else if (held !== null) {
      this.#held++;
      this.#count(held, article);
    } else if (limited !== null) this.#limited.push({ article, rule: limited });
  }

  #drop(rule: MatchingRule, article: RuledArticle): void {
    this.#dropped++;
    this.#count(rule, article);
  }

  #count({ rule, at }: MatchingRule, { title, url }: RuledArticle): void {
    const entry = this.#dropping.get(rule) ?? { at, articles: 0, examples: [] };
    this.#dropping.set(rule, entry);
    entry.articles++;
    if (entry.examples.length < this.#limit) entry.examples.push({ title, url });
  }

  result(): TriedArticles {
    const time = ({ article }: { article: RuledArticle }) => article.publishedAt?.getTime() ?? 0;
    const counts = new Map<string, number>();
    for (const one of this.#limited.splice(0).sort((a, b) => time(b) - time(a))) {
      const day = `${toDay(new Date(time(one)))} ${one.article.sourceId}`;
      counts.set(day, (counts.get(day) ?? 0) + 1);
      if (counts.get(day)! > one.rule.most) this.#drop(one.rule, one.article);
    }
    return {
      articles: this.#articles,
      dropped: this.#dropped,
      held: this.#held,
      rules: [...this.#dropping].map(([rule, entry]) => ({ rule, ...entry })),
      retitled: this.#retitled,
      headlines: this.#headlines,
    };
  }
}
