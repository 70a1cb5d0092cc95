/** Writes the pages of the site as HTML: no scripts, deterministic output. */
import type { Entry } from '../../model/channel.js';
import type {
  ArticlePage,
  ListPage,
  Overview,
  PageEntry,
  PageStory,
  Site,
  SourceStatus,
  StoryPage,
  Theme,
} from '../../model/page.js';
import { revisedAt } from '../../model/revision.js';
import { cutText } from '../../text/cut.js';
import { htmlToText } from '../../text/html.js';
import { siteOf } from '../../text/url/site-of.js';
import { pageBody } from './body.js';
import { directionOf } from './direction.js';
import { distinctNames } from './entries/distinct-names.js';
import { byDay, LISTS, type ShownEntry, shownEntry } from './entries/listing.js';
import { shownPicture } from './entries/picture.js';
import { creditLabelOf, playerOf } from './entries/player.js';
import { type PublicationOf, publicationsOf } from './entries/publication.js';
import { addressOf, archivePath, articlePath, Frame, pathToRoot, type Step } from './frame.js';
import { articleGraph, listGraph } from './json-ld.js';
import { fill, type Labels } from './labels.js';
import { labelsOf } from './languages/page-labels.js';
import { countText } from './languages/plural.js';
import { momentIn } from './moment.js';
import { overviewData, shownLanguage } from './overviews.js';
import { shownStatus } from './status.js';
import { foldRuns, type RiverDay, reportsLink, storiesData, storyData, topData } from './stories.js';
import type { TemplateName } from './template-names.js';
import { openTemplates, stylesheet } from './theme.js';

export interface PageWriter {
  /** Fingerprint of everything that all pages show: templates, labels, menus. */
  readonly fingerprint: string;
  /** Whether there are feeds to subscribe to. */
  readonly hasFeeds: boolean;
  article(page: ArticlePage): string;
  /** In place of an article that the section no longer shows: says nothing of it. */
  withdrawn(path: string): string;
  list(page: ListPage): string;
  story(page: StoryPage): string;
  stories(stories: readonly PageStory[]): string;
  /** All topics, all publications, how to subscribe. */
  overview(page: Overview): string;
  status(sources: readonly SourceStatus[]): string;
  /** The newest articles as an HTML fragment for other pages: absolute links, no ids. */
  latest(entries: readonly PageEntry[]): string;
  stylesheet(): string;
}

const DESCRIPTION = 300;
/** Where the text begins with this many characters of the summary, the summary is not shown. */
const SAME_START = 60;

/** Throws PublishError where a template of the site is invalid. */
export function createPageWriter(site: Site, theme: Theme): PageWriter {
  const templates = openTemplates(theme);
  const labels = labelsOf(site.language, site.words, site.zone);
  const frame = new Frame(site, labels);
  return {
    fingerprint: `${templates.fingerprint}${frame.fingerprint}`,
    hasFeeds: frame.hasFeeds,
    article: (page) => templates.render('article', articleData(page, frame)),
    withdrawn: (path) => templates.render('withdrawn', withdrawnData(path, frame)),
    list: (page) => templates.render(templateOf(page), listData(page, frame)),
    story: (page) => templates.render('story', storyData(page, frame)),
    stories: (stories) => templates.render('stories', storiesData(stories, frame)),
    overview: (page) => templates.render(page.kind, overviewData(page, frame)),
    status: (sources) => templates.render('status', statusData(sources, frame)),
    latest: (entries) => templates.render('fragment', fragmentData(entries, frame)),
    stylesheet: () => stylesheet(theme),
  };
}

/** The page of a question or a language is as a topic's. */
function templateOf({ kind }: ListPage): TemplateName {
  return kind === 'channel' || kind === 'language' ? 'topic' : kind;
}

