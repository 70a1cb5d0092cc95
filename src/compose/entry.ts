/** Converts articles to entries: applies licences, adds topics, and makes texts and addresses valid. */

import type { Article, Author, Episode, Image, KnownImage, MediaLink, Publication } from '../model/article.js';
import type { Entry, EntryEdit, EntryPicture, EntryTopic } from '../model/channel.js';
import { listShownTopics } from '../model/desk.js';
import type { Reservation } from '../model/reservation.js';
import type { Licence, Source } from '../model/source.js';
import { IPTC_SCHEME } from '../model/topic.js';
import { toOneLine } from '../text/cut.js';
import { isLanguageTag } from '../text/language.js';
import { toSlug } from '../text/slug.js';
import { toHttpUri } from '../text/url/http-uri.js';
import { parseUrl } from '../text/url/parse-url.js';
import { legalText } from '../text/xml.js';
import { topicLabel } from './label.js';
import { addMachineTexts } from './machine.js';
import type { EditionSettings } from './settings.js';

const AUDIO_OR_VIDEO = /^(?:audio|video)\/[a-z0-9][a-z0-9.+-]*$/;
const FILE_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/;
const IMAGE_TYPE = /^image\/[a-z0-9][a-z0-9.+-]*$/;
export const WITHDRAWN_PREFIX = 'Withdrawn: ';

export type EntryFactory = (article: Article) => Entry;

/** Articles of sources that left the config keep only the summary, or the headline if their licence was `none`. */
export function createEntries(settings: EditionSettings): EntryFactory {
  const licences = new Map<string, Licence>(settings.sources.map(({ id, content }) => [id, content]));
  const findLicence = (id: string) =>
    licences.get(id) ?? (settings.formerSources?.has(id) === true ? 'none' : 'summary');
  const pictured = new Set(settings.sources.filter(mayShowPictures).map(({ id }) => id));
  const onlyCopies = settings.images?.cache === true;
  const marks = new Map(settings.sources.map((source) => [source.id, listSourceMarks(source)]));
  const reservations = new Map(settings.sources.map(({ id, reservation }) => [id, reservation]));
  const topics = new Map(settings.topics.map((topic) => [topic.id, entryTopic(topic, settings.site)]));
  const { link, formats } = settings.publish;
  const { url: sectionUrl, feedsUrl } = settings.site;
  const guests = listForeignOrigins(settings);
  const sectionHost = parseHost(sectionUrl);
  const siteTitle = textLine(settings.site.title);
  return (given) => {
    const { edits } = given;
    const article = applyEdits(given);
    const slug = toSlug(article.id);
    const originalUrl = article.url === null ? null : (toHttpUri(article.url) ?? article.url);
    const asClaimed = publication(article.attribution.publication, originalUrl ?? sectionUrl);
    const guest = guests.get(article.sourceId);
    const whose = guest === undefined ? asClaimed : removeOwnAddresses(asClaimed, sectionHost, guest);
    // Without pages of ours, an article without an address links to its publication.
    const page = formats.includes('html') ? articleUrl(feedsUrl, slug) : (whose.url ?? sectionUrl);
    const entry: Entry = {
      id: article.id,
      slug,
      url: originalUrl === null || (link === 'section' && formats.includes('html')) ? page : originalUrl,
      originalUrl,
      title: textLine(article.title) || textLine(article.attribution.publication.title) || (originalUrl ?? page),
      ...applyLicence(article, findLicence(article.sourceId)),
      ...(pictured.has(article.sourceId) && pictureFields(article, { feedsUrl, onlyCopies })),
      // The editor's own text needs no licence.
      ...(edits?.summary == null ? {} : { summary: legalText(edits.summary).trim() }),
      authors: article.authors.flatMap(author),
      language: article.language !== null && isLanguageTag(article.language) ? article.language : null,
      publishedAt: article.publishedAt,
      updatedAt: article.updatedAt,
      topics: listEntryTopics(article, topics),
      publication: whose,
      ...(article.attribution.via === null && licences.has(article.sourceId) && { sourceId: article.sourceId }),
      ...marks.get(article.sourceId),
      via: article.attribution.via === null ? null : publication(article.attribution.via, originalUrl ?? sectionUrl),
      credited: credited(article),
      rights: article.rights === null ? null : textLine(article.rights) || null,
      commentsUrl: null,
      discussionUrl: article.discussionUrl && toHttpUri(article.discussionUrl),
      related: [],
      ...reservationField(reservations.get(article.sourceId)),
      ...describeEdit(article, siteTitle),
      ...remarkField(article, siteTitle, settings.site.language),
    };
    const shown =
      article.withdrawnAt === null
        ? addMachineTexts(entry, article, findLicence(article.sourceId))
        : withdrawn(entry, article.withdrawnAt);
    const comments = article.commentsClosed === true ? null : settings.site.comments;
    return { ...shown, commentsUrl: commentsUrl(comments, entry) };
  };
}

