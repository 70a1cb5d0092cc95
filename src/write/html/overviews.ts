/** Prepares the pages without articles: all topics, publications and channels, how to subscribe, and the search. */
import type { ChannelList, CountedTopic, ListedPublication, Overview } from '../../model/page.js';
import { languageName } from '../../text/language-name.js';
import { detectDirection } from './direction.js';
import { distinctNames } from './entries/distinct-names.js';
import { toShownIcon } from './entries/publication.js';
import { type Frame, toPageUrl } from './frame.js';
import { fill, type Labels } from './labels.js';
import { countText } from './plural.js';

export function overviewData(page: Overview, frame: Frame) {
  const { labels, site } = frame;
  const heading = overviewHeading(page, labels);
  const path = `${page.kind}.html`;
  const url = toPageUrl(site, path);
  const title = `${heading} | ${site.title}`;
  const shown = frame.data({
    kind: page.kind,
    path,
    heading,
    title,
    description: overviewDescription(page, labels) ?? title,
    feeds: 'all',
    graph: [{ '@type': 'CollectionPage', '@id': url, url, name: heading, inLanguage: labels.language }],
    steps: [{ text: heading }],
  });
  const parts = [
    topicsData(page, frame),
    publicationsData(page, frame),
    channelsData(page, frame),
    subscriptionData(page, frame),
    publishersData(page, frame),
  ];
  return { ...shown, overview: Object.assign({}, ...parts) };
}

function overviewHeading({ kind }: Overview, labels: Labels): string {
  const { allTopics, publications, allChannels, subscribe, publishers, search } = labels;
  return { topics: allTopics, sources: publications, channels: allChannels, subscribe, publishers, search }[kind];
}

/** null: only the title. */
function overviewDescription({ kind }: Overview, labels: Labels): string | null {
  if (kind === 'subscribe') return labels.subscribeWhat;
  return kind === 'publishers' ? labels.publishersWho : null;
}

/** What the section takes from each publisher, and how often. */
function publishersData(page: Overview, frame: Frame) {
  if (page.kind !== 'publishers') return {};
  const { labels } = frame;
  const takes = { full: labels.takesFull, summary: labels.takesSummary, none: labels.takesNone };
  const names = distinctNames(page.sources, frame.linkNames, labels.publication);
  const taken = page.sources.map(({ label, homeUrl, content, every }, i) => ({
    label,
    name: names[i] ?? null,
    href: homeUrl,
    takes: takes[content],
    asked: every === null ? labels.askedAsPublished : fill(labels.askedEvery, { time: formatInterval(every) }),
  }));
  return { taken, home: page.home, contact: page.contact };
}

/** With the symbols of units, which are the same in all languages (ISO 80000). */
function formatInterval(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} d`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** Topics without a parent page, each with its subtopics. */
function topicsData(page: Overview, frame: Frame) {
  if (page.kind !== 'topics') return {};
  const { topics } = page;
  const names = distinctNames(topics, frame.fixedNames, frame.labels.topic);
  const ids = new Set(topics.map(({ id }) => id));
  const findParent = ({ parent }: CountedTopic) => (parent !== null && ids.has(parent) ? parent : null);
  const listChildren = (parent: string | null): object[] =>
    topics.flatMap((topic, i) => {
      if (findParent(topic) !== parent) return [];
      const { id, label, recent, count } = topic;
      const counts = fill(frame.labels.topicCounts, { recent, all: count });
      const shown = { id, label, name: names[i] ?? null, href: `topics/${id}.html`, counts, ...frame.foreign };
      return [{ ...shown, topics: listChildren(id) }];
    });
  return { topics: listChildren(null) };
}

function publicationsData(page: Overview, frame: Frame) {
  if (page.kind !== 'sources') return {};
  const { labels } = frame;
  const names = distinctNames(page.sources, frame.linkNames, labels.publication);
  return { sources: page.sources.map((source, i) => publicationData(source, names[i] ?? null, frame)) };
}

/** Without its own page, its name links to its home page. */
function publicationData(
  { id, label, count, language, hasPage, homeUrl }: ListedPublication,
  name: string | null,
  frame: Frame,
) {
  const { labels } = frame;
  const feeds = hasPage ? frame.formats(`sources/${id}`, '') : [];
  return {
    id,
    label,
    name,
    ...toShownIcon(label, id),
    href: hasPage ? `sources/${id}.html` : homeUrl,
    language: shownLanguage(language),
    count: count === 0 ? labels.noArticle : countText(labels, labels.articleCount, count),
    feeds: nameFeeds(feeds, name ?? label),
  };
}

export const CHANNEL_LABELS = {
  channel: { one: 'channel', all: 'channels' },
  language: { one: 'inLanguage', all: 'languages' },
  digest: { one: 'digest', all: 'digests' },
  author: { one: 'author', all: 'authors' },
} as const;

function channelsData(page: Overview, frame: Frame) {
  if (page.kind !== 'channels') return {};
  const { labels } = frame;
  const lists = listChannelLinks(page.lists, frame.linkNames, labels).map((list) => ({
    ...list,
    links: list.links.map(({ path, count, ...link }) => ({
      ...link,
      count: count === null ? null : countText(labels, labels.articleCount, count),
      feeds: nameFeeds(frame.formats(path, ''), link.name ?? link.label),
    })),
  }));
  return { lists };
}

/** Links to channels, languages, digests and authors. `taken`: names of other links. */
export function listChannelLinks(lists: readonly ChannelList[], taken: readonly string[], labels: Labels) {
  const seen = [...taken];
  return lists.map(({ kind, channels }) => {
    const named = channels.map(({ path, label }) => ({ id: path.slice(path.indexOf('/') + 1), label }));
    const names = distinctNames(named, seen, labels[CHANNEL_LABELS[kind].one]);
    seen.push(...named.map(({ label }, i) => names[i] ?? label));
    const lang = (i: number) => (kind === 'language' ? named[i]!.id : null);
    const links = channels.map((channel, i) => ({ ...channel, name: names[i] ?? null, href: `${channel.path}.html`, lang: lang(i) })); // biome-ignore format: one link
    return { id: `all-${kind}s`, heading: labels[CHANNEL_LABELS[kind].all], links };
  });
}

/** Their accessible names are distinct. */
function nameFeeds(feeds: ReturnType<Frame['formats']>, list: string) {
  return feeds.map((feed) => ({ ...feed, name: `${feed.name} – ${list}`, text: feed.name }));
}

export function shownLanguage(language: string | null) {
  return language === null
    ? null
    : { text: languageName(language.split('-')[0]!), lang: language, dir: detectDirection(language) };
}

/** With absolute addresses, to copy into a feed reader. */
function subscriptionData(page: Overview, frame: Frame) {
  if (page.kind !== 'subscribe') return {};
  const { site, labels } = frame;
  const feeds = frame.formats('all', '').map((feed) => ({ ...feed, url: toPageUrl(site, feed.href) }));
  const topics = site.hasTopics ? [{ href: 'topics.html', text: labels.allTopics }] : [];
  return { feeds, lists: [...topics, { href: 'sources.html', text: labels.publications }] };
}
