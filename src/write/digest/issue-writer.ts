/** Writes the issues of digests: HTML for feeds, pages, and both parts of a mail. */
import type { DigestWords, Issue, IssueBody } from '../../model/digest.js';
import type { Site, Theme } from '../../model/page.js';
import { Frame } from '../html/frame.js';
import { digestData, findIssueUrl, issueData, issueHeading, mailData } from '../html/issue.js';
import { loadLabels } from '../html/page-labels.js';
import { openTemplates } from '../html/theme.js';
import { issueContent } from './issue-content.js';
import { issueText } from './issue-text.js';

export interface IssueWriter {
  /** Changes with everything that the list of issues shows, apart from the issues. */
  readonly fingerprint: string;
  heading(digest: DigestWords, closedAt: Date): string;
  content(issue: IssueBody): string;
  page(digest: DigestWords, issue: Issue): string;
  /** A complete HTML document with tables and inline styles. */
  mail(digest: DigestWords, issue: Issue): string;
  text(digest: DigestWords, issue: Issue): string;
  /** The page of the digest. `issues`: newest first. */
  list(digest: DigestWords, issues: readonly Pick<Issue, 'number' | 'title'>[]): string;
}

/** Throws PublishError if a template of the site is invalid. */
export function createIssueWriter(site: Site, theme: Theme): IssueWriter {
  const templates = openTemplates(theme);
  const labels = loadLabels(site.language, site.words, site.zone);
  const frame = new Frame(site, labels);
  return {
    fingerprint: `${templates.fingerprint}${frame.fingerprint}`,
    heading: (digest, closedAt) => issueHeading(digest, closedAt, labels),
    content: (issue) => issueContent(issue, labels),
    page: (digest, issue) => templates.render('issue', issueData(digest, issue, frame)),
    mail: (digest, issue) => templates.render('mail', mailData(digest, issue, frame)),
    text: (digest, issue) => {
      const about = { heading: issue.title, siteTitle: site.title, url: findIssueUrl(digest, issue, frame) };
      return issueText(issue, about, labels);
    },
    list: (digest, issues) => templates.render('digest', digestData(digest, issues, frame)),
  };
}
