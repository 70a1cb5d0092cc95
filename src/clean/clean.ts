/** Cleans a parsed feed: everything about its items that can be known without the store. */
import type { Author, Draft, Publication } from '../model/article.js';
import type { CleanContext, CleanDocument } from '../model/document.js';
import type { Category, Item, ParsedFeed, Text } from '../model/item.js';
import type { SourceProfile } from '../model/source.js';
import { EDITORS_TOPIC } from '../model/topic.js';
import { sanitizeHtml } from '../sanitize/sanitize.js';
import { hasBlocks, htmlToText } from '../text/html.js';
import { languageTag } from '../text/language.js';
import { lettersOnly } from '../text/plain.js';
import { commonParameters } from '../text/url/common-parameters.js';
import { siteOf } from '../text/url/site-of.js';
import { absoluteUrl, canonicalUrl } from '../text/url/url.js';
import { type Address, discussionUrlOf, itemAddressOf, withoutFeedMarks } from './address.js';
import { namedFeed, ownFeedUrl, ownPublication, publicationOf } from './attribution/attribution.js';
import { authorsOf } from './attribution/authors.js';
import { type Credit, creditedPublication } from './attribution/credit.js';
import { namesOfPublication, publicationName } from './attribution/publication-name.js';
import { BODY_TEXT_LIMIT, readBody } from './body.js';
import { isHeadlineList } from './boilerplate.js';
import { contentHashOf } from './content-hash.js';
import { declaredDatesOf, readDate } from './declared-dates.js';
import { commonEnding, headlineOf, standInTitle } from './headline.js';
import { leadImages } from './image.js';
import { languageOf } from './language.js';
import { cleanEpisode, mediaLinksOf } from './media.js';
import { htmlOf, lineOf, longTextHtmlOf, nameOf, proseOf } from './plain-text.js';
import { textWithoutNotice, withoutNotice } from './read-more-suffixes.js';
import { SUMMARY_LIMIT, summaryOf } from './summary.js';

/**
 * Turns items into drafts, in document order; items without an address that say nothing are left out and counted. Pure and
 * synchronous: the same feed and context give the same drafts. HTML is sanitised only where the source's licence allows its publication
 * (`content: full`): elsewhere `contentHtml` is null, while `contentHash` and `bodyText` cover the whole text regardless of the
 * licence. Never throws, whatever the feed contains.
 */
export function clean(feed: ParsedFeed, context: CleanContext): CleanDocument {
  const own = ownPublication(feed, context);
  const names = namesOfPublication(own.title, namedFeed(feed, own));
  const { own: editors } = context.source;
  const titleEnding =
    editors === undefined ? (context.titleEnding ?? commonEnding(feed.items.map(({ title }) => lineOf(title)))) : '';
  const addresses = feed.items.map((item) =>
    feed.format === 'posts' && item.url === null ? NO_ADDRESS : itemAddressOf(item, context.documentUrl),
  );
  const parameters = commonParameters(
    addresses.flatMap(({ url }) => url ?? []),
    context.commonParameters,
  );
  const drafts = feed.items.flatMap((item, place) => {
    const address = withoutFeedMarks(addresses[place]!, parameters ?? [], lineOf(item.title));
    return draftOf({ item, place, feed, context, own, names, titleEnding }, address);
  });
  const skipped = feed.items.length - drafts.length;
  return {
    format: feed.format,
    profile: sourceProfileOf(feed, context, own),
    drafts,
    skipped,
    commonParameters: parameters,
    titleEnding,
    tombstones: feed.tombstones,
    complete: feed.complete,
    ...hubOf(feed, context),
    ...olderOf(feed, context),
    ...(feed.parts && { parts: feed.parts }),
    ...(feed.list && { list: feed.list }),
    ...(feed.reservation && { reservation: feed.reservation }),
    builtAt: readDate(feed.updated),
    ttlMinutes: feed.ttlMinutes,
    updateEveryMinutes: feed.updateEveryMinutes,
    skipHours: feed.skipHours,
    skipDays: feed.skipDays,
    warnings:
      skipped === 0 ? feed.warnings : [...feed.warnings, `items without link, title and text, left out: ${skipped}`],
  };
}