function listSourceMarks({
  own,
  authors,
}: EditionSettings['sources'][number]): Pick<Entry, 'hasAuthorPages' | 'isOwn'> {
  return { ...(authors && { hasAuthorPages: authors }), ...(own?.kind === 'posts' && { isOwn: true }) };
}

/** Whether pages may show the source's pictures in lists and above its articles. */
export function mayShowPictures({ content, images }: Pick<Source, 'content' | 'images'>): boolean {
  return images ?? content === 'full';
}

export function articleUrl(feedsUrl: string, slug: string): string {
  return `${feedsUrl}articles/${slug}.html`;
}

export function shownTitle({ title, retitled, edits }: Pick<Article, 'title' | 'retitled' | 'edits'>): string {
  return edits?.title ?? retitled ?? title;
}

/** Applies the editor's values, and the headline by rules. Nothing else applies them. */
function applyEdits(article: Article): Article {
  const { edits, retitled } = article;
  const title = shownTitle(article);
  if (edits === null) return retitled === null ? article : { ...article, title };
  return {
    ...article,
    title,
    image: edits.image === 'none' ? null : article.image,
    contentHtml:
      edits.image === 'none'
        ? // The HTML is sanitised: attributes contain no ">".
          (article.contentHtml?.replace(/<picture\b.*?<\/picture>|<img\b[^>]*>/gs, '') ?? null)
        : article.contentHtml,
  };
}

function reservationField(reservation: Reservation | undefined): Pick<Entry, 'reservation'> {
  return reservation === undefined ? {} : { reservation };
}

function describeEdit({ edits }: Article, by: string): Pick<Entry, 'edited'> {
  if (edits === null) return {};
  const { title, summary, image, addedTopics, removedTopics } = edits;
  const topics = [...addedTopics, ...removedTopics];
  const values = Object.entries({ title, summary, image, topics: topics[0] ?? null });
  const what = values.flatMap(([key, value]) => (value === null ? [] : [key as EntryEdit['what'][number]]));
  return what.length === 0 ? {} : { edited: { by, what } };
}

function remarkField({ edits }: Article, by: string, language: string): Pick<Entry, 'remark'> {
  const text = textLine(edits?.remark ?? '');
  return text === '' ? {} : { remark: { by, text, language } };
}

/** Plain text on one line, without characters that XML or JSON forbids. */
export function textLine(value: string): string {
  return toOneLine(legalText(value));
}

function entryTopic(
  topic: EditionSettings['topics'][number],
  site: Pick<EditionSettings['site'], 'feedsUrl' | 'language'>,
): EntryTopic {
  const label = textLine(topicLabel(topic, site.language)) || topic.id;
  return topic.iptc === undefined
    ? { id: topic.id, label, scheme: `${site.feedsUrl}topics/`, term: topic.id }
    : { id: topic.id, label, scheme: IPTC_SCHEME, term: topic.iptc };
}

type EntryContent = Pick<Entry, 'summary' | 'contentHtml' | 'image' | 'enclosures' | 'episode' | 'isPlayable'>;
export const NO_CONTENT: EntryContent = {
  summary: '',
  contentHtml: null,
  image: null,
  enclosures: [],
  episode: null,
  isPlayable: false,
};

function applyLicence(article: Article, licence: Licence): EntryContent {
  if (licence === 'none') return NO_CONTENT;
  const html = licence === 'full' && article.contentHtml !== null ? legalText(article.contentHtml).trim() : '';
  return {
    summary: legalText(article.summary).trim(),
    contentHtml: html === '' ? null : html,
    image: article.image === null ? null : image(article.image, article.knownImages),
    enclosures: article.enclosures.flatMap(enclosure),
    episode: article.episode && episode(article.episode),
    isPlayable: licence === 'full',
  };
}

function pictureFields(
  { image: lead, knownImages = [] }: Article,
  { feedsUrl, onlyCopies }: { readonly feedsUrl: string; readonly onlyCopies: boolean },
): Pick<Entry, 'picture' | 'knownImages'> {
  const shown = lead === null ? null : image(lead);
  const known = knownImages.find(({ url }) => url === lead?.url);
  const picture = shown === null ? null : toEntryPicture(shown, known, feedsUrl);
  return {
    ...(picture !== null && (picture.copies.length > 0 || !onlyCopies) && { picture }),
    ...(knownImages.length > 0 && { knownImages }),
  };
}

function toEntryPicture(said: Image, known: KnownImage | undefined, feedsUrl: string): EntryPicture {
  const { url, alt } = said;
  const isRead = known !== undefined && known.width !== null && known.height !== null;
  const { width, height } = isRead ? known : said;
  const copies = known?.copies ?? [];
  // The image of a post is in the published folder.
  const lies = copies.length === 0 && url.startsWith(feedsUrl) && width !== null && height !== null;
  return { url, width, height, alt, copies: lies ? [{ path: url.slice(feedsUrl.length), width, height }] : copies };
}

function withdrawn({ picture: _, knownImages: __, ...entry }: Entry, at: Date): Entry {
  const updatedAt = entry.updatedAt !== null && entry.updatedAt > at ? entry.updatedAt : at;
  return { ...entry, ...NO_CONTENT, title: `${WITHDRAWN_PREFIX}${entry.title}`, updatedAt };
}

