/** Writes the pages of the site as HTML: no scripts, deterministic output. */
import type { ArticlePage, ListPage, PageEntry, Site, SourceStatus, Theme } from '../../model/page.js';
import { revisedAt } from '../../model/revision.js';
import { cutText } from '../../text/cut.js';
import { htmlToText } from '../../text/html.js';
import { pageBody } from './body.js';
import { directionOf } from './direction.js';
import { distinctNames } from './distinct-names.js';
import { addressOf, archivePath, articlePath, Frame } from './frame.js';
import { articleGraph, listGraph } from './json-ld.js';
import { fill, type Labels, labelsOf } from './labels.js';
import { byDay, LISTS, shownEntry } from './listing.js';
import { momentIn } from './moment.js';
import { creditLabelOf, playerOf } from './player.js';
import { shownStatus } from './status.js';
import type { TemplateName } from './template-names.js';
import { openTemplates, stylesheet } from './theme.js';

export interface PageWriter {
  /** Fingerprint of everything that all pages show: templates, labels, menus. */
  readonly fingerprint: string;
  article(page: ArticlePage): string;
  /** In place of an article that the section no longer shows: says nothing of it. */
  withdrawn(path: string): string;
  list(page: ListPage): string;
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
  const labels = labelsOf(site.language);
  const frame = new Frame(site, labels);
  return {
    fingerprint: `${templates.fingerprint}${frame.fingerprint}`,
    article: (page) => templates.render('article', articleData(page, frame)),
    withdrawn: (path) => templates.render('withdrawn', withdrawnData(path, frame)),
    list: (page) => templates.render(templateOf(page), listData(page, frame)),
    status: (sources) => templates.render('status', statusData(sources, frame)),
    latest: (entries) => templates.render('fragment', fragmentData(entries, frame)),
    stylesheet: () => stylesheet(theme),
  };
}

/** The page of a question or a language is as a topic's. */
function templateOf({ kind }: ListPage): TemplateName {
  return kind === 'channel' || kind === 'language' ? 'topic' : kind;
}

function articleData({ entry, more, alike }: ArticlePage, frame: Frame) {
  const { labels, site } = frame;
  const path = articlePath(entry.slug);
  const publication = entry.publication.title;
  const full = entry.contentHtml !== null;
  const isOwn = entry.isOwn === true;
  const updatedAt = revisedAt(entry);
  const authors = entry.authors.filter(({ name }) => name !== publication);
  const summary = full && beginsWith(entry.contentHtml, entry.summary) ? '' : entry.summary;
  const image = full ? entry.image : null;
  const credit = isOwn ? publication : `${labels.firstPublished} ${publication}`;
  const said = { authors, credit, updatedAt, summary, image: image === null ? null : secure(image.url) };
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
      steps: [{ text: entry.title, lang: entry.language, dir: directionOf(entry.language) }],
    }),
    article: {
      id: entry.id,
      isOwn,
      title: entry.title,
      lang: entry.language,
      dir: directionOf(entry.language),
      authors: authors.map(({ name }) => name),
      publication,
      via: entry.via?.title ?? null,
      credited: entry.credited?.title ?? null,
      published: momentIn(labels, entry.publishedAt),
      headlineBy: entry.edited?.what.includes('title') ? entry.edited.by : null,
      updated: updatedAt === null ? null : momentIn(labels, updatedAt),
      summary,
      image:
        image === null || /<img\b/.test(entry.contentHtml ?? '')
          ? null
          : { ...image, url: secure(image.url), alt: image.alt ?? '' },
      contentHtml: entry.contentHtml === null ? null : pageBody(entry.contentHtml, labels),
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
      more: more.map((one) => shownEntry(one, '', labels, LISTS.beside)),
      alike: alike.map((one) => shownEntry(one, '', labels, LISTS.beside)),
      commentsUrl: entry.commentsUrl,
    },
  };
}

