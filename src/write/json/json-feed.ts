/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), one item a line, so that a change reads well in a diff. */
import type { MediaLink, Publication } from '../../model/article.js';
import type { Channel, Entry } from '../../model/channel.js';
import { revisedAt } from '../../model/revision.js';
import { rfc3339 } from '../../text/timestamp.js';
import { legalText } from '../../text/xml.js';
import { documentPath, documentUrl } from '../address.js';
import type { Writer } from '../formats.js';

// Said once a feed: what an item says must not depend on its place.
const ABOUT = {
  _source: {
    about:
      'The publication that an item comes from: title, url of its home page, feed_url, and its rights; via: where we read it; credited: a publication that the text quotes or copies.',
  },
  _topics: { about: 'The topics of an item: id and scheme as in the Atom categories of this feed, label as in tags.' },
} as const;
const ABOUT_RELATED = { about: 'The other articles that tell the story: url, title and publication.' };

export const jsonFeed: Writer = {
  format: 'json',
  document: (channel, number) => documentPath({ path: channel }, number, 'json'),
  channel: (channel) => [
    { path: documentPath(channel, channel.archive.number, 'json'), bytes: writeJsonFeed(channel) },
  ],
  edition: () => [],
};

/**
 * One channel as a JSON Feed 1.1 document, UTF-8, ending in a line feed. Keys stand in a fixed order; nothing is null.
 * Pure: the same channel gives the same string. Throws RangeError where a date is invalid.
 */
export function writeJsonFeed(channel: Channel): string {
  const head = JSON.stringify(feedHead(channel)).slice(1, -1);
  let items = '';
  for (const entry of channel.entries) {
    items += `${items === '' ? '\n' : ',\n'}${JSON.stringify(item(entry, channel.language))}`;
  }
  return `{${head},\n"items":[${items}${items === '' ? '' : '\n'}]}\n`;
}

function feedHead(channel: Channel): Record<string, unknown> {
  const { number, previous } = channel.archive;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: legalText(channel.title),
    home_page_url: legalText(channel.homeUrl),
    feed_url: legalText(documentUrl(channel, number, 'json')),
    description: legalText(channel.description),
    // The archive of older items stands to a head as one page stands to the next.
    next_url: previous === null ? undefined : legalText(documentUrl(channel, previous, 'json')),
    language: legalText(channel.language),
    hubs: channel.hub === null ? undefined : [{ type: 'WebSub', url: legalText(channel.hub) }],
    ...ABOUT,
    _related: channel.kind === 'stories' ? ABOUT_RELATED : undefined,
  };
}

function item(entry: Entry, channelLanguage: string): Record<string, unknown> {
  const revised = revisedAt(entry);
  return {
    id: legalText(entry.id),
    url: legalText(entry.url),
    external_url: entry.url === entry.originalUrl ? undefined : legalText(entry.originalUrl),
    title: legalText(entry.title),
    ...body(entry),
    image: entry.image === null ? undefined : legalText(entry.image.url),
    date_published: rfc3339(entry.publishedAt),
    date_modified: revised === null ? undefined : rfc3339(revised),
    authors: some(entry.authors, ({ name, url }) => ({ name: legalText(name), url: optional(url) })),
    tags: some(entry.topics, ({ label }) => legalText(label)),
    language: entry.language === null || entry.language === channelLanguage ? undefined : legalText(entry.language),
    attachments: some(entry.enclosures, attachment),
    _source: source(entry),
    _topics: list(entry.topics, ({ term, scheme, label }) => ({
      id: legalText(term),
      scheme: legalText(scheme),
      label: legalText(label),
    })),
    _related: list(entry.related, ({ url, title, publication }) => ({
      url: legalText(url),
      title: legalText(title),
      publication: legalText(publication),
    })),
  };
}

/** One of the two is required: where there is no HTML the summary is the text too, for readers that look at one alone. */
function body({ contentHtml, summary, title }: Entry): Record<string, unknown> {
  const said = summary === '' ? undefined : legalText(summary);
  if (contentHtml === null) return { content_text: said ?? legalText(title), summary: said };
  return { content_html: legalText(contentHtml), summary: said };
}

function attachment({ url, type, length, duration }: MediaLink): Record<string, unknown> {
  return {
    url: legalText(url),
    mime_type: legalText(type),
    size_in_bytes: length ?? undefined,
    duration_in_seconds: duration ?? undefined,
  };
}

function source({ publication, via, credited, rights }: Entry): Record<string, unknown> {
  return {
    ...named(publication),
    rights: optional(rights),
    via: via === null ? undefined : named(via),
    credited: credited === null ? undefined : { title: legalText(credited.title), url: optional(credited.url) },
  };
}

function named({ title, url, feedUrl }: Publication): Record<string, unknown> {
  return { title: legalText(title), url: optional(url), feed_url: optional(feedUrl) };
}

function optional(value: string | null): string | undefined {
  return value === null ? undefined : legalText(value);
}

/** Empty lists are left out. */
function some<T>(values: readonly T[], each: (value: T) => unknown): readonly unknown[] | undefined {
  return values.length === 0 ? undefined : values.map(each);
}

/** An extension is always an object (JSON Feed 1.1, "custom objects"). */
function list<T>(
  values: readonly T[],
  each: (value: T) => unknown,
): { readonly items: readonly unknown[] } | undefined {
  return values.length === 0 ? undefined : { items: values.map(each) };
}
