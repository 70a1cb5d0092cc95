/** Cleans a parsed feed: everything that does not need the store. */
import type { Author, Draft, Publication } from '../model/article.js';
import type { CleanContext, CleanDocument } from '../model/document.js';
import type { Category, Item, ParsedFeed, Text } from '../model/item.js';
import type { SourceProfile } from '../model/source.js';
import { EDITORS_TOPIC } from '../model/topic.js';
import { sanitizeHtml } from '../sanitize/sanitize.js';
import { removeFromHtml } from '../text/elements.js';
import { findFurniture, listLineKeys, removeFurniture } from '../text/furniture.js';
import { hasBlocks, htmlToText } from '../text/html.js';
import { toLanguageTag } from '../text/language.js';
import { lettersOnly } from '../text/plain.js';
import { primaryLanguage } from '../text/stem.js';
import { findCommonParameters } from '../text/url/common-parameters.js';
import { findSite } from '../text/url/site-of.js';
import { absoluteUrl, canonicalUrl } from '../text/url/url.js';
import { type Address, findDiscussionUrl, resolveItemAddress, stripFeedMarks } from './address.js';
import { attributePublication, createOwnPublication, isAggregator, selectFeedUrl } from './attribution/attribution.js';
import { extractAuthors } from './attribution/authors.js';
import { type Credit, findCredit } from './attribution/credit.js';
import { derivePublicationName, listPublicationNames, type NamedFeed } from './attribution/publication-name.js';
import { BODY_TEXT_LIMIT, readBody } from './body.js';
import { isHeadlineList } from './boilerplate.js';
import { hashContent } from './content-hash.js';
import { readDate, readDeclaredDates } from './declared-dates.js';
import { cleanHeadline, createFallbackTitle, findCommonEnding } from './headline.js';
import { selectLeadImages } from './image.js';
import { determineLanguage, findUsualLanguage } from './language.js';
import { cleanEnclosures, cleanEpisode } from './media.js';
import { cleanName, toHtml, toLongTextHtml, toPlainLine, toProse } from './plain-text.js';
import { stripNotice, stripTextNotice } from './read-more-suffixes.js';
import { createSummary, dropLabels, findByline, markCut, SUMMARY_LIMIT, type SummaryLabels } from './summary.js';

/**
 * Converts items to drafts, in document order. Items without address and text are dropped and counted. Pure and
 * synchronous; never throws. `contentHtml` is null unless the licence allows publication (`content: full`).
 * `contentHash` and `bodyText` always cover the whole text.
 */
export function clean(feed: ParsedFeed, context: CleanContext): CleanDocument {
  const { own, named } = createOwnPublication(feed, context);
  const names = listPublicationNames(own.title, named);
  const headlines = feed.items.map(({ title }) => toPlainLine(title));
  const titleEnding = context.source.own === undefined ? (context.titleEnding ?? findCommonEnding(headlines)) : '';
  const addresses = feed.items.map((item) =>
    feed.format === 'posts' && item.url === null ? NO_ADDRESS : resolveItemAddress(item, context.documentUrl),
  );
  const parameters = findCommonParameters(
    addresses.flatMap(({ url }) => url ?? []),
    context.commonParameters,
  );
  const items = feed.items.flatMap((item, place) => {
    const headline = headlines[place]!;
    const address = stripFeedMarks(addresses[place]!, parameters ?? [], headline);
    return cleanItem({ item, headline, place, feed, context, own, names, titleEnding }, address);
  });
  const repeatable = items.map(({ work, draft: { lines }, texts: { teaser, body } }) => ({
    headline: work.headline || `${work.place}`,
    lines,
    texts: [teaser, body],
  }));
  const furniture = findFurniture(repeatable, context.furniture);
  const found = furniture.length === 0 ? items.map(({ draft }) => draft) : withoutFurniture(items, new Set(furniture));
  const { drafts, usualLanguage } = learnLanguage(found, feed, context);
  const skipped = feed.items.length - drafts.length;
  return {
    format: feed.format,
    profile: createSourceProfile(feed, context, named),
    drafts,
    skipped,
    commonParameters: parameters,
    titleEnding,
    furniture,
    usualLanguage,
    tombstones: feed.tombstones,
    complete: feed.complete,
    ...findHub(feed, context),
    ...findOlderPage(feed, context),
    ...(feed.parts && { parts: feed.parts }),
    ...(feed.list && { list: feed.list }),
    ...(feed.reservation && { reservation: feed.reservation }),
    builtAt: readDate(feed.updated),
    ttlMinutes: feed.ttlMinutes,
    updateEveryMinutes: feed.updateEveryMinutes,
    skipHours: feed.skipHours,
    skipDays: feed.skipDays,
    warnings:
      skipped === 0 ? feed.warnings : [...feed.warnings, `skipped items without link, title and text: ${skipped}`],
  };
}

