/** Explains one article (source, topics, story, where it is shown), or why two articles are one story or not. Only reads the store. */
import type { ForeignText } from '../../cluster/across-languages.js';
import { explainPair, type PairExplanation } from '../../cluster/explain.js';
import { SiteTerms, scopesOf } from '../../cluster/terms/site-terms.js';
import { readArticle } from '../../cluster/text/reading.js';
import { profilesOf, sourceTitle } from '../../compose/channel-metadata.js';
import { createEntries, mayShowPictures } from '../../compose/entry.js';
import { archiveDocument } from '../../model/archive.js';
import type { Article, ArticleRef } from '../../model/article.js';
import { STORIES } from '../../model/channel.js';
import { isShown, type NotShown } from '../../model/desk.js';
import type { KnownArticle } from '../../model/identity.js';
import { orderKey } from '../../model/order.js';
import { askedChannels } from '../../model/question.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { multiSourceStory, newestMultiSourceStories } from '../../pipeline/facts/multi-source-stories.js';
import { withReservations } from '../../pipeline/facts/reservations.js';
import { leadRules } from '../../pipeline/organize/apply-desk.js';
import { ChannelQuestions } from '../../pipeline/organize/ask-questions.js';
import { tdmAddresses } from '../../pipeline/organize/enrich/permissions.js';
import { PageLinks } from '../../pipeline/publish/pages/page-links.js';
import { knownReservations } from '../../pipeline/read/robots/tdmrep-gate.js';
import { isReservedAt, tdmrepUrl } from '../../politeness/tdmrep.js';
import type { Store } from '../../ports/store/store.js';
import { type NearMiss, nearMisses } from '../../tag/report.js';
import { createTagger } from '../../tag/tag.js';
import { slugOf } from '../../text/slug.js';
import { bareHost, urlKey } from '../../text/url/url.js';
import { readStore } from '../open-store.js';
import { settingsWithListed } from '../settings-with-listed.js';
import { isLostStore } from '../status/lost-store.js';
import { type SourceRow, siteStatus } from '../status/site-status.js';
import { unpublishedIn } from '../status/unpublished.js';
import { type ExplainedDesk, explainDesk, explainDeskPair } from './explain-desk.js';
import { explainRules } from './explain-rules.js';
import { type ArticleInPublication, inPublication, type NotFound, searchArticles } from './search-articles.js';

/** What each step of a run made of an article, and from which evidence. */
export type ArticleLife = Awaited<ReturnType<typeof lifeOf>>;

/** Why an address or id leads to no article. */
export interface NoArticle extends NotFound {
  readonly kind: 'pending' | 'pruned' | 'lost' | 'unknown';
  /** Its title, where the store still has one. */
  readonly title: string | null;
  /** Configured sources on the host of the address. */
  readonly sources: readonly SourceRow[];
}

/** `asked`: an id, an address in any spelling, or words of a headline. Throws StoreError. */
export async function explainArticle(written: Settings, asked: string, now: Date): Promise<ArticleLife | NoArticle> {
  return await readStore(written.store, async (store) => {
    const settings = await settingsWithListed(written, store);
    const found = (await searchArticles(store, [asked], settings))(asked);
    return 'titled' in found ? await whyNot(settings, store, found, now) : await lifeOf(found, settings, store);
  });
}

export interface ExplainedPair extends PairExplanation {
  readonly kind: 'pair';
  readonly told: readonly [ArticleInPublication, ArticleInPublication];
  /** The entry of the desk that put them together or apart; null: they were compared. */
  readonly desk: Pick<ExplainedDesk, 'file' | 'line'> | null;
}

export async function explainTwo(
  settings: Settings,
  asked: readonly [string, string],
  now: Date,
): Promise<ExplainedPair | NoArticle> {
  return await readStore(settings.store, async (store) => {
    const find = await searchArticles(store, asked, settings);
    const [a, b] = [find(asked[0]), find(asked[1])];
    if ('titled' in a) return await whyNot(settings, store, a, now);
    if ('titled' in b) return await whyNot(settings, store, b, now);
    const stories = await store.storiesOf([a.ref, b.ref]);
    const desk = await explainDeskPair([a, b], stories, settings, store);
    return {
      kind: 'pair',
      told: [inPublication(a), inPublication(b)],
      desk,
      ...(await comparePair([a, b], stories, settings, store)),
    };
  });
}

async function comparePair(
  [a, b]: readonly [Article, Article],
  stories: ReadonlyMap<ArticleRef, number>,
  settings: Settings,
  store: Store,
): Promise<PairExplanation> {
  const [record] = await store.stories([...stories].flatMap(([ref, story]) => (ref === b.ref ? [story] : [])));
  const others = (record?.members ?? []).filter(({ article }) => article !== a.ref && article !== b.ref);
  const tellers = others.flatMap((member) => (member.vector === null ? [] : [{ ...member, vector: member.vector }]));
  const one = { ...textOf(a, stories), others: [] };
  const other = { ...textOf(b, stories), others: tellers };
  const readings = [one, other].map((text) => ({ sourceId: text.sourceId, reading: readArticle(text) }));
  const weigh = SiteTerms.from(await store.storyTerms(scopesOf(readings))).weigher();
  return explainPair(
    one,
    other,
    weigh,
    undefined,
    a.language === b.language ? [] : await nearLater(settings, store, a, b),
  );
}

