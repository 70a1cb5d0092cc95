/** Explains an article (source, topics, story, places), or why two articles are one story or not. Only reads the store. */

import { explainPair, type PairExplanation } from '../../cluster/explain.js';
import { listScopes, SiteTerms } from '../../cluster/terms/site-terms.js';
import { readArticle } from '../../cluster/text/reading.js';
import { collectProfiles, sourceTitle } from '../../compose/channel-metadata.js';
import { createEntries, mayShowPictures } from '../../compose/entry.js';
import { findArchiveNumber } from '../../model/archive.js';
import type { Article, ArticleRef } from '../../model/article.js';
import { STORIES } from '../../model/channel.js';
import { type HiddenCause, isShown } from '../../model/desk.js';
import type { KnownArticle } from '../../model/identity.js';
import { toOrderKey } from '../../model/order.js';
import { listQuestionChannels } from '../../model/question.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { readNewestStories, toMultiSourceStory } from '../../pipeline/facts/multi-source-stories.js';
import { withReservations } from '../../pipeline/facts/reservations.js';
import { readLeadRules } from '../../pipeline/organize/apply-desk.js';
import { ChannelQuestions } from '../../pipeline/organize/ask-questions.js';
import { listTdmAddresses } from '../../pipeline/organize/enrich/permissions.js';
import { readHead } from '../../pipeline/publish/read-head.js';
import { loadReservations } from '../../pipeline/read/robots/tdmrep-gate.js';
import { isPathReserved, tdmrepUrl } from '../../politeness/tdmrep.js';
import type { Store } from '../../ports/store/store.js';
import { type NearMiss, nearMisses } from '../../tag/report.js';
import { createTagger } from '../../tag/tag.js';
import { toSlug } from '../../text/slug.js';
import { bareHost, urlKey } from '../../text/url/url.js';
import { readStore } from '../open-store.js';
import { loadListedSources } from '../settings-with-listed.js';
import { isLostStore } from '../status/lost-store.js';
import { readSiteStatus, type SourceRow } from '../status/site-status.js';
import { findUnpublished } from '../status/unpublished.js';
import { type ExplainedDesk, explainDesk, explainDeskPair } from './explain-desk.js';
import { explainRules } from './explain-rules.js';
import { type ArticleInPublication, type NotFound, searchArticles, summarizeArticle } from './search-articles.js';

export type ArticleLife = Awaited<ReturnType<typeof explainLife>>;

/** Why an address or id has no article. */
export interface NoArticle extends NotFound {
  readonly kind: 'pending' | 'pruned' | 'lost' | 'unknown';
  /** Its title, if still stored. */
  readonly title: string | null;
  readonly sources: readonly SourceRow[];
}

/** `asked`: an id, an address in any spelling, or words of a headline. Throws StoreError. */
export async function explainArticle(written: Settings, asked: string, now: Date): Promise<ArticleLife | NoArticle> {
  return await readStore(written.store, async (store) => {
    const settings = await loadListedSources(written, store);
    const found = (await searchArticles(store, [asked], settings))(asked);
    return 'titled' in found
      ? await explainAbsence(settings, store, found, now)
      : await explainLife(found, settings, store);
  });
}

export interface ExplainedPair extends PairExplanation {
  readonly kind: 'pair';
  readonly told: readonly [ArticleInPublication, ArticleInPublication];
  readonly desk: Pick<ExplainedDesk, 'file' | 'line'> | null;
}

export async function explainArticlePair(
  settings: Settings,
  asked: readonly [string, string],
  now: Date,
): Promise<ExplainedPair | NoArticle> {
  return await readStore(settings.store, async (store) => {
    const find = await searchArticles(store, asked, settings);
    const [a, b] = [find(asked[0]), find(asked[1])];
    if ('titled' in a) return await explainAbsence(settings, store, a, now);
    if ('titled' in b) return await explainAbsence(settings, store, b, now);
    const stories = await store.findStoryRefs([a.ref, b.ref]);
    const desk = await explainDeskPair([a, b], stories, settings, store);
    return {
      kind: 'pair',
      told: [summarizeArticle(a), summarizeArticle(b)],
      desk,
      ...(await comparePair([a, b], stories, store)),
    };
  });
}

async function comparePair(
  [a, b]: readonly [Article, Article],
  stories: ReadonlyMap<ArticleRef, number>,
  store: Store,
): Promise<PairExplanation> {
  const [record] = await store.stories([...stories].flatMap(([ref, story]) => (ref === b.ref ? [story] : [])));
  const others = (record?.members ?? []).filter(({ article }) => article !== a.ref && article !== b.ref);
  const tellers = others.flatMap((member) => (member.vector === null ? [] : [{ ...member, vector: member.vector }]));
  const one = { ...toPairText(a, stories), others: [] };
  const other = { ...toPairText(b, stories), others: tellers };
  const readings = [one, other].map((text) => ({ sourceId: text.sourceId, reading: readArticle(text) }));
  const weigh = SiteTerms.from(await store.storyTerms(listScopes(readings))).createWeigher();
  return explainPair(one, other, weigh);
}

