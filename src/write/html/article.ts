/** Prepares the page of an article, and the page that replaces a removed article. */
import type { Entry } from '../../model/channel.js';
import type { ArticlePage } from '../../model/page.js';
import { revisedAt } from '../../model/revision.js';
import { oneLine } from '../../text/cut.js';
import { htmlToText } from '../../text/html.js';
import { siteOf } from '../../text/url/site-of.js';
import { pageBody } from './body.js';
import { directionOf } from './direction.js';
import { distinctNames } from './entries/distinct-names.js';
import { LISTS, shownEntry } from './entries/listing.js';
import { shownMachine } from './entries/machine.js';
import { shownPicture } from './entries/picture.js';
import { creditLabelOf, playerOf } from './entries/player.js';
import { publicationsOf } from './entries/publication.js';
import { addressOf, articlePath, type Frame, pageDescription, type Step } from './frame.js';
import { articleGraph } from './json-ld.js';
import { fill } from './labels.js';
import { momentIn } from './moment.js';
import { reportsLink } from './stories.js';

/** If the text begins with this many characters of the summary, the summary is not shown. */
const SAME_START = 60;

export function articleData({ entry, story, more, alike }: ArticlePage, frame: Frame) {
  const { labels, site } = frame;
  const path = articlePath(entry.slug);
  const publication = entry.publication.title;
  const full = entry.contentHtml !== null;
  const isOwn = entry.isOwn === true;
  const updatedAt = revisedAt(entry);
  const authors = entry.authors
    .filter(({ name }) => name !== publication)
    .map(({ name, url }) => ({ name, url: isOfPublisher(url, entry) ? url : null }));
  const own = { publication, sourceId: isOwn ? null : (entry.sourceId ?? null) };
  const taken = [...frame.linkNames, ...entry.topics.map(({ label }) => label), ...authors.map(({ name }) => name)];
  const named = site.perSource ? [own, ...more, ...alike] : [];
  const pageOf = publicationsOf(named, taken, labels.publication, '../');
  const summary = full && beginsWith(entry.contentHtml, entry.summary) ? '' : entry.summary;
  const { picture } = entry;
  // Metadata may only contain an image that the feeds contain, too.
  const image = picture === undefined || entry.image === null ? null : secure(picture.url);
  const credit = isOwn ? publication : `${labels.firstPublished} ${publication}`;
  const said = { authors, credit, updatedAt, summary: isTranslated(entry) ? '' : summary, image };
  const graph = articleGraph(asPublished(entry), { url: addressOf(site, path), language: labels.language, ...said });
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
        { text: entry.title, lang: entry.language, dir: directionOf(entry.language) },
      ],
    }),
    article: {
      id: entry.id,
      isOwn,
      title: entry.title,
      lang: entry.language,
      dir: directionOf(entry.language),
      authors,
      publication,
      by: pageOf(own),
      via: entry.via?.title ?? null,
      credited: entry.credited?.title ?? null,
      published: momentIn(labels, entry.publishedAt),
      machine: shownMachine(entry, labels, (html) => bodyOf({ ...entry, contentHtml: html }, frame)),
      headlineBy: entry.edited?.what.includes('title') ? entry.edited.by : null,
      updated: updatedAt === null ? null : momentIn(labels, updatedAt),
      summary,
      picture:
        picture === undefined || /<img\b/.test(entry.contentHtml ?? '')
          ? null
          : shownPicture(picture, '../', 'lead', true),
      contentHtml: entry.contentHtml === null ? null : bodyOf(entry, frame),
      originalUrl: entry.originalUrl,
      /** Only for an article without its own address. */
      home: entry.originalUrl === null ? entry.publication.url : null,
      player: entry.isPlayable ? playerOf(entry, labels) : null,
      readWhole: fill(labels[creditLabelOf(entry)], { publication }),
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
function asPublished(entry: Entry): Entry {
  const original = entry.machine?.find((made) => made.original !== undefined)?.original;
  if (original === undefined) return entry;
  return { ...entry, title: original.title ?? entry.title, language: original.language };
}

function isTranslated({ machine = [] }: Entry): boolean {
  return machine.some(({ original }) => original !== undefined && original.summary !== null);
}

function bodyOf({ contentHtml, knownImages = [] }: Entry, { labels, site }: Frame): string {
  const known = new Map(knownImages.map((image) => [image.url, image]));
  return pageBody(contentHtml ?? '', labels, { root: '../', known, onlyCopies: site.ownPictures });
}

function topicStep({ topics: [first] }: Entry, { labels, site, foreign }: Frame): Step[] {
  if (first === undefined) return [];
  const [name] = distinctNames([first], [site.title, labels.home], labels.topic);
  return [{ text: name ?? first.label, href: `../topics/${first.id}.html`, ...foreign }];
}

/** Whether an author's page is on the site of the publication. Other pages may belong to another person. */
function isOfPublisher(url: string | null, { originalUrl, publication }: Entry): boolean {
  const site = url === null ? null : siteOf(url);
  return site !== null && [originalUrl, publication.url].some((own) => own !== null && siteOf(own) === site);
}

function beginsWith(contentHtml: string | null, summary: string): boolean {
  const start = oneLine(summary).replace(/\s*…$/, '').slice(0, SAME_START);
  return oneLine(htmlToText(contentHtml ?? '', { limit: 2 * SAME_START + 200 })).includes(start);
}

function secure(url: string): string {
  return url.replace(/^http:/, 'https:');
}

export function withdrawnData(path: string, frame: Frame) {
  const { labels, site } = frame;
  return frame.data({
    kind: 'withdrawn',
    path,
    heading: labels.gone,
    title: `${labels.gone} | ${site.title}`,
    description: labels.goneText,
    robots: 'noindex, follow',
    feeds: 'all',
    graph: [{ '@type': 'WebPage', '@id': addressOf(site, path), name: labels.gone }],
    steps: [{ text: labels.gone }],
  });
}
