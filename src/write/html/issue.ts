/** Prepares the issues of a digest for their templates: pages, mails, and the list of issues. */
import type { DigestWords, Issue, IssueItem } from '../../model/digest.js';
import { detectDirection } from './direction.js';
import { type Frame, toPageUrl } from './frame.js';
import { listGraph } from './json-ld.js';
import { fill, type Labels } from './labels.js';
import { formatDate, formatDay } from './moment.js';

/** The permanent title of an issue: `The week, 23 November 2026`. */
export function issueHeading({ title }: DigestWords, closedAt: Date, labels: Labels): string {
  return `${title}, ${formatDay(labels, closedAt).text}`;
}

function issuePagePath({ path }: DigestWords, number: number): string {
  return `${path}/${number}.html`;
}

export function issueData(digest: DigestWords, issue: Issue, frame: Frame) {
  const { labels, site } = frame;
  const path = issuePagePath(digest, issue.number);
  const heading = issue.title;
  const title = `${heading} | ${site.title}`;
  const articles = issue.items.map(({ url }) => url);
  return {
    ...frame.data({
      kind: 'issue',
      path,
      heading,
      title,
      description: title,
      feeds: digest.path,
      graph: listGraph({ url: toPageUrl(site, path), name: heading, language: labels.language, articles }),
      steps: [{ text: heading }],
    }),
    digest: { title: digest.title, href: `../${digest.path.split('/').at(-1)}.html` },
    issue: shownIssue(issue, labels),
  };
}

/** null: the site has no pages. */
export function findIssueUrl(digest: DigestWords, { number }: Pick<Issue, 'number'>, { site }: Frame): string | null {
  return site.formats.includes('html') ? toPageUrl(site, issuePagePath(digest, number)) : null;
}

/** All links in mails are absolute. */
export function mailData(digest: DigestWords, issue: Issue, frame: Frame) {
  const { labels, site } = frame;
  return {
    labels,
    site: { title: site.title, url: site.feedsUrl },
    page: {
      heading: issue.title,
      dir: detectDirection(labels.language),
      webUrl: findIssueUrl(digest, issue, frame),
    },
    issue: shownIssue(issue, labels),
  };
}

/** `issues`: newest first. */
export function digestData(digest: DigestWords, issues: readonly Pick<Issue, 'number' | 'title'>[], frame: Frame) {
  const { labels, site } = frame;
  const path = `${digest.path}.html`;
  const title = `${digest.title} – ${labels.digest} | ${site.title}`;
  const page = {
    kind: 'digest' as const,
    path,
    heading: digest.title,
    title,
    description: title,
    feeds: digest.path,
    steps: [{ text: digest.title }],
  };
  const folder = digest.path.split('/').at(-1);
  const graph = listGraph({ url: toPageUrl(site, path), name: digest.title, language: labels.language, articles: [] });
  const data = frame.data({ ...page, graph });
  return {
    ...data,
    list: { feeds: frame.formats(digest.path, data.site.root) },
    issues: issues.map((issue) => ({
      heading: issue.title,
      href: `${folder}/${issue.number}.html`,
    })),
  };
}

function shownIssue({ introduction = '', items }: Issue, labels: Labels) {
  const titles = items.map(({ title }) => title);
  const isUniqueTitle = (title: string) => titles.indexOf(title) === titles.lastIndexOf(title);
  return {
    introduction,
    items: items.map((item) => {
      // Links with the same name must lead to one place.
      const name = isUniqueTitle(item.title) ? null : `${item.title} (${item.publication})`;
      return { ...shownItem(item, labels), name };
    }),
  };
}

function shownItem(item: IssueItem, labels: Labels) {
  const { title, url, publication, summary, language, others, more, publishedAt } = item;
  return {
    title,
    url,
    publication,
    summary,
    lang: language,
    dir: detectDirection(language),
    published: formatDate(labels, publishedAt),
    others: others.map((other) => ({ url: other.url, publication: other.publication, title: other.title })),
    more: more === 0 ? '' : fill(labels.alsoMore, { n: more }),
  };
}