/** Uses the file's size if the publisher does not provide it. */
function image(given: Image, knownImages: readonly KnownImage[] = []): Image | null {
  const url = toHttpUri(given.url);
  if (url === null) return null;
  const file = knownImages.find((known) => known.url === given.url);
  return {
    url,
    width: toPositiveInteger(given.width ?? file?.width ?? null),
    height: toPositiveInteger(given.height ?? file?.height ?? null),
    alt: given.alt === null ? null : textLine(given.alt) || null,
    type: given.type !== null && IMAGE_TYPE.test(given.type) ? given.type : null,
  };
}

/** A positive integer (pixels, bytes or seconds); null: unknown. */
function toPositiveInteger(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function enclosure(given: MediaLink): MediaLink[] {
  const url = toHttpUri(given.url);
  if (url === null || !AUDIO_OR_VIDEO.test(given.type)) return [];
  return [
    { url, type: given.type, length: toPositiveInteger(given.length), duration: toPositiveInteger(given.duration) },
  ];
}

function episode(given: Episode): Episode | null {
  const transcripts = given.transcripts.flatMap((file) => {
    const known = linkedFile(file);
    const language = file.language !== null && isLanguageTag(file.language) ? file.language : null;
    return known === null ? [] : { ...known, language };
  });
  const people = given.people.flatMap(({ role, ...person }) => {
    return author(person).map((known) => ({ ...known, role: role === null ? null : textLine(role) || null }));
  });
  const said: Episode = {
    season: toPositiveInteger(given.season),
    number: toPositiveInteger(given.number),
    transcripts,
    chapters: given.chapters === null ? null : linkedFile(given.chapters),
    people,
  };
  return (said.season ?? said.number ?? said.chapters ?? transcripts[0] ?? people[0]) ? said : null;
}

function linkedFile(given: { readonly url: string; readonly type: string }): { url: string; type: string } | null {
  const url = toHttpUri(given.url);
  return url === null || !FILE_TYPE.test(given.type) ? null : { url, type: given.type };
}

function author({ name, url }: Author): Author[] {
  const line = textLine(name);
  return line === '' ? [] : [{ name: line, url: url === null ? null : toHttpUri(url) }];
}

function listEntryTopics(article: Article, topics: ReadonlyMap<string, EntryTopic>): EntryTopic[] {
  const shown = new Map<string, EntryTopic>();
  for (const topicId of listShownTopics(article)) {
    const topic = topics.get(topicId);
    if (topic !== undefined && !shown.has(topic.label)) shown.set(topic.label, topic);
  }
  return [...shown.values()];
}

/** Adds an address if it is missing: RSS requires one, and a credit needs a link. */
function publication(given: Publication, where: string): Publication {
  const feedUrl = given.feedUrl === null ? null : toHttpUri(given.feedUrl);
  const home = given.url === null ? null : toHttpUri(given.url);
  const url = home ?? (feedUrl === null ? parseOrigin(where) : null);
  return { title: textLine(given.title) || parseHost(url ?? feedUrl ?? where), url, feedUrl };
}

/** The sources on other hosts than the section's, with their origin. Secret addresses are left out. */
function listForeignOrigins({ site, sources }: EditionSettings): ReadonlyMap<string, string> {
  const guests = sources.filter(({ url }) => /^https?:/.test(url) && parseHost(url) !== parseHost(site.url));
  return new Map(guests.map(({ id, url, secrets }) => [id, parseOrigin(secrets === undefined ? url : site.url)]));
}

/** Replaces addresses of the section in a publisher's metadata: its articles must not look like the section's own. */
function removeOwnAddresses({ title, url, feedUrl }: Publication, sectionHost: string, home: string): Publication {
  const isOwnAddress = (address: string | null) => address !== null && parseHost(address) === sectionHost;
  if (!isOwnAddress(url) && !isOwnAddress(feedUrl)) return { title, url, feedUrl };
  const [theirs, feed] = [isOwnAddress(url) ? null : url, isOwnAddress(feedUrl) ? null : feedUrl];
  return { title, url: theirs ?? (feed === null ? home : null), feedUrl: feed };
}

function parseOrigin(url: string): string {
  const parsed = parseUrl(url);
  return parsed === null ? url : `${parsed.origin}/`;
}

function parseHost(url: string): string {
  return parseUrl(url)?.host ?? url;
}

function credited({ attribution }: Article): Entry['credited'] {
  const title = attribution.credited === null ? '' : textLine(attribution.credited.title);
  if (attribution.credited === null || title === '') return null;
  return { title, url: attribution.credited.url === null ? null : toHttpUri(attribution.credited.url) };
}

function commentsUrl(template: string | null, { id, slug, url, title }: Entry): string | null {
  if (template === null) return null;
  const values: Readonly<Record<string, string>> = { id: legalText(id), slug, url, title };
  return toHttpUri(
    template.replace(/\{(id|slug|url|title)\}/g, (_, name: string) => encodeURIComponent(values[name]!)),
  );
}