/** Among which the page of the later one seeks reports in other languages. */
async function nearLater(settings: Settings, store: Store, a: Article, b: Article): Promise<readonly ForeignText[]> {
  const links = new PageLinks(store, createEntries(settings), settings.publish.stories);
  const later = orderKey(a) < orderKey(b) ? a : b; // the newest is the first
  const [summary] = await links.summaries([later.ref]);
  return summary === undefined ? [] : (await links.nearby(summary)).map(({ shown }) => shown);
}

function textOf(article: Article, stories: ReadonlyMap<ArticleRef, number>) {
  return {
    ...article,
    publication: [article.attribution.publication.title, article.sourceId],
    publishedAt: article.publishedAt.getTime(),
    story: stories.get(article.ref) ?? null,
  };
}

// ── what there is ───────────────────────────────────────────────────────────────────────────────────────────────────

async function lifeOf(article: Article, settings: Settings, store: Store) {
  const profiles = profilesOf(await store.fetchStates());
  const source = settings.sources.find(({ id }) => id === article.sourceId);
  const named = (id: SourceId) => {
    const known = settings.sources.find((one) => one.id === id);
    return { id, title: sourceTitle(known ?? { id, title: null }, profiles) };
  };
  const copies = settings.duplicates === 'fold' ? (await store.copiesOf([article.ref])).get(article.ref) : undefined;
  const isFolded = copies !== undefined && copies.canonical !== article.ref;
  const [canonical] = isFolded ? await store.articles([copies.canonical]) : [];
  const announcements = await store.announcements(['waiting', 'sending', 'sent', 'unknown', 'refused']);
  return {
    kind: 'known' as const,
    article,
    source: named(article.sourceId),
    /** The folder or file where the editor wrote it; null: a publisher's feed brings it. */
    writtenIn: source?.own?.path ?? null,
    alsoIn: article.alsoIn.map(named),
    rules: await explainRules(article, settings),
    desk: await explainDesk(article, settings, store),
    /** null: none is published. */
    page: isShown(article) ? pageUrl(`articles/${slugOf(article.id)}.html`, settings) : null,
    picture: pictureState(article, settings),
    topics: article.topics,
    /** Topics that matched something in it but were not assigned. */
    missed: missedTopics(article, settings),
    channels: await explainChannels(article, settings, store),
    story: await explainedStory(article, settings, store),
    /** The near-duplicate of another source that is shown instead; null: this article is shown. */
    foldedBehind: canonical === undefined ? null : inPublication(canonical),
    /** Why the commands of `enrich` do not get it; null: they may, or there are none. */
    keptBack: await whyKeptBack(article, settings, store),
    places: await placesOf(article, settings, store),
    unpublished: await unpublishedIn(store),
    announced: announcements
      .filter(({ kind, subject }) => kind === 'article' && subject === String(article.ref))
      .map(({ target, state, at }) => ({ target, state, at })),
  };
}

/** The conditions of each channel that it meets and misses; none for a folded copy. */
async function explainChannels(article: Article, settings: Settings, store: Store) {
  const asked = askedChannels(settings);
  if (asked.length === 0) return [];
  const places = new Set((await store.placesOf(article.ref)).map(({ channel }) => channel));
  const answers = await new ChannelQuestions(store, asked, settings.duplicates).answer(article);
  return [...answers].map(([channel, parts]) => ({ channel, isIn: places.has(channel), parts }));
}

/** `unsized`: above the article alone; `none`: its feed has none that may be shown; `uncopied`: only copies are shown. */
function pictureState(article: Article, settings: Settings) {
  if (article.image === null) return 'none';
  if (article.edits?.image === 'none') return 'desk';
  const source = settings.sources.find(({ id }) => id === article.sourceId);
  if (source === undefined || !mayShowPictures(source)) return 'rights';
  const { picture } = createEntries(settings)({ ...article, withdrawnAt: null });
  if (picture === undefined) return settings.images.cache ? 'uncopied' : 'none';
  return picture.width === null || picture.height === null ? 'unsized' : 'shown';
}

async function whyKeptBack(article: Article, { sources, enrich }: Settings, store: Store): Promise<string | null> {
  const source = sources.find(({ id }) => id === article.sourceId);
  if (enrich === undefined || source === undefined) return null;
  const states = await store.fetchStates();
  const { reservation } = withReservations([source], states)[0]!;
  if (reservation !== undefined) return reservation.by ?? 'reservation in the config';
  const sites = await knownReservations(store);
  const reserving = tdmAddresses(article, source, states).find((url) => {
    const site = sites.get(tdmrepUrl(url));
    return site !== undefined && isReservedAt(site, url);
  });
  return reserving === undefined ? null : tdmrepUrl(reserving);
}

