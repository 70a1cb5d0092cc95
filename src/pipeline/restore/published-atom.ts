/** Atom of ours, read back: all that JSON Feed says but the duration of recordings, and tombstones beside. */
import type { Author, Image, MediaLink, Publication } from '../../model/article.js';
import { type PublishedDocument, type PublishedEntry, publishedDate, publishedRevision } from './published-entry.js';
import { attributeOf, childrenOf, childText, numberOf, type XmlElement, xmlTree } from './xml-tree.js';

export function readPublishedAtom(text: string): PublishedDocument {
  const feed = xmlTree(text);
  if (feed.name !== 'feed') throw new Error('it is no Atom feed');
  const updated = childText(feed, 'updated');
  return {
    title: childText(feed, 'title') ?? '',
    language: attributeOf(feed, 'xml:lang'),
    updatedAt: updated === null ? null : publishedDate(updated),
    entries: childrenOf(feed, 'entry').map(entry),
    tombstones: childrenOf(feed, 'at:deleted-entry').map(({ attributes }) => ({
      id: attributes.ref ?? '',
      when: publishedDate(attributes.when ?? ''),
    })),
  };
}

function entry(element: XmlElement): PublishedEntry {
  const id = childText(element, 'id');
  const link = linkOf(element, 'alternate');
  if (id === null || link === null) throw new Error('an entry has no id or no link');
  const title = childText(element, 'title') ?? '';
  const publishedAt = publishedDate(childText(element, 'published') ?? '');
  const contentHtml = childText(element, 'content');
  const summary = childText(element, 'summary') ?? '';
  const publication = publicationIn(element);
  return {
    id,
    link,
    url: link,
    title,
    // Where there is nothing to say the title stands for it.
    summary: contentHtml === null && summary === title ? '' : summary,
    contentHtml,
    authors: authorsOf(element, publication),
    language: attributeOf(element, 'xml:lang'),
    publishedAt,
    updatedAt: publishedRevision(publishedAt, childText(element, 'updated')),
    image: thumbnailOf(element),
    enclosures: linksOf(element, 'enclosure').map(enclosure),
    topics: childrenOf(element, 'category').map(({ attributes: { term, scheme = '', label = '' } }) => {
      return { term: term ?? null, scheme, label };
    }),
    publication,
    via: viaOf(element),
    credited: creditedIn(element),
    rights: childText(element, 'rights'),
    related: linksOf(element, 'related').map(({ attributes }) => attributes.href ?? ''),
  };
}

/** An entry must have an author: where none is named, its publication stands for it. */
function authorsOf(element: XmlElement, publication: Publication): Author[] {
  const authors = childrenOf(element, 'author').map((person) => {
    return { name: childText(person, 'name') ?? '', url: childText(person, 'uri') };
  });
  const [first] = authors;
  const standIn = authors.length === 1 && first?.name === publication.title && first.url === publication.url;
  return standIn ? [] : authors;
}

function publicationIn(element: XmlElement): Publication {
  const source = childrenOf(element, 'source')[0];
  if (source === undefined) return { title: '', url: null, feedUrl: null };
  return { title: childText(source, 'title') ?? '', url: linkOf(source, 'alternate'), feedUrl: linkOf(source, 'self') };
}

/** Its address may be that of a page or of a feed; Atom does not say which. */
function viaOf(element: XmlElement): Publication | null {
  const link = linksOf(element, 'via')[0];
  return link === undefined
    ? null
    : { title: link.attributes.title ?? '', url: link.attributes.href ?? null, feedUrl: null };
}

export function creditedIn(element: XmlElement): PublishedEntry['credited'] {
  const title = childText(element, 'dc:source');
  return title === null ? null : { title, url: null };
}

export function thumbnailOf(element: XmlElement): Image | null {
  const thumbnail = childrenOf(element, 'media:thumbnail')[0];
  const url = attributeOf(thumbnail, 'url');
  if (url === null) return null;
  return { url, width: numberOf(thumbnail, 'width'), height: numberOf(thumbnail, 'height'), alt: null, type: null };
}

function enclosure(link: XmlElement): MediaLink {
  const { href = '', type = '' } = link.attributes;
  return { url: href, type, length: numberOf(link, 'length'), duration: null };
}

function linkOf(element: XmlElement, rel: string): string | null {
  return attributeOf(linksOf(element, rel)[0], 'href');
}

function linksOf(element: XmlElement, rel: string): XmlElement[] {
  return childrenOf(element, 'link').filter(({ attributes }) => attributes.rel === rel);
}
