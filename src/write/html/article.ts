/** Prepares the page of an article, and the page that replaces a removed article. */
import type { Author } from '../../model/article.js';
import type { Entry } from '../../model/channel.js';
import type { ArticlePage } from '../../model/page.js';
import { findRevisionDate } from '../../model/revision.js';
import { AUTHORS, toAuthorSlug } from '../../text/author-slug.js';
import { toOneLine } from '../../text/cut.js';
import { htmlToText } from '../../text/html.js';
import { findSite } from '../../text/url/site-of.js';
import { pageBody } from './body.js';
import { detectDirection } from './direction.js';
import { distinctNames } from './entries/distinct-names.js';
import { LISTS, shownEntry } from './entries/listing.js';
import { shownMachine } from './entries/machine.js';
import { describeOrigin } from './entries/origin.js';
import { shownPicture } from './entries/picture.js';
import { selectCreditLabel, toPlayerData } from './entries/player.js';
import { createPublicationFinder } from './entries/publication.js';
import { articlePath, type Frame, NOT_FOUND, pageDescription, type Step, toPageUrl } from './frame.js';
import { articleGraph } from './json-ld.js';
import { fill } from './labels.js';
import { formatMoment } from './moment.js';
import { reportsLink } from './stories.js';

/** If the text begins with this many characters of the summary, the summary is not shown. */
const SAME_START = 60;

export function articleData({ entry, story, more, alike }: ArticlePage, frame: Frame) {
  const { labels, site } = frame;
  const path = articlePath(entry.slug);
  const publication = entry.publication.title;
  const full = entry.contentHtml !== null;
  const isOwn = entry.isOwn === true;
  const updatedAt = findRevisionDate(entry);
  const authors = listAuthors(entry, '../');
  const own = { publication, sourceId: isOwn ? null : (entry.sourceId ?? null) };
  const taken = [...frame.linkNames, ...entry.topics.map(({ label }) => label), ...authors.map(({ name }) => name)];
  const named = site.perSource ? [own, ...more, ...alike] : [];
  const pageOf = createPublicationFinder(named, taken, labels.publication, '../');
  // The headline of a post without one is its text.
  const isRepeated = entry.summary === entry.title || (full && sharesBeginning(entry.contentHtml, entry.summary));
  const summary = isRepeated ? '' : entry.summary;
  const { picture } = entry;
  // Metadata may only contain an image that the feeds contain, too.
  const image = picture === undefined || entry.image === null ? null : picture.url.replace(/^http:/, 'https:');
  const origin = describeOrigin(entry, labels);
  const credit = isOwn ? publication : `${origin.label} ${origin.publication}`;
  const said = {
    authors: listAuthors(entry, site.feedsUrl),
    credit,
    updatedAt,
    summary: isTranslated(entry) ? '' : summary,
    image,
  };
  const graph = articleGraph(restorePublisherText(entry), {
    url: toPageUrl(site, path),
    language: labels.language,
    ...said,
  });
  return {
    ...frame.data({
      kind: 'article',
      path,
      heading: entry.title,
      title: isOwn ? `${entry.title} | ${site.title}` : `${entry.title} – ${publication} | ${site.title}`,
      description: entry.summary === '' ? `${entry.title} – ${publication}` : pageDescription(entry.summary),
      canonical: full ? entry.originalUrl : null,
      // If the site shows its own post elsewhere, search engines index that page only.
      robots: isOwn && entry.originalUrl === null ? null : 'noindex, follow',
      feeds: 'all',
      image: said.image,
      reservation: entry.reservation,
      graph,
      steps: [
        ...topicStep(entry, frame),
        { text: entry.title, lang: entry.language, dir: detectDirection(entry.language) },
      ],
    }),
    article: {
      id: entry.id,
      isOwn,
      title: entry.title,
      lang: entry.language,
      dir: detectDirection(entry.language),
      authors,
      publication,
      by: pageOf(own),
      origin,
      credited: entry.credited?.title ?? null,
      published: formatMoment(labels, entry.publishedAt),
      machine: shownMachine(entry, labels, (html) => articleBody({ ...entry, contentHtml: html }, frame)),
      remark: entry.remark ?? null,
      headlineBy: entry.edited?.what.includes('title') ? entry.edited.by : null,
      updated: updatedAt === null ? null : formatMoment(labels, updatedAt),
      summary,
      picture:
        picture === undefined || /<img\b/.test(entry.contentHtml ?? '')
          ? null
          : shownPicture(picture, '../', 'lead', entry.title),
      contentHtml: entry.contentHtml === null ? null : articleBody(entry, frame),
      originalUrl: entry.originalUrl,
      /** Only for an article without its own address. */
      home: entry.originalUrl === null ? entry.publication.url : null,
      player: entry.isPlayable ? toPlayerData(entry, labels) : null,
      readWhole: fill(labels[selectCreditLabel(entry)], { publication: origin.publication }),
      discussion: entry.discussionUrl
        ? { url: entry.discussionUrl, text: fill(labels.discussion, { publication }) }
        : null,
      rights: entry.rights,
      topics: entry.topics.map(({ id, label }) => ({ label, href: `../topics/${id}.html` })),
      story: story === null ? null : reportsLink(story, labels),
      more: more.map((one) => shownEntry(one, '', labels, LISTS.beside, pageOf)),
      alike: alike.map((one) => shownEntry(one, '', labels, LISTS.beside, pageOf)),
      commentsUrl: entry.commentsUrl,
    },
  };
}