function listData(page: ListPage, frame: Frame) {
  const { site, labels } = frame;
  const about = aboutList(page, frame);
  const url = addressOf(site, about.path);
  const articles = page.entries.map(({ slug }) => addressOf(site, articlePath(slug)));
  const data = frame.data({
    kind: page.kind,
    canonical: null,
    robots: null,
    image: null,
    graph: listGraph({ url, name: about.heading, language: labels.language, articles }),
    ...about,
  });
  const root = data.site.root;
  const entries = page.entries.map((entry) => shownEntry(entry, `${root}articles/`, labels, LISTS.day));
  const list = { entries, days: byDay(page.entries, entries, labels), feeds: frame.formats(about.feeds, root) };
  return { ...data, list: { ...list, ...moreOfList(page, frame) } };
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

function kindOfList({ kind }: Extract<ListPage, { label: string }>, labels: Labels): string {
  if (kind === 'source') return labels.publication;
  return kind === 'topic' ? labels.topic : labels.kinds[kind].one;
}

/** `hreflang` is mutual, and names the page itself too. */
function inLanguage({ channel, translations = [] }: Extract<ListPage, { kind: 'language' | 'topic' | 'channel' }>) {
  const own = { language: channel.slice('language/'.length), path: channel };
  return { lang: own.language, ...(translations.length > 0 && { translations: [own, ...translations] }) };
}

function moreOfList(page: ListPage, frame: Frame) {
  const { labels } = frame;
  if (page.kind === 'source') {
    const text = fill(labels.sourceSite, { publication: page.label });
    return { about: page.about, home: page.homeUrl === null ? null : { href: page.homeUrl, text } };
  }
  if (page.kind === 'index') return indexLists(page, frame);
  return page.kind === 'archive' ? { parts: partLinks(page, labels) } : {};
}

function indexLists(page: Extract<ListPage, { kind: 'index' }>, { labels, site }: Frame) {
  const link =
    (folder: string, names: readonly (string | null)[]) => (one: (typeof page.topics)[number], i: number) => {
      return { ...one, name: names[i] ?? null, href: `${folder}/${one.id}.html` };
    };
  const fixed = [site.title, labels.home, labels.latestNews, labels.status];
  const topicNames = distinctNames(page.topics, fixed, labels.topic);
  const taken = [...fixed, ...page.topics.map(({ label }, i) => topicNames[i] ?? label)];
  const names = distinctNames(page.sources, taken, labels.publication);
  const sourceNames = page.sources.map(({ label }, i) => names[i] ?? label);
  const archive = page.lastArchive === null ? null : { href: archivePath(page.lastArchive), text: labels.newestPart };
  return {
    topics: page.topics.map(link('topics', topicNames)),
    sources: page.sources.map(link('sources', names)),
    archive,
    asked: askedLinks(page, [...taken, ...sourceNames], labels),
    pinned: page.pinned.map((entry) => shownEntry(entry, 'articles/', labels, LISTS.elsewhere)),
  };
}

/** Channels of questions, languages and digests: what the editor asks for. */
function askedLinks({ asked = [] }: Extract<ListPage, { kind: 'index' }>, taken: string[], labels: Labels) {
  return asked.map(({ kind, channels }) => {
    const named = channels.map(({ path, label }) => ({ id: path.slice(path.indexOf('/') + 1), label }));
    const names = distinctNames(named, taken, labels.kinds[kind].one);
    taken.push(...named.map(({ label }, i) => names[i] ?? label));
    const links = channels.map(({ path, label }, i) => ({ label, name: names[i] ?? null, href: `${path}.html` }));
    return { id: `all-${kind}s`, heading: labels.kinds[kind].all, links };
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
  const shown = entries.map((entry) => {
    const one = shownEntry(entry, base, labels, LISTS.elsewhere);
    return { ...one, url: one.href };
  });
  return { labels, list: { entries: shown } };
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
