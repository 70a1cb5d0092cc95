/** Writes RSS 2.0 by the RSS Advisory Board's profile, with Atom, Dublin Core, Media RSS and podcast elements. */
import type { Image, MediaLink } from '../../model/article.js';
import type { Channel, ChannelFrame, Entry, EntryTopic } from '../../model/channel.js';
import { findRevisionDate } from '../../model/revision.js';
import { IPTC_SCHEME } from '../../model/topic.js';
import { htmlText } from '../../text/escape.js';
import { formatRfc822, formatRfc3339 } from '../../text/timestamp.js';
import { toXmlHtml, xmlAttribute, xmlCdata, xmlText, xmlTitle } from '../../text/xml.js';
import { archiveLinks, documentUrl, helpUrl, translationLinks } from '../address.js';
import { EPISODE_NAMESPACES, episodeElements } from '../episode.js';
import { type EntryText, type FeedFormat, writeFeed } from '../feed.js';
import { GENERATOR } from '../generator.js';
import { machineElements, machineName } from '../machine.js';
import { remarkParagraph } from '../remark.js';
import { reservationElements } from '../reservation.js';
import type { FormatWriter } from '../writer.js';

const TYPE = 'application/rss+xml';
const TTL_MINUTES = 60;
const HEADER =
  '<?xml version="1.0" encoding="utf-8"?>\n' +
  '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"' +
  ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"' +
  `${EPISODE_NAMESPACES}>\n<channel>\n`;

const feed: FeedFormat = {
  frame: (channel) => ({ before: HEADER + channelHead(channel), between: '', after: '</channel>\n</rss>\n' }),
  entry: item,
  language: (tag) => `<dc:language>${xmlText(tag)}</dc:language>\n`,
};

export const rss: FormatWriter = { feed, edition: () => [] };

/** Writes an RSS 2.0 document (https://www.rssboard.org/rss-profile). Throws RangeError for an invalid date. */
export function writeRss(channel: Channel): string {
  return writeFeed(feed, channel);
}

function channelHead(channel: ChannelFrame): string {
  const self = documentUrl(channel, channel.archive.number, 'rss');
  return (
    `<title>${xmlTitle(channel.title)}</title>\n` +
    `<link>${xmlText(channel.homeUrl)}</link>\n` +
    `<description>${xmlTitle(channel.description)}</description>\n` +
    `<language>${xmlText(channel.language)}</language>\n` +
    `<lastBuildDate>${formatRfc822(channel.updatedAt)}</lastBuildDate>\n` +
    `<generator>${GENERATOR.name} ${GENERATOR.version}</generator>\n` +
    '<docs>https://www.rssboard.org/rss-specification</docs>\n' +
    `<ttl>${TTL_MINUTES}</ttl>\n` +
    `<atom:link rel="self" type="${TYPE}" href="${xmlAttribute(self)}"/>\n` +
    (channel.hub === null ? '' : `<atom:link rel="hub" href="${xmlAttribute(channel.hub)}"/>\n`) +
    help(channel) +
    translations(channel) +
    archive(channel) +
    channelImage(channel) +
    reservationElements(channel.reservation)
  );
}

/** Title and link are the channel's (RSS profile, 4.1.2). */
function channelImage({ images, feedsUrl, title, homeUrl }: ChannelFrame): string {
  if (!images?.image) return '';
  const { path, width, height } = images.image;
  return (
    `<image><url>${xmlText(feedsUrl + path)}</url><title>${xmlTitle(title)}</title><link>${xmlText(homeUrl)}</link>` +
    `${width === null ? '' : `<width>${width}</width>`}${height === null ? '' : `<height>${height}</height>`}</image>\n`
  );
}

/** Link relation `help` (IANA): a page that explains feeds. */
function help(channel: ChannelFrame): string {
  const url = helpUrl(channel);
  return url === null ? '' : `<atom:link rel="help" type="text/html" href="${xmlAttribute(url)}"/>\n`;
}

function translations(channel: ChannelFrame): string {
  return translationLinks(channel, 'rss')
    .map(({ language, href }) => {
      const where = `hreflang="${xmlAttribute(language)}" href="${xmlAttribute(href)}"`;
      return `<atom:link rel="alternate" type="${TYPE}" ${where}/>\n`;
    })
    .join('');
}

