/** Writes Atom 1.0 (RFC 4287) with archives (RFC 5005), tombstones (RFC 6721), Media RSS and podcast elements. */
import type { Author, Publication } from '../../model/article.js';
import type { Channel, ChannelFrame, DeletedEntry, Entry } from '../../model/channel.js';
import { findChangeDate } from '../../model/revision.js';
import { htmlText } from '../../text/escape.js';
import { formatRfc3339 } from '../../text/timestamp.js';
import { xmlAttribute, xmlCdata, xmlText } from '../../text/xml.js';
import { archiveLinks, documentUrl, helpUrl, translationLinks } from '../address.js';
import { EPISODE_NAMESPACES, episodeElements } from '../episode.js';
import { type EntryText, type FeedFormat, writeFeed } from '../feed.js';
import { GENERATOR } from '../generator.js';
import { machineElements, machineName } from '../machine.js';
import { remarkParagraph } from '../remark.js';
import { reservationElements } from '../reservation.js';
import type { FormatWriter } from '../writer.js';

const TYPE = 'application/atom+xml';

const feed: FeedFormat = {
  frame: (channel) => ({ before: feedHead(channel), between: '', after: '</feed>\n' }),
  entry: atomEntry,
  language: (tag) => ` xml:lang="${xmlAttribute(tag)}"`,
};

export const atom: FormatWriter = { feed, edition: () => [] };

/** Writes an Atom 1.0 document in UTF-8. Deterministic. Throws RangeError for an invalid date. */
export function writeAtom(channel: Channel): string {
  return writeFeed(feed, channel);
}

function feedHead(channel: ChannelFrame): string {
  const self = documentUrl(channel, channel.archive.number, 'atom');
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
    ` xmlns:media="http://search.yahoo.com/mrss/"${EPISODE_NAMESPACES} xml:lang="${xmlAttribute(channel.language)}">\n` +
    `<id>${xmlText(channel.id)}</id>\n` +
    `<title type="text">${xmlText(channel.title)}</title>\n` +
    `<subtitle type="text">${xmlText(channel.description)}</subtitle>\n` +
    `<updated>${formatRfc3339(channel.updatedAt)}</updated>\n` +
    `<author><name>${xmlText(channel.siteTitle)}</name></author>\n` +
    `<link rel="self" type="${TYPE}" href="${xmlAttribute(self)}"/>\n` +
    `<link rel="alternate" type="text/html" href="${xmlAttribute(channel.homeUrl)}"/>\n` +
    (channel.hub === null ? '' : `<link rel="hub" href="${xmlAttribute(channel.hub)}"/>\n`) +
    help(channel) +
    translations(channel) +
    archive(channel) +
    images(channel) +
    reservationElements(channel.reservation) +
    `<generator version="${GENERATOR.version}">${GENERATOR.name}</generator>\n` +
    channel.tombstones.map(tombstone).join('')
  );
}

/** Link relation `help` (IANA): a page that explains feeds. */
function help(channel: ChannelFrame): string {
  const url = helpUrl(channel);
  return url === null ? '' : `<link rel="help" type="text/html" href="${xmlAttribute(url)}"/>\n`;
}

/** RFC 4287 4.2.5 and 4.2.8: the icon is square, the logo twice as wide as high. */
function images({ images, feedsUrl }: ChannelFrame): string {
  if (images === undefined) return '';
  const logo = images.logo === null ? '' : `<logo>${xmlText(feedsUrl + images.logo.path)}</logo>\n`;
  return `<icon>${xmlText(feedsUrl + images.icon.path)}</icon>\n${logo}`;
}

function translations(channel: ChannelFrame): string {
  return translationLinks(channel, 'atom')
    .map(({ language, href }) => {
      const where = `hreflang="${xmlAttribute(language)}" href="${xmlAttribute(href)}"`;
      return `<link rel="alternate" type="${TYPE}" ${where}/>\n`;
    })
    .join('');
}

function archive(channel: ChannelFrame): string {
  let out = channel.archive.number === null ? '' : '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>\n';
  for (const { rel, href } of archiveLinks(channel, 'atom')) {
    out += `<link rel="${rel}" type="${TYPE}" href="${xmlAttribute(href)}"/>\n`;
  }
  return out;
}

function tombstone({ id, when, comment }: DeletedEntry): string {
  const start =
    '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0"' +
    ` ref="${xmlAttribute(id)}" when="${formatRfc3339(when)}"`;
  return comment === null
    ? `${start}/>\n`
    : `${start}><at:comment>${xmlText(comment)}</at:comment></at:deleted-entry>\n`;
}

