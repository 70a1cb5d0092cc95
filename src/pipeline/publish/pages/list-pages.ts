/** Builds pages with lists: index, topics, publications, archive. Reads only lists that changed. */

import type { LeadRules } from '../../../cluster/lead.js';
import { listFormerPaths } from '../../../compose/former-paths.js';
import type { EditionSettings } from '../../../compose/settings.js';
import { findById } from '../../../compose/with-id.js';
import { ARCHIVE_ARTICLES, countArchiveDocuments } from '../../../model/archive.js';
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Edition, ListedChannel } from '../../../model/edition.js';
import type { ChannelList, Counted, ListPage } from '../../../model/page.js';
import type { ChannelFacts } from '../../../ports/store/channels.js';
import { compareAlphabetically } from '../../../text/stem.js';
import { forwardingPage } from '../../../write/html/forward.js';
import { archivePath } from '../../../write/html/frame.js';
import { joinListInputs } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';
import { embeddedChannel, embeddedIndex } from './embedded-lists.js';
import { foldStories } from './fold-stories.js';
import { type ListFiles, listFile } from './list-file.js';
import type { ListedArticle, ListedArticles, ListedDeps } from './listed-articles.js';
import { composeIndexTop, selectListedStories } from './page-stories.js';
import { findOtherReporters } from './reported-by.js';
import type { RecentStories, StoryReader } from './story-reader.js';

export interface ListDeps extends ListedDeps {
  readonly leads: LeadRules;
  /** In display order. */
  readonly pins: readonly ArticleRef[];
}

export interface ListPages extends ListFiles {
  readonly edition: Edition;
  readonly reader: StoryReader;
  readonly stories: RecentStories;
  readonly facts: ReadonlyMap<ChannelPath, ChannelFacts>;
  /** `archives`: paths of pages. */
  readonly touched: { readonly channels: ReadonlySet<ChannelPath>; readonly archives: ReadonlySet<string> };
  readonly listed: ListedArticles;
}

const PAGED: ReadonlySet<ListedChannel['kind']> = new Set(['topic', 'source', 'channel', 'language', 'author']);

/** On the index, as for topics and publications. */
const INDEX_AUTHORS = 10;

export async function* listPages(deps: ListDeps, work: ListPages): AsyncIterable<PartFile> {
  const hasAll = work.edition.channels.some(({ path }) => path === 'all');
  const { articles, leaving } = hasAll ? await work.listed.loadHead('all') : { articles: [], leaving: [] };
  await work.listed.load(leaving);
  const archived = work.facts.get('all')?.archived ?? 0;
  const last = deps.settings.publish.archive ? countArchiveDocuments(archived + leaving.length) : 0;
  const leads = deps.settings.publish.stories ? articles : [];
  const stories = await findOtherReporters(deps.store, leads, deps.leads);
  const entries = articles.map(({ ref, entry }) => ({ ...entry, alsoReportedBy: stories.get(ref) ?? [] }));
  const newest = articles[0]?.publishedAt.getTime() ?? 0;
  const top = await composeIndexTop(work.stories, newest, { ...deps, reader: work.reader });
  yield indexPage(deps, work, { top, articles, entries });
  const latest: ListPage = { kind: 'latest', entries, lastArchive: last || null };
  const about = [latest.kind, latest.lastArchive];
  yield await listFile({ path: 'latest.html', about, load: async () => latest, touched: true }, (page) => work.writer.list(page), work); // biome-ignore format: one page
  yield* storyList(work);
  yield* embeddedIndex(deps.settings, { entries, top }, work);
  for (const channel of work.edition.channels) {
    if (PAGED.has(channel.kind)) yield* channelPage(deps, work, channel);
  }
  yield* archivePages(work, { channel: 'all', label: null, archived, leaving, last });
}

type IndexPage = Extract<ListPage, { kind: 'index' }>;

function indexPage(
  deps: ListDeps,
  work: ListPages,
  shown: Pick<IndexPage, 'top' | 'entries'> & { readonly articles: readonly ListedArticle[] },
): Promise<PartFile> {
  const { top, articles, entries } = shown;
  const counted = countChannels(deps.settings, work);
  const sourceIds = articles.map(({ sourceId }) => sourceId);
  const stories = hasStories(work.edition);
  const asked = listEditorChannels(work, INDEX_AUTHORS);
  const page: ListPage = {
    kind: 'index',
    top,
    stories,
    entries,
    sourceIds,
    ...counted,
    ...(asked.length > 0 && { channelLists: asked }),
  };
  const list = { path: 'index.html', about: page, load: async () => page, touched: true };
  return listFile(list, (one) => work.writer.list(one), work);
}

/** Published together with the story feed. */
function storyList({ writer, edition, stories: recent }: ListPages): PartFile[] {
  if (!hasStories(edition)) return [];
  const stories = selectListedStories(recent);
  const inputs = joinListInputs(writer.fingerprint, 'stories', stories);
  return [{ path: 'stories.html', inputs, make: async () => writer.stories(stories) }];
}

function hasStories({ channels }: Edition): boolean {
  return channels.some(({ kind }) => kind === 'stories');
}