function archive(channel: ChannelFrame): string {
  let out = channel.archive.number === null ? '' : '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>\n';
  for (const { rel, href } of archiveLinks(channel, 'rss')) {
    out += `<atom:link rel="${rel}" type="${TYPE}" href="${xmlAttribute(href)}"/>\n`;
  }
  return out;
}

function item(entry: Entry): EntryText {
  const revised = findRevisionDate(entry);
  let out =
    `<item>\n<title>${xmlTitle(entry.title)}</title>\n` +
    `<link>${xmlText(entry.url)}</link>\n` +
    `<guid isPermaLink="false">${xmlText(entry.id)}</guid>\n` +
    `<pubDate>${formatRfc822(entry.publishedAt)}</pubDate>\n`;
  if (revised !== null) out += `<atom:updated>${formatRfc3339(revised)}</atom:updated>\n`;
  for (const { name } of entry.authors) out += `<dc:creator>${xmlText(name)}</dc:creator>\n`;
  for (const made of entry.machine ?? []) out += `<dc:contributor>${xmlText(machineName(made))}</dc:contributor>\n`;
  for (const topic of entry.topics) out += category(topic);
  return [
    out + attribution(entry),
    `${rights(entry)}${body(entry)}${machineElements(entry)}${reservationElements(entry.reservation)}${media(entry)}</item>\n`,
  ];
}

function category({ label, scheme, term }: EntryTopic): string {
  // The text is the label, so an IPTC code can only be part of the domain.
  const domain = scheme === IPTC_SCHEME ? scheme + term : scheme;
  return `<category domain="${xmlAttribute(domain)}">${xmlText(label)}</category>\n`;
}

function attribution({ publication, credited }: Entry): string {
  const url = publication.feedUrl ?? publication.url ?? '';
  const source = `<source url="${xmlAttribute(url)}">${xmlText(publication.title)}</source>\n`;
  // Not dc:source: `source` is already present and names another publication.
  return credited === null ? source : `${source}<dc:relation>${xmlText(credited.title)}</dc:relation>\n`;
}

function rights(entry: Entry): string {
  const rights = entry.rights === null ? '' : `<dc:rights>${xmlText(entry.rights)}</dc:rights>\n`;
  return rights + comments(entry);
}

/** An item has only one `comments`: our site's, else the publication's. The publication's also has its own link. */
function comments({ commentsUrl, discussionUrl }: Entry): string {
  const url = commentsUrl ?? discussionUrl;
  const element = url ? `<comments>${xmlText(url)}</comments>\n` : '';
  if (!discussionUrl) return element;
  return `${element}<atom:link rel="replies" type="text/html" href="${xmlAttribute(discussionUrl)}"/>\n`;
}

/** description precedes content:encoded: readers use the last one that they support. Without words: the title. */
function body(entry: Entry): string {
  const words = entry.summary || entry.title;
  const description = `<description>${toXmlHtml(words)}</description>\n`;
  const remark = remarkParagraph(entry);
  const html = remark === '' ? entry.contentHtml : remark + (entry.contentHtml ?? `<p>${htmlText(words)}</p>`);
  return html === null ? description : `${description}<content:encoded>${xmlCdata(html)}</content:encoded>\n`;
}

function media(entry: Entry): string {
  let out = '';
  const first = entry.enclosures[0];
  if (first !== undefined) out += enclosure(first);
  out += episodeElements(entry);
  if (entry.image === null) return out;
  // Readers would show an image twice if both the content and media:content had it.
  if (entry.contentHtml === null || !/<img[\s/>]/i.test(entry.contentHtml)) out += mediaContent(entry.image);
  return `${out}<media:thumbnail url="${xmlAttribute(entry.image.url)}"${size(entry.image)}/>\n`;
}

/** RSS profile: a length of 0 means unknown. */
function enclosure({ url, type, length }: MediaLink): string {
  return `<enclosure url="${xmlAttribute(url)}" length="${length ?? 0}" type="${xmlAttribute(type)}"/>\n`;
}

function mediaContent(image: Image): string {
  const type = image.type === null ? '' : ` type="${xmlAttribute(image.type)}"`;
  const start = `<media:content url="${xmlAttribute(image.url)}"${type} medium="image"${size(image)}`;
  if (image.alt === null || image.alt === '') return `${start}/>\n`;
  return `${start}><media:description type="plain">${xmlText(image.alt)}</media:description></media:content>\n`;
}

function size({ width, height }: Image): string {
  return (width === null ? '' : ` width="${width}"`) + (height === null ? '' : ` height="${height}"`);
}
