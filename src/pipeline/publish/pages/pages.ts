/** Pages for readers as an edition part: renders only pages whose inputs changed. */

import type { LeadRules } from '../../../cluster/lead.js';
import type { Profiles } from '../../../compose/channel-metadata.js';
import { createEntries } from '../../../compose/entry.js';
import { composeSite, publishedTopics } from '../../../compose/page-entry.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Edition } from '../../../model/edition.js';
import { ELEMENT, SEEN } from '../../../model/embeds.js';
import type { Site, TimeZone } from '../../../model/page.js';
import type { StoryRef } from '../../../model/story.js';
import type { BuildSearchIndex } from '../../../ports/search-index.js';
import type { DirtyDocument, RemovedArticle } from '../../../ports/store/channels.js';
import type { Store } from '../../../ports/store/store.js';
import { toSlug } from '../../../text/slug.js';
import { archivePath, NOT_FOUND } from '../../../write/html/frame.js';
import type { PageWriter } from '../../../write/html/html.js';
import {
  joinListInputs,
  joinRemovalInputs,
  listRemovalPages,
  readListFrame,
  readPageFingerprints,
  shortHash,
} from '../../facts/page-fingerprints.js';
import { readRelisted } from '../../facts/relisted.js';
import type { EditionPart, PartFile, StoredEdition } from '../edition-parts.js';
import { type ArticlePages, makeAllPages, makeChangedPages, toArticlePath } from './article-pages.js';
import { type ListPages, listPages } from './list-pages.js';
import { ListedArticles } from './listed-articles.js';
import { overviewPages, sitemap } from './overview-pages.js';
import { fingerprintEntry, PageLinks } from './page-links.js';
import { searchFiles } from './search-files.js';
import { listDirtyStories } from './story-files.js';
import { storyPages } from './story-pages.js';
import { type RecentStories, StoryReader } from './story-reader.js';

export interface PageDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly profiles: Profiles;
  readonly leads: LeadRules;
  /** In display order. */
  readonly pins: readonly ArticleRef[];
  readonly now: Date;
  readonly kept: { readonly menu: readonly string[]; readonly zone: TimeZone };
  readonly theme: string;
  /** Of the program. */
  readonly version: string;
  readonly search: BuildSearchIndex | null;
  writer(site: Site): Promise<PageWriter>;
}

const NO_STORIES: RecentStories = { prominent: [], latest: [] };

const PAGES =
  /^(?:(?:404|index|latest|stories|topics|sources|channels|search|subscribe|publishers|(?:stories|topics|sources|authors|channels|language|articles)\/[^/]+|archive\/(?:all|(?:topics|sources|authors|channels|language)\/[^/]+)\/\d+|(?:fragments|frames)\/(?:[^/]+\/)?[^/]+)\.html|sitemap(?:-\d+|-news)?\.xml|style\.css|newsloom-latest\.js|search\.js|seen\.js|pagefind\/.+)$/;

const SEARCH = 'search.js';

/** If more stories changed, all topics are read. */
const MANY_STORIES = 100;
/** Channels with pages, and with pages of their archives. */
const PAGED = /^(?:all|(?:topics|sources|authors|channels|language)\/[^/]+)$/;

export function createPages(deps: PageDeps): EditionPart {
  const { site, publish } = deps.settings;
  return {
    fingerprint: shortHash([
      ...[deps.theme, deps.pins, site.timezone, publish.menu, publish.words, publish.embed],
      ...(['search', 'script'] as const).filter((name) => publish[name] === true),
      ...(site.parent === undefined ? [] : [site.parent]),
    ]),
    owns: (path) => PAGES.test(path),
    archived: (channel, documents) => (PAGED.test(channel) ? documents : 0),
    files: (edition, stored, signal) => makePages(deps, edition, stored, signal),
  };
}

interface PageWork extends ArticlePages {
  readonly edition: Edition;
  readonly stored: StoredEdition;
  readonly reader: StoryReader;
}

/** The order matters: lists detect articles that differ from their pages, and article pages detect affected stories. */
async function* makePages(
  deps: PageDeps,
  edition: Edition,
  stored: StoredEdition,
  signal: AbortSignal,
): AsyncIterable<PartFile> {
  const { store, settings } = deps;
  const writer = addSettings(await deps.writer(composeSite(settings, publishedTopics(edition), deps.kept)), deps);
  const entryOf = createEntries(settings);
  const work: PageWork = {
    store,
    links: new PageLinks(store, entryOf, settings.publish.stories, describeEntries(deps)),
    writer,
    records: readPageFingerprints(stored.recorded.values()),
    signal,
    changed: new Set(await readRelisted(store)),
    affected: new Set(),
    edition,
    stored,
    reader: new StoryReader(store, deps.leads, entryOf),
  };
  yield* makeListPages(deps, work);
  const isKnown = readListFrame(stored.recorded.get('index.html')?.inputs) === writer.fingerprint;
  const takenDown = stored.dirty.filter(({ takedown }) => takedown).map(({ channel }) => channel);
  const everyChannel = [...stored.channels.keys()].filter((path) => path === 'all' || path.startsWith('sources/'));
  const gone = await findRemovedArticles(store, new Set(isKnown ? takenDown : everyChannel));
  const articles = isKnown ? makeChangedPages(work, [...gone.keys()]) : makeAllPages(work, everyChannel);
  const made = new Map<string, string>();
  for (const pages of settings.publish.stories ? [articles, makeStoryPages(deps, work)] : [articles]) {
    for await (const page of pages) {
      made.set(page.path, page.inputs);
      yield page;
    }
  }
  for (const path of listRemovalPaths(stored.recorded, gone)) {
    if (!made.has(path))
      yield { path, inputs: joinRemovalInputs(writer.fingerprint), make: async () => writer.withdrawn(path) };
  }
  yield { path: NOT_FOUND, inputs: joinListInputs(writer.fingerprint, NOT_FOUND, null), make: async () => writer.notFound() }; // biome-ignore format: one page
  yield* makeSharedFiles(deps, writer);
  if (deps.search === null) return;
  const { language } = settings.site;
  yield* searchFiles(made, { store, entryOf, writer, build: deps.search, recorded: stored.recorded, language });
}

