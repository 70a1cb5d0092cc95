/** RSS of ours, read back: what an image is called stands nowhere else. */
import type { Image, MediaLink } from '../../model/article.js';
import { IPTC_SCHEME } from '../../model/topic.js';
import { creditedIn, thumbnailOf } from './published-atom.js';
import {
  type PublishedDocument,
  type PublishedEntry,
  type PublishedTopic,
  publishedDate,
  publishedRevision,
} from './published-entry.js';
import { attributeOf, childrenOf, childText, numberOf, type XmlElement, xmlTree } from './xml-tree.js';

export function readPublishedRss(text: string): PublishedDocument {
  const channel = childrenOf(xmlTree(text), 'channel')[0];
  if (channel === undefined) throw new Error('it is no RSS feed');
  const built = childText(channel, 'lastBuildDate');
  return {
    title: childText(channel, 'title') ?? '',
    language: childText(channel, 'language'),
    updatedAt: built === null ? null : publishedDate(built),
    entries: childrenOf(channel, 'item').map(entry),
    tombstones: [],
  };
}

function entry(item: XmlElement): PublishedEntry {
  const id = childText(item, 'guid');
  const link = childText(item, 'link');
  if (id === null || link === null) throw new Error('an item has no guid or no link');
  const title = childText(item, 'title') ?? '';
  const publishedAt = publishedDate(childText(item, 'pubDate') ?? '');
  const contentHtml = childText(item, 'content:encoded');
  const summary = plain(childText(item, 'description'));
  const source = childrenOf(item, 'source')[0];
  return {
    id,
    link,
    url: link,
    title,
    summary: contentHtml === null && summary === title ? '' : summary,
    contentHtml,
    authors: childrenOf(item, 'dc:creator').map(({ text }) => ({ name: text, url: null })),
    language: childText(item, 'dc:language'),
    publishedAt,
    updatedAt: publishedRevision(publishedAt, childText(item, 'atom:updated')),
    image: imageOf(item),
    enclosures: childrenOf(item, 'enclosure').map(enclosure),
    topics: childrenOf(item, 'category').map(topic),
    publication: { title: source?.text ?? '', url: null, feedUrl: attributeOf(source, 'url') },
    via: null,
    credited: creditedIn(item),
    rights: childText(item, 'dc:rights'),
    related: [],
  };
}

function imageOf(item: XmlElement): Image | null {
  const content = childrenOf(item, 'media:content')[0];
  const thumbnail = thumbnailOf(item);
  if (content === undefined || thumbnail === null) return thumbnail;
  return { ...thumbnail, type: attributeOf(content, 'type'), alt: childText(content, 'media:description') };
}

function enclosure(element: XmlElement): MediaLink {
  const { url = '', type = '' } = element.attributes;
  return { url, type, length: numberOf(element, 'length'), duration: null };
}

function topic(category: XmlElement): PublishedTopic {
  const domain = attributeOf(category, 'domain') ?? '';
  if (!domain.startsWith(IPTC_SCHEME)) return { term: null, scheme: domain, label: category.text };
  return { term: domain.slice(IPTC_SCHEME.length), scheme: IPTC_SCHEME, label: category.text };
}

/** Descriptions are HTML in RSS, so our plain text is escaped once more there. */
function plain(html: string | null): string {
  return (html ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