/** The first hub counts; a document without an address of its own is known by the one that it was fetched from. */
function hubOf({ hubs, feedUrl }: ParsedFeed, { documentUrl }: CleanContext): Pick<CleanDocument, 'hub'> {
  const url = hubs[0] === undefined ? null : absoluteUrl(hubs[0], documentUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return {};
  const topic = feedUrl === null ? null : absoluteUrl(feedUrl, documentUrl);
  return { hub: { url: url.href, topic: topic?.href ?? documentUrl } };
}

function olderOf({ links }: ParsedFeed, { documentUrl }: CleanContext): Pick<CleanDocument, 'older'> {
  const link = ['prev-archive', 'next'].flatMap((rel) => links.find((one) => one.rel === rel) ?? [])[0];
  const url = link === undefined ? null : absoluteUrl(link.href, documentUrl);
  return url === null ? {} : { older: url.href };
}

/** Our page is the only one of a post: not that of its comments. */
const NO_ADDRESS: Address = { url: null, keys: [] };

interface CleaningTask {
  readonly item: Item;
  readonly place: number;
  readonly feed: ParsedFeed;
  readonly context: CleanContext;
  readonly own: Publication;
  /** Names of the publication: the editor's, the feed's and its site's. */
  readonly names: readonly string[];
  readonly titleEnding: string;
}

function draftOf(work: CleaningTask, address: Address): Draft[] {
  const draft = draftAt(work, address);
  return address.url !== null || saysSomething(work.item, draft) ? [draft] : [];
}

function saysSomething({ title }: Item, { summary, bodyText }: Draft): boolean {
  return lineOf(title) !== '' || summary !== '' || bodyText !== null;
}

function draftAt(work: CleaningTask, address: Address): Draft {
  const { item, place, feed, context, own, names } = work;
  const html = contentOf(item);
  const base = html?.base ?? address.url ?? context.documentUrl;
  const site = address.url === null ? null : siteOf(address.url);
  const body = html === null ? null : readBody(html.value, base, site);
  const bodyText = body === null ? '' : textWithoutNotice(body.text);
  const dates = declaredDatesOf(item);
  const whose = publicationOf(item, own, names, address.url, context.documentUrl);
  const { title: publication } = whose.publication;
  const called = names.includes(publication) ? names : [publication, ...names];
  const words = titleAndSummary(work, bodyText, called, address.url);
  const authors = bylines(work, called);
  const pictures = leadImages(item, body?.images ?? [], base, feed.imageUrl);
  const image = pictures[0]?.image ?? null;
  const enclosures = mediaLinksOf(item.enclosures, context.documentUrl);
  const { credited, mayCredit } = creditIn(work, called, words, bodyText, html, base);
  return {
    guid: item.guid,
    url: address.url,
    urlKeys: address.keys,
    title: words.title || standInTitle(words.summary, publication, dates.claimedPublishedAt),
    summary: words.summary,
    contentHtml: context.source.content === 'full' ? publishable(html, base, words.title) : null,
    bodyText: bodyText === '' ? null : bodyText,
    authors,
    attribution: {
      publication: whose.publication,
      // The editor who links to an article is no aggregator of it.
      via: context.source.own === undefined ? whose.via : null,
      credited,
    },
    mayCredit,
    language: languageOf(declaredIn(work), [words.title, words.summary].join('\n')),
    image,
    pictures,
    enclosures,
    episode: cleanEpisode(item.episode, context.documentUrl),
    discussionUrl: discussionUrlOf(item, address.url, context.documentUrl),
    ...(item.commentsClosed === true && context.source.own !== undefined && { commentsClosed: true as const }),
    categories: cleanCategories(item, context),
    rights: nameOf(item.rights ?? feed.rights) || null,
    contentHash: contentHashOf({
      title: words.full,
      summary: words.summary,
      content: body?.visible ?? null,
      authors,
      image,
      enclosures,
      site,
    }),
    place,
    ...dates,
  };
}

/** The content, else a summary that is one: with block elements like an article's body, or too long to be shown whole as a summary. */
function contentOf(item: Item): { value: string; base: string | null } | null {
  if (isSaid(item.content)) return { value: htmlOf(item.content), base: item.content.base };
  const { summary } = item;
  if (summary === null || (summary.type === 'html' && isHeadlineList(summary.value))) return null;
  if (isBody(summary)) return { value: htmlOf(summary), base: summary.base };
  return summary.value.length > SUMMARY_LIMIT ? { value: longTextHtmlOf(summary), base: summary.base } : null;
}

function isSaid(text: Text | null): text is Text {
  return text !== null && text.value.trim() !== '';
}

function isBody(text: Text): boolean {
  return text.type === 'html' && hasBlocks(text.value);
}

function titleAndSummary(
  { item, titleEnding }: CleaningTask,
  bodyText: string,
  publications: readonly string[],
  url: string | null,
): { full: string; title: string; summary: string } {
  const full = lineOf(item.title);
  const title = headlineOf(full, publications, titleEnding, url);
  const teaser = teaserOf(item.summary);
  return { full, title, summary: summaryOf(teaser, bodyText, { title, full, publications }) };
}

/** The source's own summary as plain text; empty where it is a list of other articles. */
function teaserOf(summary: Text | null): string {
  return summary?.type === 'html' && isHeadlineList(summary.value) ? '' : proseOf(summary, BODY_TEXT_LIMIT);
}

function creditIn(
  work: CleaningTask,
  publications: readonly string[],
  words: { title: string; summary: string },
  bodyText: string,
  html: { value: string } | null,
  base: string,
): Credit {
  return creditedPublication(
    work.item,
    [words.title, words.summary, bodyText],
    html?.value ?? work.item.summary?.value ?? null,
    publications,
    work.context.credits,
    base,
  );
}

function bylines({ item, feed, context }: CleaningTask, publications: readonly string[]): Author[] {
  // RFC 4287 4.2.1, JSON Feed 1.1: entries without authors have the feed's.
  const inherits = item.authors.length === 0 && (feed.format === 'atom' || feed.format === 'json');
  return authorsOf(inherits ? feed.authors : item.authors, publications, context.documentUrl);
}

function declaredIn(work: CleaningTask): { item: string | null; feed: string | null } {
  return { item: work.item.language, feed: work.feed.language ?? work.context.contentLanguage };
}

/** Only the editor's own name topics of ours. */
function cleanCategories({ categories }: Item, { source }: CleanContext): Category[] {
  const theirs = categories.filter(({ scheme }) => source.own !== undefined || scheme !== EDITORS_TOPIC);
  const named = theirs.map(({ term, scheme, label }) => ({
    term: nameOf(term),
    scheme,
    label: nameOf(label) || null,
  }));
  return named.filter(({ term }) => term !== '');
}

/** Content that is the title again, without a link or a picture, says nothing beside it. */
function publishable(html: { value: string } | null, base: string, title: string): string | null {
  if (html === null) return null;
  const safe = sanitizeHtml(withoutNotice(html.value), { baseUrl: base });
  if (safe === '') return null;
  const isShort = safe.length < title.length * 2 + 100 && !/<(?!\/?(?:p|div|br|span)[\s/>])/.test(safe);
  return isShort && title !== '' && lettersOnly(htmlToText(safe)) === lettersOnly(title) ? null : safe;
}

function sourceProfileOf(feed: ParsedFeed, context: CleanContext, own: Publication): SourceProfile {
  const at = (raw: string | null) => (raw === null ? null : canonicalUrl(raw, context.documentUrl));
  return {
    title: lineOf(feed.title) === '' ? null : publicationName(namedFeed(feed, own)),
    homeUrl: at(feed.url),
    feedUrl: feed.feedUrl === null ? null : ownFeedUrl(feed, context),
    description: lineOf(feed.description) || null,
    language: languageTag(feed.language ?? context.contentLanguage),
    imageUrl: feed.imageUrl === null ? null : (absoluteUrl(feed.imageUrl, context.documentUrl)?.href ?? null),
    rights: nameOf(feed.rights) || null,
  };
}