function missedTopics(article: Article, { topics }: Settings): NearMiss[] {
  const has = new Set(article.topics.map(({ topicId }) => topicId));
  const judged = createTagger(topics).judge({ ...article, sourceIds: [article.sourceId, ...article.alsoIn] });
  return nearMisses(judged).filter(({ topicId }) => !has.has(topicId));
}

/** null: in no story with other articles. */
async function explainedStory(article: Article, settings: Settings, store: Store) {
  const ref = (await store.storiesOf([article.ref])).get(article.ref);
  const [record] = ref === undefined ? [] : await store.stories([ref]);
  const self = record?.members.find((member) => member.article === article.ref);
  if (record === undefined || self === undefined || record.members.length < 2) return null;
  const others = await store.articles(record.members.flatMap((member) => (member === self ? [] : member.article)));
  const reports = record.members.filter(({ role }) => role === 'member');
  const isTold = new Set(reports.map(({ sourceId }) => sourceId)).size > 1;
  return {
    id: record.id,
    page: isTold ? pageUrl(`stories/${slugOf(record.id)}.html`, settings) : null,
    leads: multiSourceStory(record, await leadRules(settings.stories, store)).lead === article.ref,
    role: self.role,
    others: others.map(explainedMember),
  };
}

/** `notShown` is missing where readers see it. */
function explainedMember(article: Article) {
  const notShown: NotShown | undefined = article.withdrawnAt === null ? article.hidden?.by : 'withdrawn';
  return { ...inPublication(article), ...(notShown && { notShown }) };
}

function pageUrl(path: string, { publish, site }: Settings): string | null {
  return publish.formats.includes('html') ? `${site.feedsUrl}${path}` : null;
}

async function placesOf(article: Article, settings: Settings, store: Store) {
  const places: { channel: string; shown: ShownPlace }[] = [];
  for (const { channel, spot } of await store.placesOf(article.ref)) {
    places.push({ channel, shown: await shownIn({ channel, spot }, article, settings, store) });
  }
  if (isShown(article) && (await isInStories(article.ref, settings, store)))
    places.push({ channel: STORIES, shown: { in: 'head' } });
  return places;
}

async function shownIn(
  { channel, spot }: { readonly channel: string; readonly spot: number | null },
  article: Article,
  settings: Settings,
  store: Store,
): Promise<ShownPlace> {
  const { publish } = settings;
  const isConfigured = !OPTIONAL_CHANNEL.test(channel) || configuredChannels(settings).includes(channel);
  if (!isConfigured) return { in: 'nothing', because: 'not-published' };
  if ((await store.head(channel, publish.items)).includes(article.ref)) return { in: 'head' };
  if (article.hidden !== null) return { in: 'nothing', because: 'hidden' };
  if (article.withdrawnAt !== null) return { in: 'nothing', because: 'withdrawn' };
  if (!publish.archive) return { in: 'nothing', because: 'not-published' };
  return spot === null ? { in: 'waiting' } : { in: 'archive', document: archiveDocument(spot) };
}

const OPTIONAL_CHANNEL = /^(?:topics|channels|language|sources)\//;

/** Paths of the feeds that the config has by topic, question, language and source. */
export function configuredChannels({ publish, topics, sources, channels = [], languages = [] }: Settings): string[] {
  return [
    ...topics.map(({ id }) => `topics/${id}`),
    ...channels.map(({ id }) => `channels/${id}`),
    ...languages.map((tag) => `language/${tag}`),
    ...(publish.perSource ? sources.map(({ id }) => `sources/${id}`) : []),
  ];
}

/** Where a channel shows it: `waiting` has left the head, and the next edition archives it. */
type ShownPlace =
  | { readonly in: 'head' | 'waiting' }
  | { readonly in: 'archive'; readonly document: number }
  | { readonly in: 'nothing'; readonly because: 'hidden' | 'withdrawn' | 'not-published' };

async function isInStories(ref: ArticleRef, { publish, stories }: Settings, store: Store): Promise<boolean> {
  if (!publish.stories) return false;
  const newest = await newestMultiSourceStories(store, await leadRules(stories, store), publish.items);
  return newest.some(({ members }) => members.includes(ref));
}

// ── what there is not ───────────────────────────────────────────────────────────────────────────────────────────────

async function whyNot(settings: Settings, store: Store, { asked, titled }: NotFound, now: Date): Promise<NoArticle> {
  const host = bareHost(asked);
  const [left] = await store.known([{ kind: 'url', value: urlKey(asked) }]);
  const taken = left === undefined && (await store.takenIds([asked])).has(asked);
  const rows = host === null ? [] : await siteStatus(settings, now);
  const near = new Set(settings.sources.filter(({ url }) => sharesHost(bareHost(url), host)).map(({ id }) => id));
  return {
    kind: absenceKind(left, taken) ?? ((await isLostStore(settings)) ? 'lost' : 'unknown'),
    asked,
    title: left?.title ?? null,
    titled,
    sources: rows.filter(({ id }) => near.has(id)),
  };
}

function absenceKind(left: KnownArticle | undefined, taken: boolean): NoArticle['kind'] | null {
  if (left !== undefined) return left.id === null ? 'pending' : 'pruned';
  return taken ? 'pruned' : null;
}

function sharesHost(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