/** The editor's channels, by kind and label, and the authors with most articles. */
export function listEditorChannels(
  { edition, facts }: Pick<ListPages, 'edition' | 'facts'>,
  mostAuthors = Number.POSITIVE_INFINITY,
): ChannelList[] {
  return (['channel', 'language', 'digest', 'author'] as const).flatMap((kind) => {
    const channels = edition.channels
      .filter((channel) => channel.kind === kind)
      .map(({ path, title }) => ({
        path,
        label: toLabel({ title }, edition),
        count: kind === 'digest' ? null : (facts.get(path)?.members ?? 0),
      }))
      .sort((a, b) => (kind === 'author' ? b.count! - a.count! : 0))
      .slice(0, kind === 'author' ? mostAuthors : undefined)
      .sort((a, b) => compareAlphabetically(a.label, b.label));
    return channels.length === 0 ? [] : { kind, channels };
  });
}

/** Topics in config order, publications by name. */
export function countChannels({ topics }: EditionSettings, { edition, facts }: ListPages) {
  const channels = new Map(edition.channels.map((channel) => [channel.path, channel]));
  const count = (path: ChannelPath) => facts.get(path)?.members ?? 0;
  const labels = new Map(edition.sources.map(({ id, title }) => [id, title]));
  const topicsCounted: Counted[] = topics
    .filter(({ id }) => channels.has(`topics/${id}`))
    .map(({ id }) => ({ id, label: toLabel(channels.get(`topics/${id}`)!, edition), count: count(`topics/${id}`) }));
  const sources: Counted[] = edition.channels
    .filter(({ kind }) => kind === 'source')
    .map(({ path }) => ({ id: path.slice('sources/'.length), count: count(path) }))
    .map((one) => ({ ...one, label: labels.get(one.id) ?? one.id }))
    .sort(compareLabels);
  return { topics: topicsCounted, sources };
}

export function compareLabels(a: Counted, b: Counted): number {
  return compareAlphabetically(a.label, b.label) || (a.id < b.id ? -1 : 1);
}

/** Channel titles have the form "Label – site title". */
function toLabel({ title }: Pick<ListedChannel, 'title'>, { siteTitle }: Edition): string {
  const tail = ` – ${siteTitle}`;
  return title.endsWith(tail) ? title.slice(0, -tail.length) : title;
}

async function* channelPage(deps: ListDeps, work: ListPages, channel: ListedChannel): AsyncIterable<PartFile> {
  const { path } = channel;
  const about = describePage(channel, work);
  const touched = work.touched.channels.has(path);
  const read = loadOnce(() => work.listed.loadHead(path));
  const leaving = touched ? (await read()).leaving : [];
  const archived = work.facts.get(path)?.archived ?? 0;
  const last = deps.settings.publish.archive ? countArchiveDocuments(archived + leaving.length) : 0;
  const load = async (): Promise<ListPage> => {
    const { articles } = await read();
    const isFolded = about.kind === 'topic' && deps.settings.publish.stories;
    const entries = isFolded ? await foldStories(articles, deps.store) : articles.map(({ entry }) => entry);
    return { ...about, entries, lastArchive: last || null };
  };
  const list = { path: `${path}.html`, about: [about, last], load, touched };
  yield await listFile(list, (page) => work.writer.list(page), work);
  const newest = async () => (await read()).articles.map(({ entry }) => entry);
  yield* embeddedChannel(deps.settings, channel, { label: about.label, page: list.path, load: newest, touched }, work);
  for (const former of listFormerPaths(path, deps.settings)) yield makeRedirect(former, channel, work);
  yield* archivePages(work, { channel: path, label: about.label, archived, leaving, last });
}

/** Former paths of a channel are in the same folder. */
function makeRedirect(former: ChannelPath, { path, title, homeUrl }: ListedChannel, work: ListPages): PartFile {
  const page = { title, language: work.edition.language, href: `${path.split('/').at(-1)}.html`, url: homeUrl };
  const inputs = joinListInputs(work.writer.fingerprint, 'forward', page);
  return { path: `${former}.html`, inputs, make: async () => forwardingPage(page) };
}

function describePage(channel: ListedChannel, { edition, facts }: ListPages) {
  const { path } = channel;
  const label = toLabel(channel, edition);
  const { kind, translations } = channel;
  if (kind === 'topic' || kind === 'channel' || kind === 'language' || kind === 'author')
    return { kind, channel: path, label, ...(translations && { translations }) } as const;
  const source = findById(edition.sources, path.replace('sources/', ''));
  const { homeUrl = null, feedUrl = null, description = null, language = null } = source ?? {};
  const count = facts.get(path)?.members ?? 0;
  return { kind: 'source', channel: path, label, homeUrl, feedUrl, about: description, language, count } as const;
}

interface ArchivePlace {
  readonly channel: ChannelPath;
  readonly label: string | null;
  readonly archived: number;
  readonly leaving: readonly ArticleRef[];
  /** Number of its archive documents. */
  readonly last: number;
}

async function* archivePages(work: ListPages, place: ArchivePlace): AsyncIterable<PartFile> {
  const { channel, label, archived, leaving, last } = place;
  for (let number = 1; number <= last; number++) {
    const about = { kind: 'archive', channel, label, number, next: number < last ? number + 1 : null } as const;
    const load = async (): Promise<ListPage> => {
      const articles = await work.listed.loadArchive({ channel, number, archived, leaving });
      return { ...about, entries: articles.map(({ entry }) => entry) };
    };
    const path = archivePath(channel, number);
    const grows = leaving.length > 0 && number * ARCHIVE_ARTICLES > archived;
    const touched = grows || work.touched.archives.has(path);
    yield await listFile({ path, about, load, touched }, (page) => work.writer.list(page), work);
  }
}

export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
