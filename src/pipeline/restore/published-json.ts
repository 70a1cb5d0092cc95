/** JSON Feed of ours, read back: the format that says most. */
import type { Author, MediaLink, Publication } from '../../model/article.js';
import {
  type PublishedDocument,
  type PublishedEntry,
  type PublishedTopic,
  publishedDate,
  publishedRevision,
} from './published-entry.js';

type Json = Readonly<Record<string, unknown>>;

export function readPublishedJson(text: string): PublishedDocument {
  const feed = record(JSON.parse(text));
  if (!Array.isArray(feed.items)) throw new Error('it has no items');
  return {
    title: said(feed.title) ?? '',
    language: said(feed.language),
    updatedAt: null,
    entries: feed.items.map((each) => entry(record(each))),
    tombstones: [],
  };
}

function entry(item: Json): PublishedEntry {
  const id = said(item.id);
  const link = said(item.url);
  if (id === null || link === null) throw new Error('an item has no id or no url');
  const publishedAt = publishedDate(said(item.date_published) ?? '');
  const source = record(item._source);
  const image = said(item.image);
  return {
    id,
    link,
    url: said(item.external_url) ?? link,
    title: said(item.title) ?? '',
    summary: said(item.summary) ?? '',
    contentHtml: said(item.content_html),
    authors: records(item.authors).flatMap(author),
    language: said(item.language),
    publishedAt,
    updatedAt: publishedRevision(publishedAt, said(item.date_modified)),
    image: image === null ? null : { url: image, width: null, height: null, alt: null, type: null },
    enclosures: records(item.attachments).flatMap(enclosure),
    topics: records(record(item._topics).items).flatMap(topic),
    publication: publication(source),
    via: source.via === undefined ? null : publication(record(source.via)),
    credited: credited(record(source.credited)),
    rights: said(source.rights),
    related: records(record(item._related).items).flatMap(({ url }) => said(url) ?? []),
  };
}

function author({ name, url }: Json): Author[] {
  const known = said(name);
  return known === null ? [] : [{ name: known, url: said(url) }];
}

function enclosure({ url, mime_type, size_in_bytes, duration_in_seconds }: Json): MediaLink[] {
  const [address, type] = [said(url), said(mime_type)];
  if (address === null || type === null) return [];
  return [{ url: address, type, length: count(size_in_bytes), duration: count(duration_in_seconds) }];
}

function topic({ id, scheme, label }: Json): PublishedTopic[] {
  const [known, within] = [said(id), said(scheme)];
  return known === null || within === null ? [] : [{ term: known, scheme: within, label: said(label) ?? '' }];
}

function publication({ title, url, feed_url }: Json): Publication {
  return { title: said(title) ?? '', url: said(url), feedUrl: said(feed_url) };
}

function credited({ title, url }: Json): PublishedEntry['credited'] {
  const name = said(title);
  return name === null ? null : { title: name, url: said(url) };
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function said(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
