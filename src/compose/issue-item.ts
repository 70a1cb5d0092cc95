/** Composes the items of an issue: an article, and other reports of the same event. */

import type { Entry } from '../model/channel.js';
import type { IssueItem, IssueLink } from '../model/digest.js';
import { keepLatest, toPublicationKey } from '../model/publications.js';
import { cutText, toOneLine } from '../text/cut.js';

const SUMMARY = 280;
const MOST_OTHERS = 5;

/** `others`: further reports, oldest first; only the latest of each publication is used. */
export function issueItem(lead: Entry, sourceId: string, others: readonly Entry[]): IssueItem {
  const own = toPublicationKey(lead.publication.title);
  const latest = keepLatest(others, ({ publication }) => publication.title);
  const reports = latest.filter(({ publication }) => toPublicationKey(publication.title) !== own);
  return {
    ...issueLink(lead),
    sourceId,
    summary: cutText(toOneLine(lead.summary), SUMMARY),
    language: lead.language,
    others: reports.slice(0, MOST_OTHERS).map(issueLink),
    more: Math.max(0, reports.length - MOST_OTHERS),
  };
}

function issueLink({ id, url, title, publication, publishedAt }: Entry): IssueLink {
  return { id, url, title, publication: publication.title, publishedAt };
}

/** Gmail cuts off mails above 102 kB. This leaves room for additions by mailing tools. */
const MAIL_BYTES = 100_000;

/** Leaves out the last items until the mail is small enough. */
export function fitItems(
  items: readonly IssueItem[],
  bytesOf: (items: readonly IssueItem[]) => number,
): readonly IssueItem[] {
  let fitted = items;
  while (fitted.length > 1 && bytesOf(fitted) > MAIL_BYTES) fitted = fitted.slice(0, -1);
  return fitted;
}
