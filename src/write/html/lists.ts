/** Prepares the pages with lists: index, topics, publications, channels, languages, archive. */
import type { Counted, ListPage, PageEntry } from '../../model/page.js';
import { distinctNames } from './entries/distinct-names.js';
import { groupByDay, LISTS, type ListStyle, type ShownEntry, shownEntry } from './entries/listing.js';
import { createPublicationFinder, type PublicationFinder } from './entries/publication.js';
import { archivePath, type Frame, pageDescription, pathToRoot, toPageUrl } from './frame.js';
import { listGraph } from './json-ld.js';
import { fill, type Labels } from './labels.js';
import { formatDateRange, formatDay, formatMoment } from './moment.js';
import { CHANNEL_LABELS, listChannelLinks, shownLanguage } from './overviews.js';
import { countText } from './plural.js';
import { foldRuns, listTopIds, type RiverDay, topData } from './stories.js';

/** Maximum number of visible entries on the index, of summaries and pictures, and of topics and publications beside them. */
const INDEX_ENTRIES = 30;
const INDEX_SUMMARIES = 20;
const INDEX_LINKS = 10;
const HEADLINE: ListStyle = { ...LISTS.day, summary: 0, picture: null };

export function listData(page: ListPage, frame: Frame) {
  const { site, labels } = frame;
  const about = describeList(page, frame);
  const url = toPageUrl(site, about.path);
  const root = pathToRoot(about.path);
  const pageOf = createPublicationFinder(
    site.perSource ? listPublications(page) : [],
    [...frame.linkNames, ...(page.kind === 'index' ? page.topics.map(({ label }) => label) : [])],
    labels.publication,
    root,
  );
  const above = listTopIds(page.kind === 'index' ? page.top : []);
  const listed = page.kind === 'index' ? limitIndex(page.entries, above) : page.entries;
  const whole = new Set(
    listed.filter(({ id }) => !above.has(id)).slice(0, page.kind === 'index' ? INDEX_SUMMARIES : listed.length),
  );
  const show = (entry: PageEntry, list: ListStyle) => shownEntry(entry, `${root}articles/`, labels, list, pageOf);
  const shown = listed.map((entry) => ({
    ...show(entry, whole.has(entry) ? LISTS.day : HEADLINE),
    ...(above.has(entry.id) && { isAbove: true as const }),
  }));
  const days = groupEntries(page, shown, labels);
  const entries = days.flatMap((day) => day.entries);
  const articles = entries.map(({ href }) => toPageUrl(site, href.slice(root.length)));
  const data = frame.data({
    kind: page.kind,
    graph: listGraph({ url, name: about.heading, language: labels.language, articles }),
    ...about,
  });
  const top = page.entries.filter(({ folded }) => folded?.isTop).map((entry) => show(entry, LISTS.elsewhere));
  const list = { entries, days, top, feeds: frame.formats(about.feeds, root) };
  return { ...data, list: { ...list, ...moreListData(page, frame, pageOf) } };
}

/** The first entries, with those hidden between them. */
function limitIndex(entries: readonly PageEntry[], above: ReadonlySet<string>): readonly PageEntry[] {
  const visible = entries.filter(({ id }) => !above.has(id));
  const next = visible[INDEX_ENTRIES];
  return next === undefined ? entries : entries.slice(0, entries.indexOf(next));
}

/** On the index, consecutive entries of one source are folded, and long days are divided by the hour. */
function groupEntries(page: ListPage, shown: readonly ShownEntry[], labels: Labels): RiverDay[] {
  const days = groupByDay(page.entries.slice(0, shown.length), shown, labels);
  if (page.kind === 'index') return foldRuns(days, page.sourceIds, new Set(page.sources.map(({ id }) => id)), labels);
  return days.map(({ date, entries }) => ({ date, entries, items: entries.map((entry) => ({ entry, run: null })) }));
}

type About = Pick<
  Parameters<Frame['data']>[0],
  'path' | 'heading' | 'lang' | 'title' | 'description' | 'feeds' | 'translations' | 'steps'
>;

function describeList(page: ListPage, { site, labels }: Frame): About {
  const named = (heading: string, what: string) => `${heading} – ${what} | ${site.title}`;
  if (page.kind === 'index') {
    const title = `${labels.latestNews} | ${site.title}`;
    return {
      path: 'index.html',
      heading: labels.latestNews,
      title,
      description: site.description,
      feeds: 'all',
      steps: [],
    };
  }
  if (page.kind === 'archive') return describeArchive(page, { site, labels });
  if (page.kind === 'latest') {
    const title = named(labels.moreNews, labels.latestNews);
    const steps = [{ text: labels.moreNews }];
    return { path: 'latest.html', heading: labels.moreNews, title, description: title, feeds: 'all', steps };
  }
  const title = named(page.label, listKindLabel(page, labels));
  const about = page.kind === 'source' && page.about !== null ? pageDescription(page.about) : title;
  return {
    path: `${page.channel}.html`,
    heading: page.label,
    title,
    description: about,
    feeds: page.channel,
    ...(page.kind === 'language' && languageData(page)),
    steps: [{ text: page.label }],
  };
}

type ArchivePage = Extract<ListPage, { kind: 'archive' }>;