async function* makeSharedFiles({ settings, search }: PageDeps, writer: PageWriter): AsyncIterable<PartFile> {
  const { embed, script } = settings.publish;
  const css = writer.stylesheet();
  yield { path: 'style.css', inputs: shortHash(css), make: async () => css };
  if (embed?.includes('element') === true) yield scriptFile(ELEMENT, writer.element());
  if (script === true) yield scriptFile(SEEN, writer.script(SEEN));
  if (search !== null) yield scriptFile(SEARCH, writer.script(SEARCH));
}

function scriptFile(path: string, script: string): PartFile {
  return { path, inputs: shortHash(script), make: async () => script };
}

/** All that an article's facts depend on beside the article. */
function describeEntries({ version, settings }: PageDeps): string {
  return shortHash([version, process.version, settings, [...(settings.formerSources ?? [])]]);
}

async function* makeListPages(deps: PageDeps, work: PageWork): AsyncIterable<PartFile> {
  const { edition, writer, reader, stored, records, changed, links } = work;
  const { entryOf } = links;
  const stories = deps.settings.publish.stories ? await reader.readRecent() : NO_STORIES;
  const listed = new ListedArticles({ ...deps, entryOf }, (ref, entry) => {
    if (records.get(ref)?.own !== fingerprintEntry(entry)) changed.add(ref);
  });
  const { recorded, channels: facts, dirty } = stored;
  const lists = { edition, writer, reader, stories, recorded, facts, touched: await findTouched(dirty, work), listed };
  yield* listPages({ ...deps, entryOf }, lists);
  yield* overviewPages({ ...deps, entryOf }, lists);
  yield* sitemap({ ...deps, entryOf }, lists);
}

function makeStoryPages({ settings: { site } }: PageDeps, work: PageWork): AsyncIterable<PartFile> {
  const { recorded, dirty } = work.stored;
  return storyPages({ ...work, recorded, site, dirty: listDirtyStories(dirty) });
}

/** Adds permissions, topic labels and other displayed settings to the fingerprint of all pages. */
function addSettings(
  writer: PageWriter,
  { leads, settings: { site, publish, sources, topics } }: PageDeps,
): PageWriter {
  const rights = sources
    .map(({ id, content, images, withdrawn, authors }) => [
      id,
      content,
      images,
      withdrawn,
      ...(authors ? [authors] : []),
    ])
    .sort();
  const names = topics.map(({ id, label, iptc }) => [id, label, iptc]);
  const shown = [
    site.comments,
    site.url,
    publish.link,
    publish.archive,
    publish.stories,
    publish.perSource,
    rights,
    names,
    leads.prefer,
  ];
  return { ...writer, fingerprint: `${writer.fingerprint}${shortHash(shown)}` };
}

function topicPaths({ channels }: Edition): ChannelPath[] {
  return channels.flatMap(({ kind, path }) => (kind === 'topic' ? path : []));
}

async function findStoryTopics(
  refs: readonly StoryRef[],
  store: Pick<Store, 'stories'>,
  links: PageLinks,
): Promise<ChannelPath[]> {
  const stories = await store.stories(refs);
  const reports = await links.loadSummaries(stories.flatMap(({ members }) => members.map(({ article }) => article)));
  return reports.flatMap(({ topicIds }) => topicIds.map((id): ChannelPath => `topics/${id}`));
}

/** Changed lists and archives. A page of a topic also changes with the stories of its articles. */
async function findTouched(
  dirty: readonly DirtyDocument[],
  { store, links, edition }: PageWork,
): Promise<ListPages['touched']> {
  const heads = dirty.filter(({ archive }) => archive === null);
  const stories = listDirtyStories(dirty);
  const topics = stories.length > MANY_STORIES ? topicPaths(edition) : await findStoryTopics(stories, store, links);
  const archives = dirty.flatMap(({ channel, archive }) => (archive === null ? [] : archivePath(channel, archive)));
  return { channels: new Set([...heads.map(({ channel }) => channel), ...topics]), archives: new Set(archives) };
}

/** Removed articles of these channels, by id, with the party that removed them. */
async function findRemovedArticles(
  store: Store,
  channels: ReadonlySet<ChannelPath>,
): Promise<ReadonlyMap<string, RemovedArticle['by']>> {
  const gone = new Map<string, RemovedArticle['by']>();
  for (const channel of channels) {
    for (const { id, by } of await store.listWithdrawn(channel, new Date(0))) gone.set(id, by);
  }
  return gone;
}

/** Pages of articles that the section removed, and existing removal pages. */
function listRemovalPaths(
  recorded: StoredEdition['recorded'],
  gone: ReadonlyMap<string, RemovedArticle['by']>,
): Set<string> {
  const taken = [...gone].flatMap(([id, by]) => (by === 'section' ? toArticlePath(toSlug(id)) : []));
  return new Set([...listRemovalPages(recorded.values()), ...taken.filter((path) => recorded.has(path))]);
}