function atomEntry(entry: Entry): EntryText {
  const updated = formatRfc3339(findChangeDate(entry));
  let out =
    `>\n<id>${xmlText(entry.id)}</id>\n` +
    `<title type="text">${xmlText(entry.title)}</title>\n` +
    `<link rel="alternate" type="text/html" href="${xmlAttribute(entry.url)}"/>\n` +
    `<published>${formatRfc3339(entry.publishedAt)}</published>\n` +
    `<updated>${updated}</updated>\n` +
    authors(entry);
  out += machineContributors(entry);
  for (const { term, scheme, label } of entry.topics) {
    out += `<category term="${xmlAttribute(term)}" scheme="${xmlAttribute(scheme)}" label="${xmlAttribute(label)}"/>\n`;
  }
  out += source(entry.publication, updated);
  if (entry.credited !== null) out += `<dc:relation>${xmlText(entry.credited.title)}</dc:relation>\n`;
  if (entry.rights !== null) out += `<rights type="text">${xmlText(entry.rights)}</rights>\n`;
  return [
    '<entry',
    `${out}${body(entry)}${machineElements(entry)}${reservationElements(entry.reservation)}${links(entry)}</entry>\n`,
  ];
}

/** RFC 4287 4.1.2 requires an author. The publication is the author if none is named. */
function authors({ authors: named, publication }: Entry): string {
  if (named.length === 0) return person({ name: publication.title, url: publication.url });
  let out = '';
  for (const author of named) out += person(author);
  return out;
}

function person({ name, url }: Author): string {
  const uri = url === null ? '' : `<uri>${xmlText(url)}</uri>`;
  return `<author><name>${xmlText(name)}</name>${uri}</author>\n`;
}

/** RFC 4287 4.2.3: contributors of the machine-made texts. */
function machineContributors({ machine = [] }: Entry): string {
  return machine.map((made) => `<contributor><name>${xmlText(machineName(made))}</name></contributor>\n`).join('');
}

/** RFC 4287 4.2.11. `updated` is the entry's date, because the feed's date changes with every fetch. */
function source({ title, url, feedUrl }: Publication, updated: string): string {
  const self = feedUrl === null ? '' : `<link rel="self" href="${xmlAttribute(feedUrl)}"/>`;
  const home = url === null ? '' : `<link rel="alternate" type="text/html" href="${xmlAttribute(url)}"/>`;
  return (
    `<source><id>${xmlText(feedUrl ?? url ?? '')}</id><title type="text">${xmlText(title)}</title>` +
    `<updated>${updated}</updated>${self}${home}</source>\n`
  );
}

function body(entry: Entry): string {
  const text = entry.summary === '' && entry.contentHtml === null ? entry.title : entry.summary;
  const summary = text === '' ? '' : `<summary type="text">${xmlText(text)}</summary>\n`;
  const remark = remarkParagraph(entry);
  const html = remark === '' ? entry.contentHtml : remark + (entry.contentHtml ?? `<p>${htmlText(text)}</p>`);
  return html === null ? summary : `${summary}<content type="html">${xmlCdata(html)}</content>\n`;
}

function links(entry: Entry): string {
  let out = '';
  for (const { url, type, length } of entry.enclosures) {
    const bytes = length === null ? '' : ` length="${length}"`;
    out += `<link rel="enclosure" type="${xmlAttribute(type)}"${bytes} href="${xmlAttribute(url)}"/>\n`;
  }
  if (entry.discussionUrl)
    out += `<link rel="replies" type="text/html" href="${xmlAttribute(entry.discussionUrl)}"/>\n`;
  if (entry.via !== null) out += titledLink('via', entry.via.url ?? entry.via.feedUrl ?? '', entry.via.title);
  for (const { url, title, publication, language } of entry.related)
    out += titledLink('related', url, `${title} (${publication})`, language);
  return out + episodeElements(entry) + thumbnail(entry);
}

function titledLink(rel: string, href: string, title: string, language: string | null = null): string {
  const hreflang = language === null ? '' : ` hreflang="${xmlAttribute(language)}"`;
  return href === ''
    ? ''
    : `<link rel="${rel}"${hreflang} href="${xmlAttribute(href)}" title="${xmlAttribute(title)}"/>\n`;
}

function thumbnail({ image }: Entry): string {
  if (image === null) return '';
  const width = image.width === null ? '' : ` width="${image.width}"`;
  const height = image.height === null ? '' : ` height="${image.height}"`;
  return `<media:thumbnail url="${xmlAttribute(image.url)}"${width}${height}/>\n`;
}
