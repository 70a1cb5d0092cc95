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
    id: firstChildText(channel, 'id'),
    title: firstChildText(channel, 'title'),
    language: firstChildText(channel, 'language') ?? channel.attribs['xml:lang'],
    updated: firstChildText(channel, 'lastBuildDate', 'updated'),
    items: childrenOf(channel, 'item', 'entry').map(xmlItemOf),
    tombstones: childrenOf(channel, 'at:deleted-entry').map((element) => ({
      id: element.attribs.ref,
      when: element.attribs.when,
      comment: firstChildText(element, 'at:comment'),
    })),
  };
}

function xmlItemOf(element: Element): unknown {
  const title = firstChildText(element, 'title');
  const content = firstChildText(element, 'content:encoded', 'content');
  const summary = plainText(firstChildText(element, 'description')) ?? firstChildText(element, 'summary');
  const [via] = linksWithRel(element, 'via');
  const credited = firstChildText(element, 'dc:relation');
  const source = xmlSourceOf(element);
  return {
    id: firstChildText(element, 'guid', 'id'),
    url: hrefOf(element, 'alternate') ?? firstChildText(element, 'link'),
    title,
    // Entries without a summary have their title for one.
    summary: summary === title ? undefined : summary,
    content_html: content,
    authors: xmlAuthorsOf(element, source),
    language: firstChildText(element, 'dc:language') ?? element.attribs['xml:lang'],
    date_published: firstChildText(element, 'pubDate', 'published'),
    date_modified: firstChildText(element, 'atom:updated', 'updated'),
    image: imageOf(element),
    attachments: attachmentsOf(element),
    _episode: episodeOf(element),
    _topics: { items: childrenOf(element, 'category').map(xmlTopicOf) },
    _source: {
      ...source,
      rights: firstChildText(element, 'dc:rights', 'rights'),
      comments_url: linksWithRel(element, 'replies')[0]?.attribs.href,
      // The address of a page or of a feed; Atom does not say which.
      via: via && { title: via.attribs.title, url: via.attribs.href },
      credited: credited === undefined ? undefined : { title: credited },
    },
  };
}

type XmlSource = Readonly<Record<'title' | 'url' | 'feed_url', string | undefined>>;

/** RSS: a title with one address. Atom: metadata of the publication's feed. */
function xmlSourceOf(element: Element): XmlSource {
  const [source] = childrenOf(element, 'source');
  if (source === undefined) return { title: undefined, url: undefined, feed_url: undefined };
  return {
    title: firstChildText(source, 'title') ?? DomUtils.textContent(source),
    url: hrefOf(source, 'alternate'),
    feed_url: source.attribs.url ?? hrefOf(source, 'self'),
  };
}

/** An Atom entry must have an author: its publication is written where the article names none. */
function xmlAuthorsOf(element: Element, source: XmlSource): unknown[] {
  const creators = childrenOf(element, 'dc:creator').map((creator) => ({ name: DomUtils.textContent(creator) }));
  const people = childrenOf(element, 'author').map((author) => {
    return { name: firstChildText(author, 'name'), url: firstChildText(author, 'uri') };
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
  const alt = content && firstChildText(content, 'media:description');
  return { url, width: numberOf(width), height: numberOf(height), alt, type: content?.attribs.type };
}

/** The duration is that of the first. */
function attachmentsOf(element: Element): unknown[] {
  const files = [...childrenOf(element, 'enclosure'), ...linksWithRel(element, 'enclosure')];
  const duration = numberOf(firstChildText(element, 'itunes:duration'));
  return files.map(({ attribs }, i) => ({
    url: attribs.url ?? attribs.href,
    mime_type: attribs.type,
    size_in_bytes: numberOf(attribs.length),
    duration_in_seconds: i === 0 ? duration : undefined,
  }));
}

function episodeOf(element: Element): unknown {
  const files = (name: string) =>
    childrenOf(element, name).map(({ attribs: { url, type, language } }) => ({ url, mime_type: type, language }));
  const people = childrenOf(element, 'podcast:person').map((person) => {
    return { name: DomUtils.textContent(person), role: person.attribs.role, url: person.attribs.href };
  });
  const episode = {
    season: numberOf(firstChildText(element, 'itunes:season')),
    number: numberOf(firstChildText(element, 'itunes:episode')),
    transcripts: files('podcast:transcript'),
    chapters: files('podcast:chapters')[0],
    people,
  };
  return (episode.season ?? episode.number ?? episode.chapters ?? episode.transcripts[0] ?? people[0]) && episode;
}

function xmlTopicOf(category: Element): unknown {
  const { term, label, domain = '' } = category.attribs;
  const code = domain.startsWith(IPTC_SCHEME) ? domain.slice(IPTC_SCHEME.length) : undefined;
  return { id: term ?? code, label: label ?? DomUtils.textContent(category) };
}

/** RSS descriptions are HTML, so our plain text is escaped twice in them. */
function plainText(html: string | undefined): string | undefined {
  return html?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Text of the first child with one of these names. */
function firstChildText(parent: Element, ...names: readonly string[]): string | undefined {
  const [child] = childrenOf(parent, ...names);
  return child && DomUtils.textContent(child);
}

function hrefOf(parent: Element, rel: string): string | undefined {
  return linksWithRel(parent, rel)[0]?.attribs.href;
}

function linksWithRel(parent: Element, rel: string): Element[] {
  return childrenOf(parent, 'link', 'atom:link').filter(({ attribs }) => attribs.rel === rel);
}

/** Pixels, bytes, seconds or an ordinal; in RSS a length of 0 means unknown. */
function numberOf(value: string | undefined): number | undefined {
  return Number(value) || undefined;
}
