/** Writes OPML 2.0: our channels (feeds.opml) and the sources that we read (sources.opml). */
import type { Edition, ListedChannel, ListedSource, OutputFile } from '../../model/edition.js';
import { formatRfc822 } from '../../text/timestamp.js';
import { xmlAttribute, xmlText } from '../../text/xml.js';
import { documentUrl } from '../address.js';
import type { FormatWriter } from '../writer.js';

export const opml: FormatWriter = { feed: null, edition: writeLists };

/** OPML 2.0 requires at least one outline, so an empty list has no file. */
function writeLists(edition: Edition): OutputFile[] {
  const files: OutputFile[] = [];
  const format = edition.feedFormat;
  if (edition.channels.length > 0 && format !== null) {
    files.push({ path: 'feeds.opml', bytes: feedsOpml(edition, format) });
  }
  const sources = edition.sources.filter(({ feedUrl }) => feedUrl !== null);
  if (sources.length > 0) files.push({ path: 'sources.opml', bytes: sourcesOpml(edition.siteTitle, sources) });
  return files;
}

function feedsOpml(edition: Edition, format: string): string {
  const of = (kind: ListedChannel['kind']) => edition.channels.filter((channel) => channel.kind === kind);
  const outline = (channel: ListedChannel, inner: string) => channelOutline(channel, edition, format, inner);
  const alone = [...of('all'), ...of('stories')].map((channel) => outline(channel, ''));
  const topics = nested(of('topic'), outline);
  const sources = of('source').map((channel) => outline(channel, ''));
  const listed = (kind: ListedChannel['kind']) =>
    of(kind)
      .map((channel) => outline(channel, ''))
      .join('');
  const asked = [
    group('Channels', listed('channel')),
    group('Languages', listed('language')),
    group('Digests', listed('digest')),
    group('Authors', listed('author')),
  ];
  const body = alone.join('') + group('Topics', topics) + asked.join('') + group('Publications', sources.join(''));
  const modified =
    edition.updatedAt === null ? '' : `<dateModified>${formatRfc822(edition.updatedAt)}</dateModified>\n`;
  return document(`${edition.siteTitle}: feeds`, modified, body);
}

/** Topics nested in their parents. A topic is at the top if its parent has no feed. */
function nested(topics: readonly ListedChannel[], outline: (channel: ListedChannel, inner: string) => string): string {
  const paths = new Set(topics.map((topic) => topic.path));
  const under = (parent: string | null): string =>
    topics
      .filter((topic) => (topic.parent !== null && paths.has(topic.parent) ? topic.parent : null) === parent)
      .map((topic) => outline(topic, under(topic.path)))
      .join('');
  return under(null);
}

function group(text: string, inner: string): string {
  return inner === '' ? '' : `<outline text="${xmlAttribute(text)}">\n${inner}</outline>\n`;
}

function channelOutline(channel: ListedChannel, edition: Edition, format: string, inner: string): string {
  const url = documentUrl({ path: channel.path, feedsUrl: edition.feedsUrl }, null, format);
  return feedOutline(
    {
      text: channel.title,
      title: channel.title,
      type: 'rss',
      xmlUrl: url,
      htmlUrl: channel.homeUrl,
      description: channel.description,
      language: channel.language,
      // OPML defines a name for RSS only.
      version: format === 'rss' ? 'RSS' : null,
    },
    inner,
  );
}

/** Has no date, so that it changes only with the list of sources. */
function sourcesOpml(siteTitle: string, sources: readonly ListedSource[]): string {
  return document(`${siteTitle}: sources`, '', sources.map(sourceOutline).join(''));
}

function sourceOutline({ title, feedUrl, homeUrl, description, language }: ListedSource): string {
  return feedOutline({ text: title, title, type: 'rss', xmlUrl: feedUrl, htmlUrl: homeUrl, description, language }, '');
}

function feedOutline(attributes: Readonly<Record<string, string | null>>, inner: string): string {
  let out = '<outline';
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== '') out += ` ${name}="${xmlAttribute(value)}"`;
  }
  return inner === '' ? `${out}/>\n` : `${out}>\n${inner}</outline>\n`;
}

function document(title: string, dates: string, body: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head>\n' +
    `<title>${xmlText(title)}</title>\n${dates}<docs>https://opml.org/spec2.opml</docs>\n` +
    `</head>\n<body>\n${body}</body>\n</opml>\n`
  );
}
