/** Writes JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), one item per line, for readable diffs. */
import type { Episode, MediaLink, Publication } from '../../model/article.js';
import type { Channel, ChannelFrame, Entry, StoryFacts } from '../../model/channel.js';
import { findRevisionDate } from '../../model/revision.js';
import { jsonText } from '../../text/json.js';
import { formatRfc3339 } from '../../text/timestamp.js';
import { documentUrl, helpUrl, translationLinks } from '../address.js';
import { type EntryText, type FeedFormat, writeFeed } from '../feed.js';
import { reservationMember } from '../reservation.js';
import type { FormatWriter } from '../writer.js';

// Once per feed: an item's text must not depend on its position.
const ABOUT_SOURCE =
  'The publication that an item comes from: title, url of its home page, feed_url, and its rights; comments_url: where it discusses the item; via: where we read it; credited: a publication that the text quotes or copies.';
const ABOUT_TOPICS = 'The topics of an item: id and scheme as in the Atom categories of this feed, label as in tags.';
const ABOUT_EPISODE =
  'What a podcast says of an episode: season and number; transcripts and chapters: url and mime_type of files; people: name, role and url.';
const ABOUT_EDITED = 'What the section itself changed in this item: by whom, and what (title, summary, image, topics).';
const ABOUT_REMARK = 'What the section itself says about this item, as plain text.';
const ABOUT_MACHINE = 'Made by a program, not by the publisher (docs/enriching.md).';
const ABOUT_RELATED =
  'The other articles that tell the story: url, title and publication; with a language, a report of another story in that language.';
const ABOUT_TRANSLATIONS = 'The same section in its other languages: language and feed_url.';

const ABOUT_STORY =
  'The story that these items tell: its id in the feed of stories, the id of the item that leads it, and copies: ids of articles that are no items here, each with the id of the one that has its text.';

const feed: FeedFormat = {
  frame: (channel, entries) => {
    const line = entries === 'none' ? '' : '\n';
    return { before: `{${feedHead(channel)},\n"items":[${line}`, between: ',\n', after: `${line}]}\n` };
  },
  entry: item,
  language: (tag) => field('language', tag),
};

export const jsonFeed: FormatWriter = { feed, edition: () => [] };

/** Writes a JSON Feed 1.1 document in UTF-8, keys in fixed order. Throws RangeError for an invalid date. */
export function writeJsonFeed(channel: Channel): string {
  return writeFeed(feed, channel);
}

function feedHead(channel: ChannelFrame): string {
  const { number, previous } = channel.archive;
  // The archive continues the head like a next page.
  const next = previous === null ? null : documentUrl(channel, previous, 'json');
  const help = helpUrl(channel);
  // The format recommends `user_comment` for people who open the file.
  const comment = help === null ? null : `How to read this feed: ${help}`;
  const hub = channel.hub === null ? '' : `,"hubs":[{"type":"WebSub","url":${jsonText(channel.hub)}}]`;
  return (
    `"version":"https://jsonfeed.org/version/1.1","title":${jsonText(channel.title)}` +
    `,"home_page_url":${jsonText(channel.homeUrl)},"feed_url":${jsonText(documentUrl(channel, number, 'json'))}` +
    `,"description":${jsonText(channel.description)}${field('user_comment', comment)}${field('next_url', next)}` +
    images(channel) +
    `,"language":${jsonText(channel.language)}${hub}${reservationMember(channel.reservation)}` +
    `,"_source":${about(ABOUT_SOURCE)},"_topics":${about(ABOUT_TOPICS)},"_episode":${about(ABOUT_EPISODE)}` +
    (channel.kind === 'stories' || channel.kind === 'digest' ? `,"_related":${about(ABOUT_RELATED)}` : '') +
    translations(channel) +
    (channel.story === undefined ? '' : story(channel.story))
  );
}

function translations(channel: ChannelFrame): string {
  const links = translationLinks(channel, 'json');
  if (links.length === 0) return '';
  const items = links.map(({ language, href }) => `{"language":${jsonText(language)},"feed_url":${jsonText(href)}}`);
  return `,"_translations":{"about":${jsonText(ABOUT_TRANSLATIONS)},"items":[${items.join()}]}`;
}

function story({ id, lead, copies }: StoryFacts): string {
  const listed = list('copies', copies, (copy) => `{"id":${jsonText(copy.id)},"of":${jsonText(copy.of)}}`);
  return `,"_story":{"about":${jsonText(ABOUT_STORY)},"id":${jsonText(id)},"lead":${jsonText(lead)}${listed}}`;
}

function images({ images, feedsUrl }: ChannelFrame): string {
  if (images === undefined) return '';
  return field('icon', feedsUrl + images.icon.path) + field('favicon', feedsUrl + images.favicon.path);
}

function about(text: string): string {
  return `{"about":${jsonText(text)}}`;
}