/** Metadata describes the publisher's text, not a program's output. */
function restorePublisherText(entry: Entry): Entry {
  const original = entry.machine?.find((made) => made.original !== undefined)?.original;
  if (original === undefined) return entry;
  return { ...entry, title: original.title ?? entry.title, language: original.language };
}

function isTranslated({ machine = [] }: Entry): boolean {
  return machine.some(({ original }) => original !== undefined && original.summary !== null);
}

function articleBody({ contentHtml, knownImages = [] }: Entry, { labels, site }: Frame): string {
  const known = new Map(knownImages.map((image) => [image.url, image]));
  return pageBody(contentHtml ?? '', labels, { root: '../', known, onlyCopies: site.ownPictures });
}

function topicStep({ topics: [first] }: Entry, { labels, site, foreign }: Frame): Step[] {
  if (first === undefined) return [];
  const [name] = distinctNames([first], [site.title, labels.home], labels.topic);
  return [{ text: name ?? first.label, href: `../topics/${first.id}.html`, ...foreign }];
}

/** `root`: of the links to our pages of authors. */
function listAuthors(entry: Entry, root: string): Author[] {
  const people = entry.authors.filter(({ name }) => name !== entry.publication.title);
  return people.map((author) => ({ name: author.name, url: findAuthorPage(author, entry, root) }));
}

/** Our page of the author, else the publisher's; null: none. */
function findAuthorPage({ name, url }: Author, entry: Entry, root: string): string | null {
  const slug = entry.hasAuthorPages === true ? toAuthorSlug(name) : '';
  if (slug !== '') return `${root}${AUTHORS}/${slug}.html`;
  return isPublisherPage(url, entry) ? url : null;
}

/** Whether an author's page is on the site of the publication. Other pages may belong to another person. */
function isPublisherPage(url: string | null, { originalUrl, publication }: Entry): boolean {
  const site = url === null ? null : findSite(url);
  return site !== null && [originalUrl, publication.url].some((own) => own !== null && findSite(own) === site);
}

function sharesBeginning(contentHtml: string | null, summary: string): boolean {
  const start = toOneLine(summary).replace(/\s*…$/, '').slice(0, SAME_START);
  return toOneLine(htmlToText(contentHtml ?? '', { limit: 2 * SAME_START + 200 })).includes(start);
}

export function withdrawnData(path: string, frame: Frame) {
  const { gone, goneText } = frame.labels;
  return missingData(path, { heading: gone, description: goneText }, frame);
}

/** The page that servers send for unknown addresses. */
export function notFoundData(frame: Frame) {
  const { notFound } = frame.labels;
  return missingData(NOT_FOUND, { heading: notFound, description: notFound }, frame);
}

function missingData(path: string, { heading, description }: { heading: string; description: string }, frame: Frame) {
  const { site } = frame;
  return frame.data({
    kind: 'withdrawn',
    path,
    heading,
    title: `${heading} | ${site.title}`,
    description,
    robots: 'noindex, follow',
    feeds: 'all',
    graph: [{ '@type': 'WebPage', '@id': toPageUrl(site, path), name: heading }],
    steps: [{ text: heading }],
  });
}