function articleData({ entry, story, more, alike }: ArticlePage, frame: Frame) {
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
  // What machines are told stands in the feeds too.
  const image = picture === undefined || entry.image === null ? null : secure(picture.url);
  const credit = isOwn ? publication : `${labels.firstPublished} ${publication}`;
  const said = { authors, credit, updatedAt, summary, image };
  const graph = articleGraph(entry, { url: addressOf(site, path), language: labels.language, ...said });
  return {
    ...frame.data({
      kind: 'article',
      path,
      heading: entry.title,
      title: isOwn ? `${entry.title} | ${site.title}` : `${entry.title} – ${publication} | ${site.title}`,
      description:
        entry.summary === '' ? `${entry.title} – ${publication}` : cutText(oneLine(entry.summary), DESCRIPTION),
      canonical: full ? entry.originalUrl : null,
      robots: isOwn ? null : 'noindex, follow',
      feeds: 'all',
      image: said.image,
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
      headlineBy: entry.edited?.what.includes('title') ? entry.edited.by : null,
      updated: updatedAt === null ? null : momentIn(labels, updatedAt),
      summary,
      picture:
        picture === undefined || /<img\b/.test(entry.contentHtml ?? '')
          ? null
          : shownPicture(picture, '../', 'lead', true),
      contentHtml: entry.contentHtml === null ? null : bodyOf(entry, frame),
      originalUrl: entry.originalUrl,
      /** Only for an article without an address of its own. */
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

function bodyOf({ contentHtml, knownImages = [] }: Entry, { labels, site }: Frame): string {
  const known = new Map(knownImages.map((image) => [image.url, image]));
  return pageBody(contentHtml ?? '', labels, { root: '../', known, onlyCopies: site.ownPictures });
}

function listData(page: ListPage, frame: Frame) {
  const { site, labels } = frame;
  const about = aboutList(page, frame);
  const url = addressOf(site, about.path);
  const root = pathToRoot(about.path);
  const pageOf = publicationsOf(
    site.perSource ? publicationsOn(page) : [],
    namesOn(page, frame),
    labels.publication,
    root,
  );
  const shown = page.entries.map((entry) => shownEntry(entry, `${root}articles/`, labels, LISTS.day, pageOf));
  const days = daysOf(page, shown, labels);
  const entries = days.flatMap((day) => day.entries);
  const articles = entries.map(({ href }) => addressOf(site, href.slice(root.length)));
  const data = frame.data({
    kind: page.kind,
    canonical: null,
    robots: null,
    image: null,
    graph: listGraph({ url, name: about.heading, language: labels.language, articles }),
    ...about,
  });
  const list = { entries, days, feeds: frame.formats(about.feeds, root) };
  return { ...data, list: { ...list, ...moreOfList(page, frame, pageOf) } };
}

/** The index folds what one source brings in a row. */
function daysOf(page: ListPage, shown: readonly ShownEntry[], labels: Labels): RiverDay[] {
  const days = byDay(page.entries, shown, labels);
  if (page.kind === 'index') return foldRuns(days, page.sourceIds, new Set(page.sources.map(({ id }) => id)), labels);
  return days.map(({ date, entries }) => ({ date, entries, items: entries.map((entry) => ({ entry, run: null })) }));
}

type About = Pick<
  Parameters<Frame['data']>[0],
  'path' | 'heading' | 'lang' | 'title' | 'description' | 'feeds' | 'translations' | 'steps'
>;

function aboutList(page: ListPage, { site, labels }: Frame): About {
  const named = (heading: string, what: string) => `${heading} – ${what} | ${site.title}`;
  if (page.kind === 'index') {
    const title = `${labels.latestNews} | ${site.title}`;
    return {
      path: 'index.html',
      heading: labels.latestNews,
      title,
      description: site.description,
      feeds: 'all',
      steps: [],
    };
  }
  if (page.kind === 'archive') {
    const heading = fill(labels.archivePart, { n: page.number });
    const title = `${heading} | ${site.title}`;
    return {
      path: archivePath(page.number),
      heading,
      title,
      description: title,
      feeds: 'all',
      steps: [{ text: heading }],
    };
  }
  const title = named(page.label, kindOfList(page, labels));
  const about = page.kind === 'source' && page.about !== null ? cutText(oneLine(page.about), DESCRIPTION) : title;
  return {
    path: `${page.channel}.html`,
    heading: page.label,
    title,
    description: about,
    feeds: page.channel,
    ...(page.kind === 'language' && inLanguage(page)),
    steps: [{ text: page.label }],
  };
}

/** Labels of what the editor asks for. */
const ASKED = {
  channel: { one: 'channel', all: 'channels' },
  language: { one: 'inLanguage', all: 'languages' },
  digest: { one: 'digest', all: 'digests' },
} as const;

function kindOfList({ kind }: Extract<ListPage, { label: string }>, labels: Labels): string {
  if (kind === 'source') return labels.publication;
  return kind === 'topic' ? labels.topic : labels[ASKED[kind].one];
}

/** `hreflang` is mutual, and names the page itself too. */
function inLanguage({ channel, translations = [] }: Extract<ListPage, { kind: 'language' | 'topic' | 'channel' }>) {
  const own = { language: channel.slice('language/'.length), path: channel };
  return { lang: own.language, ...(translations.length > 0 && { translations: [own, ...translations] }) };
}

function moreOfList(page: ListPage, frame: Frame, pageOf: PublicationOf) {
  const { labels } = frame;
  if (page.kind === 'source') {
    const of = (words: string) => fill(words, { publication: page.label });
    return {
      about: page.about,
      language: shownLanguage(page.language),
      count: countText(labels, labels.articleCount, page.count),
      home: page.homeUrl === null ? null : { href: page.homeUrl, text: of(labels.sourceSite) },
      ownFeed: page.feedUrl === null ? null : { href: page.feedUrl, text: of(labels.sourceFeed) },
    };
  }
  if (page.kind === 'index') return indexLists(page, frame, pageOf);
  return page.kind === 'archive' ? { parts: partLinks(page, labels) } : {};
}

function indexLists(page: Extract<ListPage, { kind: 'index' }>, { labels, fixedNames }: Frame, pageOf: PublicationOf) {
  const link =
    (folder: string, names: readonly (string | null)[]) => (one: (typeof page.topics)[number], i: number) => {
      return { ...one, name: names[i] ?? null, href: `${folder}/${one.id}.html` };
    };
  const topicNames = distinctNames(page.topics, fixedNames, labels.topic);
  const sourceNames = page.sources.map(({ id, label }) => pageOf({ publication: label, sourceId: id }).label);
  const named = (links: typeof page.topics, names: readonly (string | null)[]) =>
    links.map(({ label }, i) => names[i] ?? label);
  const taken = [...fixedNames, ...named(page.topics, topicNames), ...named(page.sources, sourceNames)];
  const archive = page.lastArchive === null ? null : { href: archivePath(page.lastArchive), text: labels.newestPart };
  return {
    topics: page.topics.map(link('topics', topicNames)),
    sources: page.sources.map(link('sources', sourceNames)),
    archive,
    asked: askedLinks(page, taken, labels),
    top: topData(page.top, page.entries[0]?.publishedAt ?? null, labels, pageOf),
    stories: page.stories,
  };
}

/** Those of its entries, and on the index all. */
function publicationsOn(page: ListPage): Pick<PageEntry, 'publication' | 'sourceId'>[] {
  if (page.kind !== 'index') return [...page.entries];
  const listed = page.sources.map(({ id, label }) => ({ publication: label, sourceId: id }));
  return [...page.entries, ...page.top.flatMap(({ entry, story }) => [entry, ...(story?.others ?? [])]), ...listed];
}

/** Names of links that no publication may have as well. */
function namesOn(page: ListPage, { linkNames }: Frame): string[] {
  return [...linkNames, ...(page.kind === 'index' ? page.topics.map(({ label }) => label) : [])];
}

/** Channels of questions, languages and digests: what the editor asks for. */
function askedLinks({ asked = [] }: Extract<ListPage, { kind: 'index' }>, taken: string[], labels: Labels) {
  return asked.map(({ kind, channels }) => {
    const named = channels.map(({ path, label }) => ({ id: path.slice(path.indexOf('/') + 1), label }));
    const names = distinctNames(named, taken, labels[ASKED[kind].one]);
    taken.push(...named.map(({ label }, i) => names[i] ?? label));
    const links = channels.map(({ path, label }, i) => ({ label, name: names[i] ?? null, href: `${path}.html` }));
    return { id: `all-${kind}s`, heading: labels[ASKED[kind].all], links };
  });
}

function partLinks({ number, next }: { readonly number: number; readonly next: number | null }, labels: Labels) {
  const newer = next === null ? [] : [{ rel: 'next', href: `${next}.html`, text: fill(labels.newerPart, { n: next }) }];
  const older =
    number === 1 ? [] : [{ rel: 'prev', href: `${number - 1}.html`, text: fill(labels.olderPart, { n: number - 1 }) }];
  return [...newer, ...older];
}

function statusData(sources: readonly SourceStatus[], frame: Frame) {
  const { labels, site } = frame;
  return {
    ...frame.data({
      kind: 'status',
      path: 'status.html',
      heading: labels.status,
      title: `${labels.status} | ${site.title}`,
      description: labels.statusIntro,
      canonical: null,
      robots: 'noindex, follow',
      feeds: 'all',
      image: null,
      graph: [{ '@type': 'WebPage', '@id': addressOf(site, 'status.html'), name: labels.status }],
      steps: [{ text: labels.status }],
    }),
    status: shownStatus(sources, labels),
  };
}

function withdrawnData(path: string, frame: Frame) {
  const { labels, site } = frame;
  return frame.data({
    kind: 'withdrawn',
    path,
    heading: labels.gone,
    title: `${labels.gone} | ${site.title}`,
    description: labels.goneText,
    canonical: null,
    robots: 'noindex, follow',
    feeds: 'all',
    image: null,
    graph: [{ '@type': 'WebPage', '@id': addressOf(site, path), name: labels.gone }],
    steps: [{ text: labels.gone }],
  });
}

function fragmentData(entries: readonly PageEntry[], { site, labels }: Frame) {
  const base = `${site.feedsUrl}articles/`;
  const pageOf = publicationsOf([], [], labels.publication, site.feedsUrl);
  const shown = entries.map((entry) => {
    const one = shownEntry(entry, base, labels, LISTS.elsewhere, pageOf);
    return { ...one, url: one.href };
  });
  return { labels, list: { entries: shown } };
}

/** Home » first topic » headline. */
function topicStep({ topics: [first] }: Entry, { labels, site, foreign }: Frame): Step[] {
  if (first === undefined) return [];
  const [name] = distinctNames([first], [site.title, labels.home], labels.topic);
  return [{ text: name ?? first.label, href: `../topics/${first.id}.html`, ...foreign }];
}

/** An author's page on the site of the publication is a credit; one elsewhere may be anybody's. */
function isOfPublisher(url: string | null, { originalUrl, publication }: Entry): boolean {
  const site = url === null ? null : siteOf(url);
  return site !== null && [originalUrl, publication.url].some((own) => own !== null && siteOf(own) === site);
}

function beginsWith(contentHtml: string | null, summary: string): boolean {
  const start = oneLine(summary).replace(/\s*…$/, '').slice(0, SAME_START);
  return oneLine(htmlToText(contentHtml ?? '', { limit: 2 * SAME_START + 200 })).includes(start);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function secure(url: string): string {
  return url.replace(/^http:/, 'https:');
}