function item(entry: Entry): EntryText {
  const revised = findRevisionDate(entry);
  return [
    `{"id":${jsonText(entry.id)},"url":${jsonText(entry.url)}` +
      field('external_url', entry.url === entry.originalUrl ? null : entry.originalUrl) +
      `,"title":${jsonText(entry.title)}${body(entry)}${field('image', entry.image?.url ?? null)}` +
      `,"date_published":"${formatRfc3339(entry.publishedAt)}"` +
      (revised === null ? '' : `,"date_modified":"${formatRfc3339(revised)}"`) +
      list('authors', entry.authors, ({ name, url }) => `{"name":${jsonText(name)}${field('url', url)}}`) +
      list('tags', entry.topics, ({ label }) => jsonText(label)),
    list('attachments', entry.enclosures, attachment) +
      (entry.episode ? episode(entry.episode) : '') +
      source(entry) +
      edited(entry) +
      remark(entry) +
      machine(entry) +
      reservationMember(entry.reservation) +
      extension('_topics', entry.topics, ({ term, scheme, label }) => {
        return `{"id":${jsonText(term)},"scheme":${jsonText(scheme)},"label":${jsonText(label)}}`;
      }) +
      extension('_related', entry.related, ({ url, title, publication, language }) => {
        const told = `{"url":${jsonText(url)},"title":${jsonText(title)},"publication":${jsonText(publication)}`;
        return `${told}${field('language', language ?? null)}}`;
      }) +
      '}',
  ];
}

/** HTML or text is required. Without HTML the summary is also the text, for readers that support only one of them. */
function body({ contentHtml, summary, title }: Entry): string {
  const said = summary === '' ? null : summary;
  const text = contentHtml === null ? field('content_text', said ?? title) : field('content_html', contentHtml);
  return text + field('summary', said);
}

function attachment({ url, type, length, duration }: MediaLink): string {
  const size = length === null ? '' : `,"size_in_bytes":${length}`;
  const time = duration === null ? '' : `,"duration_in_seconds":${duration}`;
  return `{"url":${jsonText(url)},"mime_type":${jsonText(type)}${size}${time}}`;
}

function episode({ season, number, transcripts, chapters, people }: Episode): string {
  const parts = [
    season === null ? '' : `,"season":${season}`,
    number === null ? '' : `,"number":${number}`,
    list('transcripts', transcripts, (file) => `{${linkedFile(file)}${field('language', file.language)}}`),
    chapters === null ? '' : `,"chapters":{${linkedFile(chapters)}}`,
    list('people', people, ({ name, role, url }) => {
      return `{"name":${jsonText(name)}${field('role', role)}${field('url', url)}}`;
    }),
  ];
  return `,"_episode":{${parts.join('').slice(1)}}`;
}

function linkedFile({ url, type }: { readonly url: string; readonly type: string }): string {
  return `"url":${jsonText(url)},"mime_type":${jsonText(type)}`;
}

function source({ publication, via, credited, rights, discussionUrl }: Entry): string {
  const by = via === null ? '' : `,"via":{${named(via)}}`;
  const quoted =
    credited === null ? '' : `,"credited":{"title":${jsonText(credited.title)}${field('url', credited.url)}}`;
  return `,"_source":{${named(publication)}${field('rights', rights)}${field('comments_url', discussionUrl ?? null)}${by}${quoted}}`;
}

function edited({ edited }: Entry): string {
  if (edited === undefined) return '';
  const what = edited.what.map(jsonText).join(',');
  // Few items are edited, so each item explains the field, not the feed.
  return `,"_edited":{"about":${jsonText(ABOUT_EDITED)},"by":${jsonText(edited.by)},"what":[${what}]}`;
}

function remark({ remark }: Entry): string {
  if (remark === undefined) return '';
  const { by, text, language } = remark;
  return `,"_remark":{"about":${jsonText(ABOUT_REMARK)},"by":${jsonText(by)},"text":${jsonText(text)}${field('language', language)}}`;
}

function machine({ machine = [] }: Entry): string {
  if (machine.length === 0) return '';
  const items = machine.map(
    ({ as, by, of, language, title, summary, contentHtml, topics, original }) =>
      `{"as":${jsonText(as)},"by":${jsonText(by)}${field('language', language)}${field('title', title)}` +
      `${field('summary', summary)}${field('content_html', contentHtml)}${list('topics', topics, jsonText)}` +
      (original === undefined ? '' : `,"original":{${machineOriginal(original)}}`) +
      `,"of":${jsonText(of)}}`,
  );
  return `,"_machine":{"about":${jsonText(ABOUT_MACHINE)},"items":[${items.join()}]}`;
}

function machineOriginal(original: NonNullable<NonNullable<Entry['machine']>[number]['original']>): string {
  const said = Object.entries(original).map(([name, value]) => field(name, value));
  return said.join('').slice(1);
}

function named({ title, url, feedUrl }: Publication): string {
  return `"title":${jsonText(title)}${field('url', url)}${field('feed_url', feedUrl)}`;
}

/** Omits null. */
function field(name: string, value: string | null): string {
  return value === null ? '' : `,"${name}":${jsonText(value)}`;
}

/** Omits empty lists. */
function list<T>(name: string, values: readonly T[], each: (value: T) => string): string {
  return values.length === 0 ? '' : `,"${name}":[${values.map(each).join(',')}]`;
}

/** Extensions must be objects (JSON Feed 1.1, "custom objects"). */
function extension<T>(name: string, values: readonly T[], each: (value: T) => string): string {
  return values.length === 0 ? '' : `,"${name}":{"items":[${values.map(each).join(',')}]}`;
}