/** The first hub counts. A document without its own address uses the fetched one. */
function findHub({ hubs, feedUrl }: ParsedFeed, { documentUrl }: CleanContext): Pick<CleanDocument, 'hub'> {
  const url = hubs[0] === undefined ? null : absoluteUrl(hubs[0], documentUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return {};
  const topic = feedUrl === null ? null : absoluteUrl(feedUrl, documentUrl);
  return { hub: { url: url.href, topic: topic?.href ?? documentUrl } };
}

function findOlderPage({ links }: ParsedFeed, { documentUrl }: CleanContext): Pick<CleanDocument, 'older'> {
  const link = ['prev-archive', 'next'].flatMap((rel) => links.find((one) => one.rel === rel) ?? [])[0];
  const url = link === undefined ? null : absoluteUrl(link.href, documentUrl);
  return url === null ? {} : { older: url.href };
}

/** A post without an address has only our page, never that of its comments. */
const NO_ADDRESS: Address = { url: null, keys: [] };

interface CleaningTask {
  readonly item: Item;
  /** Its title as plain text. */
  readonly headline: string;
  readonly place: number;
  readonly feed: ParsedFeed;
  readonly context: CleanContext;
  readonly own: Publication;
  readonly names: readonly string[];
  readonly titleEnding: string;
}

interface CleanedItem {
  readonly work: CleaningTask;
  readonly draft: Draft;
  readonly texts: SummaryTexts;
}

function cleanItem(work: CleaningTask, address: Address): CleanedItem[] {
  const cleaned = createDraft(work, address);
  const { draft } = cleaned;
  const isEmpty = work.headline === '' && draft.summary === '' && draft.bodyText === null;
  return address.url === null && isEmpty ? [] : [cleaned];
}

/** The content hash covers the texts with furniture, so that learning it does not change published articles. */
function withoutFurniture(items: readonly CleanedItem[], furniture: ReadonlySet<string>): Draft[] {
  return items.map(({ work, draft, texts }) => {
    if (!draft.lines.some((key) => furniture.has(key))) return draft;
    const left = mapTexts(texts, (text) => removeFurniture(text, furniture));
    const rest = { ...draft, bodyText: draft.bodyText === null ? null : left.body };
    const opening = mapTexts(left, cutOpening);
    if (opening.teaser === cutOpening(texts.teaser) && opening.body === cutOpening(texts.body)) return rest;
    const { title, summary } = cleanWords(work, opening, cleanTitleAndSummary(work, opening));
    return {
      ...rest,
      title: title || createFallbackTitle(summary, draft.attribution.publication.title, draft.claimedPublishedAt),
      summary,
    };
  });
}

function createDraft(work: CleaningTask, address: Address): CleanedItem {
  const { item, place, feed, context, names } = work;
  const given = selectContent(item);
  const { remove = [] } = context.source.text ?? {};
  const value = given === null || remove.length === 0 ? null : removeFromHtml(given.value, remove);
  const html = given === null || value === null || value === given.value ? given : { ...given, value };
  const base = html?.base ?? address.url ?? context.documentUrl;
  const site = address.url === null ? null : findSite(address.url);
  const body = html === null ? null : readBody(html.value, base, site);
  const bodyText = body === null ? '' : stripTextNotice(body.text);
  const dates = readDeclaredDates(item);
  const attributed = attributePublication(work, address.url);
  const { title: publication } = attributed.publication;
  const origin = attributed.credited?.title ?? publication;
  const called = names.includes(origin) ? names : [origin, ...names];
  const labels = {
    headings: body?.headings ?? new Set<string>(),
    categories: item.categories,
    headline: work.headline,
  };
  const texts = { teaser: toTeaser(item.summary), body: bodyText, labels, publications: called, url: address.url };
  const opening = mapTexts(texts, cutOpening);
  const hashed = cleanTitleAndSummary(work, opening);
  const words = cleanWords(work, opening, hashed);
  const authors = selectAuthors(work, called, texts);
  const pictures = selectLeadImages(item, body?.images ?? [], base, feed.imageUrl);
  const image = pictures[0]?.image ?? null;
  const enclosures = cleanEnclosures(item.enclosures, context.documentUrl);
  const { credited, mayCredit } = findItemCredit(work, called, words, bodyText, html, base);
  const draft = {
    guid: item.guid,
    url: address.url,
    urlKeys: address.keys,
    title: words.title || createFallbackTitle(words.summary, publication, dates.claimedPublishedAt),
    summary: words.summary,
    contentHtml: context.source.content === 'full' ? sanitizeContent(html, base, words.title) : null,
    bodyText: bodyText === '' ? null : bodyText,
    lines: context.source.own === undefined ? listLineKeys([texts.teaser, bodyText]) : [],
    // The author of an aggregator's feed did not write what it lists.
    authors: isAggregator(context) && item.authors.length === 0 && feed.authors.length > 0 ? [] : authors,
    attribution: {
      publication: attributed.publication,
      // An editor who links to an article is not an aggregator.
      via: context.source.own === undefined ? attributed.via : null,
      credited: attributed.credited ?? credited,
    },
    mayCredit,
    language: readLanguage(work, words, context.usualLanguage),
    image,
    pictures,
    enclosures,
    episode: cleanEpisode(item.episode, context.documentUrl),
    discussionUrl: findDiscussionUrl(item, address.url, context.documentUrl),
    ...(item.commentsClosed === true && context.source.own !== undefined && { commentsClosed: true as const }),
    categories: cleanCategories(item, context),
    rights: cleanName(item.rights ?? feed.rights) || null,
    contentHash: hashContent({
      title: work.headline,
      summary: hashed.summary,
      // Before `text.remove`, so that a changed selector does not date published articles anew.
      content: given === html ? (body?.visible ?? null) : readBody(given!.value, base, site).visible,
      authors,
      image,
      enclosures,
      site,
    }),
    place,
    ...dates,
  };
  return { work, draft, texts };
}

/** The content, else a summary with block elements, or one that is too long for a summary. */
function selectContent(item: Item): { value: string; base: string | null } | null {
  if (isNonBlank(item.content)) return { value: toHtml(item.content), base: item.content.base };
  const { summary } = item;
  if (summary === null || (summary.type === 'html' && isHeadlineList(summary.value))) return null;
  if (summary.type === 'html' && hasBlocks(summary.value)) return { value: toHtml(summary), base: summary.base };
  return summary.value.length > SUMMARY_LIMIT ? { value: toLongTextHtml(summary), base: summary.base } : null;
}

function isNonBlank(text: Text | null): text is Text {
  return text !== null && text.value.trim() !== '';
}

/** The texts that a summary is made of, as plain text. */
interface SummaryTexts {
  readonly teaser: string;
  readonly body: string;
  readonly labels: SummaryLabels;
  readonly publications: readonly string[];
  readonly url: string | null;
}

type Words = Pick<Draft, 'title' | 'summary'>;

function cleanTitleAndSummary(
  { headline: full, titleEnding }: CleaningTask,
  { teaser, body, publications, url }: SummaryTexts,
): Words {
  const title = cleanHeadline(full, publications, titleEnding, url);
  return { title, summary: createSummary(teaser, body, { title, full, publications }) };
}

/** Title and summary without labels. @param plain with labels. */
function cleanWords(work: CleaningTask, texts: SummaryTexts, plain: Words): Words {
  const prose = mapTexts(texts, (text) => dropLabels(text, texts.labels));
  const isPlain = prose.teaser === texts.teaser && prose.body === texts.body;
  const words = isPlain ? plain : cleanTitleAndSummary(work, prose);
  return { ...words, summary: saysMore(words) ? markCut(words.summary.replace(/\.\.\.\s?…$/, '…'), prose.body) : '' };
}

/** More than a date, or the headline after a label: "[Interview] The headline". */
function saysMore({ title, summary }: Words): boolean {
  const before = summary.length - title.length;
  const isLabelled = title.length > 20 && before > 0 && before <= 20 && summary.endsWith(title);
  return !isLabelled && /\p{L}{2}|\p{Script=Han}/u.test(summary);
}

/** A summary is made of the first characters. */
function cutOpening(text: string): string {
  return text.length <= 4 * SUMMARY_LIMIT ? text : text.slice(0, 4 * SUMMARY_LIMIT).replace(/[\uD800-\uDBFF]$/, '');
}

function mapTexts(texts: SummaryTexts, change: (text: string) => string): SummaryTexts {
  return { ...texts, teaser: change(texts.teaser), body: change(texts.body) };
}

/** The source's summary as plain text; empty for a list of other articles. */
function toTeaser(summary: Text | null): string {
  return summary?.type === 'html' && isHeadlineList(summary.value) ? '' : toProse(summary, BODY_TEXT_LIMIT);
}

function findItemCredit(
  work: CleaningTask,
  publications: readonly string[],
  words: { title: string; summary: string },
  bodyText: string,
  html: { value: string } | null,
  base: string,
): Credit {
  return findCredit(
    work.item,
    [words.title, words.summary, bodyText],
    html?.value ?? work.item.summary?.value ?? null,
    publications,
    work.context.credits,
    base,
  );
}

function selectAuthors(
  { item, feed, context }: CleaningTask,
  publications: readonly string[],
  { teaser, body }: SummaryTexts,
): Author[] {
  // RFC 4287 4.2.1, JSON Feed 1.1: entries without authors inherit the feed's.
  const inherits = item.authors.length === 0 && (feed.format === 'atom' || feed.format === 'json');
  const authors = extractAuthors(inherits ? feed.authors : item.authors, publications, context.documentUrl);
  const name = authors.length > 0 ? null : findByline(teaser || body);
  return name === null
    ? authors
    : extractAuthors([{ name, email: null, url: null }], publications, context.documentUrl);
}

function readLanguage(
  { item, feed, context }: Pick<CleaningTask, 'item' | 'feed' | 'context'>,
  { title, summary }: Pick<Draft, 'title' | 'summary'>,
  usual: string | null,
): string | null {
  const declared = { item: item.language, feed: feed.language ?? context.contentLanguage, usual };
  return determineLanguage(declared, `${title}\n${summary}`);
}

/** Reads outliers again once the usual language of the source is known. */
function learnLanguage(found: readonly Draft[], feed: ParsedFeed, context: CleanContext) {
  const known = context.source.own === undefined ? context.usualLanguage : '';
  const usualLanguage = known ?? findUsualLanguage(found.map(({ language }) => language));
  if (known !== null || usualLanguage === '') return { drafts: found, usualLanguage };
  const drafts = found.map((draft) => {
    if (primaryLanguage(draft.language) === usualLanguage) return draft;
    const item = feed.items[draft.place]!;
    return { ...draft, language: readLanguage({ item, feed, context }, draft, usualLanguage) };
  });
  return { drafts, usualLanguage };
}

/** Of the publisher's database: an address, a UUID, or a value such as "medium:id=9f22". */
const IDENTIFIER = /^(?:https?|urn|tag):|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^\w+:\w+=/i;

/** Only the editor's own posts may name topics of the config. */
function cleanCategories({ categories }: Item, { source }: CleanContext): Category[] {
  const theirs = categories.filter(({ scheme }) => source.own !== undefined || scheme !== EDITORS_TOPIC);
  const named = theirs.map(({ term, scheme, label }) => ({
    term: cleanName(term),
    scheme,
    label: cleanName(label) || null,
  }));
  return named.filter(({ term, label }) => term !== '' && (label !== null || !IDENTIFIER.test(term)));
}

/** Content that only repeats the title, without a link or a picture, is dropped. */
function sanitizeContent(html: { value: string } | null, base: string, title: string): string | null {
  if (html === null) return null;
  const safe = sanitizeHtml(stripNotice(html.value), { baseUrl: base });
  if (safe === '') return null;
  const isShort = safe.length < title.length * 2 + 100 && !/<(?!\/?(?:p|div|br|span)[\s/>])/.test(safe);
  return isShort && title !== '' && lettersOnly(htmlToText(safe)) === lettersOnly(title) ? null : safe;
}

function createSourceProfile(feed: ParsedFeed, context: CleanContext, named: NamedFeed): SourceProfile {
  const at = (raw: string | null) => (raw === null ? null : canonicalUrl(raw, context.documentUrl));
  return {
    title: named.title === '' ? null : derivePublicationName(named),
    homeUrl: at(feed.url),
    feedUrl: feed.feedUrl === null ? null : selectFeedUrl(feed, context),
    description: toPlainLine(feed.description) || null,
    language: toLanguageTag(feed.language ?? context.contentLanguage),
    imageUrl: feed.imageUrl === null ? null : (absoluteUrl(feed.imageUrl, context.documentUrl)?.href ?? null),
    rights: cleanName(feed.rights) || null,
  };
}