function toPairText(article: Article, stories: ReadonlyMap<ArticleRef, number>) {
  return {
    ...article,
    publication: [article.attribution.publication.title, article.sourceId],
    publishedAt: article.publishedAt.getTime(),
    story: stories.get(article.ref) ?? null,
  };
}

async function explainLife(article: Article, settings: Settings, store: Store) {
  const profiles = collectProfiles(await store.fetchStates());
  const source = settings.sources.find(({ id }) => id === article.sourceId);
  const named = (id: SourceId) => {
    const known = settings.sources.find((one) => one.id === id);
    return { id, title: sourceTitle(known ?? { id, title: null }, profiles) };
  };
  const copies =
    settings.duplicates === 'fold' ? (await store.findCopyGroups([article.ref])).get(article.ref) : undefined;
  const isFolded = copies !== undefined && copies.canonical !== article.ref;
  const [canonical] = isFolded ? await store.articles([copies.canonical]) : [];
  const announcements = await store.announcements(['waiting', 'sending', 'sent', 'unknown', 'refused']);
  return {
    kind: 'known' as const,
    article,
    source: named(article.sourceId),
    /** The editor's folder or file; null: from a publisher's feed. */
    writtenIn: source?.own?.path ?? null,
    alsoIn: article.alsoIn.map(named),
    rules: await explainRules(article, settings),
    desk: await explainDesk(article, settings, store),
    page: isShown(article) ? pageUrl(`articles/${toSlug(article.id)}.html`, settings) : null,
    picture: pictureState(article, settings),
    topics: article.topics,
    missed: findMissedTopics(article, settings),
    channels: await explainChannels(article, settings, store),
    story: await explainStory(article, settings, store),
    /** The near-duplicate of another source shown instead; null: this article is shown. */
    foldedBehind: canonical === undefined ? null : summarizeArticle(canonical),
    /** Why it is withheld from the commands of `enrich`; null: it is not, or there are no commands. */
    keptBack: await findReservation(article, settings, store),
    places: await listShownPlaces(article, settings, store),
    unpublished: await findUnpublished(store),
    announced: announcements
      .filter(({ kind, subject }) => kind === 'article' && subject === String(article.ref))
      .map(({ target, state, at }) => ({ target, state, at })),
  };
}

async function explainChannels(article: Article, settings: Settings, store: Store) {
  const asked = listQuestionChannels(settings);
  if (asked.length === 0) return [];
  const places = new Set((await store.listPlaces(article.ref)).map(({ channel }) => channel));
  const answers = await new ChannelQuestions(store, asked, settings.duplicates).answer(article);
  return [...answers].map(([channel, parts]) => ({ channel, isIn: places.has(channel), parts }));
}

/** `unsized`: shown only above the article; `none`: no permitted picture in its feed; `uncopied`: only copies are shown. */
function pictureState(article: Article, settings: Settings) {
  if (article.image === null) return 'none';
  if (article.edits?.image === 'none') return 'desk';
  const source = settings.sources.find(({ id }) => id === article.sourceId);
  if (source === undefined || !mayShowPictures(source)) return 'rights';
  const { picture } = createEntries(settings)({ ...article, withdrawnAt: null });
  if (picture === undefined) return settings.images.cache ? 'uncopied' : 'none';
  return picture.width === null || picture.height === null ? 'unsized' : 'shown';
}

async function findReservation(article: Article, { sources, enrich }: Settings, store: Store): Promise<string | null> {
  const source = sources.find(({ id }) => id === article.sourceId);
  if (enrich === undefined || source === undefined) return null;
  const states = await store.fetchStates();
  const { reservation } = withReservations([source], states)[0]!;
  if (reservation !== undefined) return reservation.by ?? 'reservation in the config';
  const sites = await loadReservations(store);
  const reserving = listTdmAddresses(article, source, states).find((url) => {
    const site = sites.get(tdmrepUrl(url));
    return site !== undefined && isPathReserved(site, url);
  });
  return reserving === undefined ? null : tdmrepUrl(reserving);
}

function findMissedTopics(article: Article, { topics }: Settings): NearMiss[] {
  const has = new Set(article.topics.map(({ topicId }) => topicId));
  const judged = createTagger(topics).judge({ ...article, sourceIds: [article.sourceId, ...article.alsoIn] });
  return nearMisses(judged).filter(({ topicId }) => !has.has(topicId));
}