/** The number of the part is only in the title, which must be unique. */
function describeArchive(page: ArchivePage, { site, labels }: Pick<Frame, 'site' | 'labels'>): About {
  const { channel, label, number, entries } = page;
  const path = archivePath(channel, number);
  const [first] = entries;
  const part = fill(labels.archivePart, { n: number });
  const span = first === undefined ? part : formatDateRange(labels, entries.at(-1)!.publishedAt, first.publishedAt);
  const what = label === null ? labels.archive : `${label} – ${labels.archive}`;
  const list = label === null ? [] : [{ text: label, href: `${pathToRoot(path)}${channel}.html` }];
  const heading = `${what}: ${span}`;
  const steps = [...list, { text: heading }];
  const title = `${heading} (${part}) | ${site.title}`;
  return { path, heading, title, description: title, feeds: channel, steps };
}

function listKindLabel({ kind }: Extract<ListPage, { label: string }>, labels: Labels): string {
  if (kind === 'source') return labels.publication;
  return kind === 'topic' ? labels.topic : labels[CHANNEL_LABELS[kind].one];
}

/** `hreflang` must be mutual and include the page itself. */
function languageData({ channel, translations = [] }: Extract<ListPage, { readonly translations?: unknown }>) {
  const own = { language: channel.slice('language/'.length), path: channel };
  return { lang: own.language, ...(translations.length > 0 && { translations: [own, ...translations] }) };
}

function moreListData(page: ListPage, frame: Frame, pageOf: PublicationFinder) {
  const { labels } = frame;
  if (page.kind === 'source') {
    const of = (words: string) => fill(words, { publication: page.label });
    return {
      about: page.about,
      language: shownLanguage(page.language),
      count: countText(labels, labels.articleCount, page.count),
      home: page.homeUrl === null ? null : { href: page.homeUrl, text: of(labels.sourceSite) },
      ownFeed: page.feedUrl === null ? null : { href: page.feedUrl, text: of(labels.sourceFeed) },
      older: olderLink(page, labels),
    };
  }
  if (page.kind === 'index') return indexLists(page, frame, pageOf);
  return page.kind === 'archive' ? { parts: partLinks(page, labels) } : { older: olderLink(page, labels) };
}

/** The link from a list to its archive, which begins where the list ends. */
function olderLink(page: Exclude<ListPage, { kind: 'index' | 'archive' }>, labels: Labels) {
  const last = page.entries.at(-1);
  if (page.lastArchive === null || last === undefined) return null;
  const channel = page.kind === 'latest' ? 'all' : page.channel;
  const path = page.kind === 'latest' ? 'latest.html' : `${page.channel}.html`;
  const date = formatDay(labels, last.publishedAt).text;
  return { href: pathToRoot(path) + archivePath(channel, page.lastArchive), text: fill(labels.olderPart, { date }) };
}

function indexLists(
  page: Extract<ListPage, { kind: 'index' }>,
  { labels, fixedNames }: Frame,
  pageOf: PublicationFinder,
) {
  const link =
    (folder: string, names: readonly (string | null)[]) => (one: (typeof page.topics)[number], i: number) => {
      return { ...one, name: names[i] ?? null, href: `${folder}/${one.id}.html` };
    };
  const topics = selectLargest(page.topics);
  const sources = selectLargest(page.sources);
  const topicNames = distinctNames(topics, fixedNames, labels.topic);
  const sourceNames = sources.map(({ id, label }) => pageOf({ publication: label, sourceId: id }).label);
  const named = (links: typeof page.topics, names: readonly (string | null)[]) =>
    links.map(({ label }, i) => names[i] ?? label);
  const taken = [...fixedNames, ...named(topics, topicNames), ...named(sources, sourceNames)];
  return {
    topics: topics.map(link('topics', topicNames)),
    sources: sources.map(link('sources', sourceNames)),
    asked: listChannelLinks(page.channelLists ?? [], taken, labels),
    top: topData(page.top, page.entries[0]?.publishedAt ?? null, labels, pageOf),
    stories: page.stories,
  };
}

/** Those with the most articles, in the given order. */
function selectLargest(links: readonly Counted[]): readonly Counted[] {
  const largest = new Set([...links].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)).slice(0, INDEX_LINKS));
  return links.filter((one) => largest.has(one));
}

/** Those of its entries; on the index all. */
function listPublications(page: ListPage): Pick<PageEntry, 'publication' | 'sourceId'>[] {
  if (page.kind !== 'index') return [...page.entries];
  const listed = page.sources.map(({ id, label }) => ({ publication: label, sourceId: id }));
  return [...page.entries, ...page.top.flatMap(({ entry, story }) => [entry, ...(story?.others ?? [])]), ...listed];
}

/** Dates as labels: those where this part ends. Parts of a busy day have the times as well. */
function partLinks({ entries, number, next }: ArchivePage, labels: Labels) {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isOneDay = formatDay(labels, first.publishedAt).iso === formatDay(labels, last.publishedAt).iso;
  const dated = (pattern: string, { publishedAt }: PageEntry) =>
    fill(pattern, { date: (isOneDay ? formatMoment : formatDay)(labels, publishedAt).text });
  const newer = next === null ? [] : [{ rel: 'next', href: `${next}.html`, text: dated(labels.newerPart, first) }];
  const older = number === 1 ? [] : [{ rel: 'prev', href: `${number - 1}.html`, text: dated(labels.olderPart, last) }];
  return [...newer, ...older];
}
