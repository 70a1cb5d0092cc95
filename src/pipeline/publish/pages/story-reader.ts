/** Reads stories for pages and feeds. */

import type { LeadRules } from '../../../cluster/lead.js';
import type { EntryFactory } from '../../../compose/entry.js';
import { pageEntry } from '../../../compose/page-entry.js';
import { type RankedStory, rankStory } from '../../../compose/prominence.js';
import { composeStoryView, type StoryArticle, type StoryView } from '../../../compose/story-view.js';
import type { Article, ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import type { PageEntry } from '../../../model/page.js';
import { countPublications, toReport } from '../../../model/publications.js';
import type { StoryRecord, StoryRef } from '../../../model/story.js';
import type { Store } from '../../../ports/store/store.js';
import { toSlug } from '../../../text/slug.js';
import { toMultiSourceStory } from '../../facts/multi-source-stories.js';

export interface ReadStory {
  readonly ref: StoryRef;
  readonly slug: string;
  /** null: fewer than two publications report it. */
  readonly view: StoryView | null;
  readonly articles: readonly StoryArticle[];
  /** Whether two or more publications reported it, including withdrawn and hidden articles. */
  readonly wasShown: boolean;
}

export interface NamedStory {
  readonly ref: StoryRef;
  readonly slug: string;
  readonly lead: PageEntry;
}

export interface RecentStories {
  readonly prominent: readonly RankedStory[];
  readonly latest: readonly RankedStory[];
}

const AT_ONCE = 50;
/** Number of recent stories examined for prominence. */
const RECENT = 300;
const MAY_BE_TOP = 60;
const LATEST = 90;
const DAY = 86_400_000;

type Reads = Pick<Store, 'stories' | 'recentStories' | 'articles' | 'visibleArticles'>;

export class StoryReader {
  readonly #store: Reads;
  readonly #leads: LeadRules;
  readonly #entryOf: EntryFactory;
  /** All stories read so far, because many stories link to the same ones; null: fewer than two publications. */
  readonly #names = new Map<StoryRef, NamedStory | null>();

  constructor(store: Reads, leads: LeadRules, entryOf: EntryFactory) {
    this.#store = store;
    this.#leads = leads;
    this.#entryOf = entryOf;
  }

  /** Existing stories, each batch from the newest lead, because the next page needs nearly the same older articles. */
  async *read(refs: readonly StoryRef[]): AsyncIterable<ReadStory> {
    for (let at = 0; at < refs.length; at += AT_ONCE) {
      const stories = await this.#readAll(await this.#store.stories(refs.slice(at, at + AT_ONCE)));
      yield* stories.sort((a, b) => leadTime(b) - leadTime(a) || a.ref - b.ref);
    }
  }

  async readViews(refs: readonly StoryRef[]): Promise<StoryView[]> {
    const stories: StoryView[] = [];
    for await (const { view } of this.read(refs)) if (view !== null) stories.push(view);
    return stories;
  }

  /** Visible stories, in the order of `refs`. */
  async readNamed(refs: readonly StoryRef[]): Promise<NamedStory[]> {
    for await (const story of this.read(refs.filter((ref) => !this.#names.has(ref)))) void story;
    return refs.flatMap((ref) => this.#names.get(ref) ?? []);
  }

  async readRecent(): Promise<RecentStories> {
    const records = await this.#store.recentStories(RECENT);
    const latest = records.slice(0, LATEST);
    const prominent = [...records]
      .sort((a, b) => computeMaxWeight(b) - computeMaxWeight(a) || (a.id < b.id ? -1 : 1))
      .slice(0, MAY_BE_TOP);
    const prefer = new Set(this.#leads.prefer);
    const ranked = new Map<StoryRef, RankedStory>();
    const wanted = [...new Set([...latest, ...prominent])];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      for (const { ref, view } of await this.#readAll(wanted.slice(at, at + AT_ONCE))) {
        if (view !== null) ranked.set(ref, rankStory(view, prefer));
      }
    }
    const selectRanked = (some: readonly StoryRecord[]) => some.flatMap(({ ref }) => ranked.get(ref) ?? []);
    return { prominent: selectRanked(prominent), latest: selectRanked(latest) };
  }

  async #readAll(records: readonly StoryRecord[]): Promise<ReadStory[]> {
    const refs = records.flatMap((record) => listReports(record).map(({ article }) => article));
    const visible = await this.#store.visibleArticles([...new Set(refs)]);
    const shown = new Map(visible.filter(isShown).map((article) => [article.ref, article]));
    return await Promise.all(records.map((record) => this.#readOne(record, shown)));
  }

  async #readOne(record: StoryRecord, shown: ReadonlyMap<ArticleRef, Article>): Promise<ReadStory> {
    const reports = listReports(record);
    const articles = reports.flatMap(({ article, sourceId, copyOf }): StoryArticle[] => {
      const known = shown.get(article);
      return known === undefined ? [] : [{ ref: article, sourceId, entry: this.#entryOf(known), copyOf }];
    });
    const { ref, id } = record;
    const view = reports.length === 0 ? null : composeStoryView({ ref, id, lead: toMultiSourceStory(record, this.#leads).lead }, articles); // biome-ignore format: one choice
    this.#names.set(ref, view && { ref, slug: view.slug, lead: pageEntry(view.lead.entry) });
    const wasShown = view !== null || (await this.#wasShown(reports, articles));
    return { ref, slug: toSlug(id), view, articles, wasShown };
  }

  async #wasShown(reports: StoryRecord['members'], shown: readonly StoryArticle[]): Promise<boolean> {
    if (reports.length < 2 || shown.length === reports.length) return false;
    const articles = await this.#store.articles(reports.map(({ article }) => article));
    return countPublications(articles.map(toReport)).size > 1;
  }
}

function leadTime({ view }: ReadStory): number {
  return view?.lead.entry.publishedAt.getTime() ?? 0;
}

function listReports({ members }: StoryRecord): StoryRecord['members'] {
  return members.filter(({ role }) => role === 'member');
}

/** Upper bound of a story's weight in doublings: all articles from different publications, the last one new. */
function computeMaxWeight({ members, lastAt }: StoryRecord): number {
  return Math.log2(members.length) + (lastAt * 3) / DAY;
}