/** null: not in a story with other articles. */
async function explainStory(article: Article, settings: Settings, store: Store) {
  const ref = (await store.findStoryRefs([article.ref])).get(article.ref);
  const [record] = ref === undefined ? [] : await store.stories([ref]);
  const self = record?.members.find((member) => member.article === article.ref);
  if (record === undefined || self === undefined || record.members.length < 2) return null;
  const others = await store.articles(record.members.flatMap((member) => (member === self ? [] : member.article)));
  const reports = record.members.filter(({ role }) => role === 'member');
  const isTold = new Set(reports.map(({ sourceId }) => sourceId)).size > 1;
  return {
    id: record.id,
    page: isTold ? pageUrl(`stories/${toSlug(record.id)}.html`, settings) : null,
    leads: toMultiSourceStory(record, await readLeadRules(settings, store)).lead === article.ref,
    role: self.role,
    others: others.map(explainMember),
  };
}

/** `notShown` is missing if readers see it. */
function explainMember(article: Article) {
  const notShown: HiddenCause | undefined = article.withdrawnAt === null ? article.hidden?.by : 'withdrawn';
  return { ...summarizeArticle(article), ...(notShown && { notShown }) };
}

function pageUrl(path: string, { publish, site }: Settings): string | null {
  return publish.formats.includes('html') ? `${site.feedsUrl}${path}` : null;
}

async function listShownPlaces(article: Article, settings: Settings, store: Store) {
  const places: { channel: string; shown: ShownPlace }[] = [];
  for (const { channel, spot } of await store.listPlaces(article.ref)) {
    places.push({ channel, shown: await findShownPlace({ channel, spot }, article, settings, store) });
  }
  if (isShown(article) && (await isInStories(article.ref, settings, store)))
    places.push({ channel: STORIES, shown: { in: 'head' } });
  return places;
}

async function findShownPlace(
  { channel, spot }: { readonly channel: string; readonly spot: number | null },
  article: Article,
  settings: Settings,
  store: Store,
): Promise<ShownPlace> {
  const { publish } = settings;
  const isConfigured = !OPTIONAL_CHANNEL.test(channel) || listConfiguredChannels(settings).includes(channel);
  if (!isConfigured) return { in: 'nothing', because: 'not-published' };
  const head = await readHead(channel, (refs) => store.articleFacts(refs, 'all'), { store, settings });
  if (head.some(({ ref }) => ref === article.ref)) return { in: 'head' };
  if (article.hidden !== null) return { in: 'nothing', because: 'hidden' };
  if (article.withdrawnAt !== null) return { in: 'nothing', because: 'withdrawn' };
  const oldest = head.at(-1);
  const isPassedOver = spot === null && oldest !== undefined && toOrderKey(article) < toOrderKey(oldest);
  if (isPassedOver) return { in: 'nothing', because: 'source-has-its-third' };
  if (!publish.archive) return { in: 'nothing', because: 'not-published' };
  return spot === null ? { in: 'waiting' } : { in: 'archive', document: findArchiveNumber(spot) };
}

const OPTIONAL_CHANNEL = /^(?:topics|channels|language|sources)\//;

/** Paths of the configured feeds by topic, channel, language and source. */
export function listConfiguredChannels({
  publish,
  topics,
  sources,
  channels = [],
  languages = [],
}: Settings): string[] {
  return [
    ...topics.map(({ id }) => `topics/${id}`),
    ...channels.map(({ id }) => `channels/${id}`),
    ...languages.map((tag) => `language/${tag}`),
    ...(publish.perSource ? sources.map(({ id }) => `sources/${id}`) : []),
  ];
}

/** Place in a channel. `waiting`: left the head, and the next edition archives it. */
type ShownPlace =
  | { readonly in: 'head' | 'waiting' }
  | { readonly in: 'archive'; readonly document: number }
  | { readonly in: 'nothing'; readonly because: 'hidden' | 'withdrawn' | 'not-published' | 'source-has-its-third' };

async function isInStories(ref: ArticleRef, settings: Settings, store: Store): Promise<boolean> {
  if (!settings.publish.stories) return false;
  const newest = await readNewestStories(store, await readLeadRules(settings, store), settings.publish.items);
  return newest.some(({ members }) => members.includes(ref));
}

async function explainAbsence(
  settings: Settings,
  store: Store,
  { asked, titled }: NotFound,
  now: Date,
): Promise<NoArticle> {
  const host = bareHost(asked);
  const [left] = await store.findByKeys([{ kind: 'url', value: urlKey(asked) }]);
  const taken = left === undefined && (await store.takenIds([asked])).has(asked);
  const rows = host === null ? [] : await readSiteStatus(settings, now);
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
