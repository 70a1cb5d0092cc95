/** Converts Atom and RSS that we published to the shape of JSON Feed: one reader for both, since their element names do not clash. */
import { DomUtils, parseDocument } from 'htmlparser2';
import { IPTC_SCHEME } from '../../model/topic.js';

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** The root element. Throws where the document is truncated or empty: our own XML needs no repair. */
export function publishedXml(text: string): Element {
  const { children } = parseDocument(text, { xmlMode: true });
  const [root] = DomUtils.getElementsByTagName(() => true, children, false);
  if (root === undefined || !text.trimEnd().endsWith(`</${root.name}>`)) throw new Error('it is cut off');
  return root;
}

/** Child elements with any of these names. */
export function childrenOf(parent: Element, ...names: readonly string[]): Element[] {
  return DomUtils.getElementsByTagName((name) => names.includes(name), parent.children, false);
}

export function feedFromXml(text: string): unknown {
  const root = publishedXml(text);
  const channel = root.name === 'feed' ? root : childrenOf(root, 'channel')[0];
  if (channel === undefined) throw new Error('it is no feed');
  return {
    title: childText(channel, 'title'),
    language: childText(channel, 'language') ?? channel.attribs['xml:lang'],
    updated: childText(channel, 'lastBuildDate', 'updated'),
    items: childrenOf(channel, 'item', 'entry').map(itemOf),
    tombstones: childrenOf(channel, 'at:deleted-entry').map(({ attribs: { ref, when } }) => ({ id: ref, when })),
  };
}

function itemOf(element: Element): unknown {
  const title = childText(element, 'title');
  const content = childText(element, 'content:encoded', 'content');
  const summary = plainText(childText(element, 'description')) ?? childText(element, 'summary');
  const [via] = linksOf(element, 'via');
  const credited = childText(element, 'dc:source');
  const source = sourceOf(element);
  return {
    id: childText(element, 'guid', 'id'),
    url: hrefOf(element, 'alternate') ?? childText(element, 'link'),
    title,
    // Entries without content have their title as summary.
    summary: content === undefined && summary === title ? undefined : summary,
    content_html: content,
    authors: authorsOf(element, source),
    language: childText(element, 'dc:language') ?? element.attribs['xml:lang'],
    date_published: childText(element, 'pubDate', 'published'),
    date_modified: childText(element, 'atom:updated', 'updated'),
    image: imageOf(element),
    attachments: [...childrenOf(element, 'enclosure'), ...linksOf(element, 'enclosure')].map(({ attribs }) => {
      return { url: attribs.url ?? attribs.href, mime_type: attribs.type, size_in_bytes: numberOf(attribs.length) };
    }),
    _topics: { items: childrenOf(element, 'category').map(topicOf) },
    _source: {
      ...source,
      rights: childText(element, 'dc:rights', 'rights'),
      // The address of a page or of a feed; Atom does not say which.
      via: via && { title: via.attribs.title, url: via.attribs.href },
      credited: credited === undefined ? undefined : { title: credited },
    },
  };
}

type XmlSource = Readonly<Record<'title' | 'url' | 'feed_url', string | undefined>>;

/** RSS: a title with one address. Atom: metadata of the publication's feed. */
function sourceOf(element: Element): XmlSource {
  const [source] = childrenOf(element, 'source');
  if (source === undefined) return { title: undefined, url: undefined, feed_url: undefined };
  return {
    title: childText(source, 'title') ?? DomUtils.textContent(source),
    url: hrefOf(source, 'alternate'),
    feed_url: source.attribs.url ?? hrefOf(source, 'self'),
  };
}

/** An Atom entry must have an author: its publication is written where the article names none. */
function authorsOf(element: Element, source: XmlSource): unknown[] {
  const creators = childrenOf(element, 'dc:creator').map((creator) => ({ name: DomUtils.textContent(creator) }));
  const people = childrenOf(element, 'author').map((author) => {
    return { name: childText(author, 'name'), url: childText(author, 'uri') };
  });
  const [first] = people;
  const isStandIn = people.length === 1 && first!.name === source.title && first!.url === source.url;
  return isStandIn ? creators : [...creators, ...people];
}

function imageOf(element: Element): unknown {
  const [thumbnail] = childrenOf(element, 'media:thumbnail');
  if (thumbnail === undefined) return undefined;
  const [content] = childrenOf(element, 'media:content');
  const { url, width, height } = thumbnail.attribs;
  const alt = content && childText(content, 'media:description');
  return { url, width: numberOf(width), height: numberOf(height), alt, type: content?.attribs.type };
}

function topicOf(category: Element): unknown {
  const { term, label, domain = '' } = category.attribs;
  const code = domain.startsWith(IPTC_SCHEME) ? domain.slice(IPTC_SCHEME.length) : undefined;
  return { id: term ?? code, label: label ?? DomUtils.textContent(category) };
}

/** RSS descriptions are HTML, so our plain text is escaped twice in them. */
function plainText(html: string | undefined): string | undefined {
  return html?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Text of the first child with one of these names. */
function childText(parent: Element, ...names: readonly string[]): string | undefined {
  const [child] = childrenOf(parent, ...names);
  return child && DomUtils.textContent(child);
}

function hrefOf(parent: Element, rel: string): string | undefined {
  return linksOf(parent, rel)[0]?.attribs.href;
}

function linksOf(parent: Element, rel: string): Element[] {
  return childrenOf(parent, 'link').filter(({ attribs }) => attribs.rel === rel);
}

/** Pixels or bytes; in RSS a length of 0 means unknown. */
function numberOf(value: string | undefined): number | undefined {
  return Number(value) || undefined;
}
