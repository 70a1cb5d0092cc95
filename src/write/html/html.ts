/** Writes the pages of the site as HTML: no scripts, deterministic output. */
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
import { articleData, withdrawnData } from './article.js';
import { LISTS, shownEntry } from './entries/listing.js';
import { publicationsOf } from './entries/publication.js';
import { addressOf, Frame } from './frame.js';
import { labelsOf } from './languages/page-labels.js';
import { listData } from './lists.js';
import { overviewData } from './overviews.js';
import { shownStatus } from './status.js';
import { storiesData, storyData } from './stories.js';
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

function fragmentData(entries: readonly PageEntry[], { site, labels }: Frame) {
  const base = `${site.feedsUrl}articles/`;
  const pageOf = publicationsOf([], [], labels.publication, site.feedsUrl);
  const shown = entries.map((entry) => {
    const one = shownEntry(entry, base, labels, LISTS.elsewhere, pageOf);
    return { ...one, url: one.href };
  });
  return { labels, list: { entries: shown } };
}
