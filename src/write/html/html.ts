/** Writes the pages of the site as HTML. The output is deterministic. */
import type { Entry } from '../../model/channel.js';
import type {
  ArticlePage,
  EmbeddedList,
  ListPage,
  Overview,
  PageEntry,
  PageStory,
  Site,
  SourceStatus,
  StoryPage,
  Theme,
  TopStory,
} from '../../model/page.js';
import { articleData, notFoundData, withdrawnData } from './article.js';
import { badge } from './embed/badge.js';
import { elementScript, fragmentData, framedData, topFragmentData } from './embed/embedded.js';
import { Frame, toPageUrl } from './frame.js';
import { listData } from './lists.js';
import { formatDate } from './moment.js';
import { overviewData } from './overviews.js';
import { loadLabels } from './page-labels.js';
import { shownStatus } from './status.js';
import { storiesData, storyData } from './stories.js';
import type { TemplateName } from './template-names.js';
import { openTemplates, pageAsset, stylesheet } from './theme.js';

export interface PageWriter {
  /** Changes with everything that all pages show: templates, labels, menus. */
  readonly fingerprint: string;
  readonly hasFeeds: boolean;
  article(page: ArticlePage): string;
  /** Replaces the page of a removed article, without information about it. */
  withdrawn(path: string): string;
  notFound(): string;
  list(page: ListPage): string;
  story(page: StoryPage): string;
  stories(stories: readonly PageStory[]): string;
  overview(page: Overview): string;
  status(sources: readonly SourceStatus[]): string;
  /** The newest articles of a list as an HTML fragment for other pages: absolute links, no ids. */
  fragment(entries: readonly PageEntry[]): string;
  topFragment(top: readonly TopStory[]): string;
  /** The same as a page for a frame. */
  framed(list: EmbeddedList): string;
  /** The number of readable sources, as SVG. */
  badge(sources: readonly SourceStatus[]): string;
  element(): string;
  script(name: string): string;
  searchedText(entry: Entry): string;
  stylesheet(): string;
}

/** Throws PublishError if a template of the site is invalid. */
export function createPageWriter(site: Site, theme: Theme): PageWriter {
  const templates = openTemplates(theme);
  const labels = loadLabels(site.language, site.words, site.zone);
  const frame = new Frame(site, labels);
  return {
    fingerprint: `${templates.fingerprint}${frame.fingerprint}`,
    hasFeeds: frame.hasFeeds,
    article: (page) => templates.render('article', articleData(page, frame)),
    notFound: () => templates.render('withdrawn', notFoundData(frame)),
    withdrawn: (path) => templates.render('withdrawn', withdrawnData(path, frame)),
    list: (page) => templates.render(selectTemplate(page), listData(page, frame)),
    story: (page) => templates.render('story', storyData(page, frame)),
    stories: (stories) => templates.render('stories', storiesData(stories, frame)),
    overview: (page) => templates.render(page.kind, overviewData(page, frame)),
    status: (sources) => templates.render('status', statusData(sources, frame)),
    fragment: (entries) => templates.render('fragment', fragmentData(entries, frame)),
    topFragment: (top) => templates.render('fragment', topFragmentData(top, frame)),
    framed: (list) => templates.render('frame', framedData(list, frame)),
    badge: (sources) => badge(sources, labels),
    element: () => elementScript(pageAsset('embed/newsloom-latest.js'), labels),
    script: (name) => pageAsset(`scripts/${name}`),
    searchedText: (entry) => templates.render('searched', { entry, date: formatDate(labels, entry.publishedAt).text }),
    stylesheet: () => stylesheet(theme),
  };
}

/** Lists without parts of their own use the template of topics. */
function selectTemplate({ kind }: ListPage): TemplateName {
  const others: readonly ListPage['kind'][] = ['channel', 'language', 'author', 'latest'];
  return others.includes(kind) ? 'topic' : (kind as TemplateName);
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
      robots: 'noindex, follow',
      feeds: 'all',
      graph: [{ '@type': 'WebPage', '@id': toPageUrl(site, 'status.html'), name: labels.status }],
      steps: [{ text: labels.status }],
    }),
    status: shownStatus(sources, labels),
  };
}
