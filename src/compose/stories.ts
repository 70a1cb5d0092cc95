/** Composes stories as entries: the lead article, with links to the latest reports of the others. */
import type { Article } from '../model/article.js';
import type { Entry, RelatedLink } from '../model/channel.js';
import { isShown } from '../model/desk.js';
import { countPublications, keepLatest, toReport } from '../model/publications.js';
import { htmlSafe } from '../text/escape.js';
import { primaryLanguage } from '../text/stem.js';
import type { EntryFactory } from './entry.js';

const MAX_OTHERS = 40;

export interface MultiSourceStory {
  readonly id: string;
  readonly lead: Article;
  readonly others: readonly Article[];
}

/** One per story of several publications, newest first. With an article's id, readers would show only one of both. */
export function storyEntries(stories: readonly MultiSourceStory[], entryOf: EntryFactory, feedsUrl: string): Entry[] {
  return stories
    .map(removeWithdrawn)
    .filter((story) => story !== null)
    .map((story) => ({ ...storyEntry(story, entryOf), id: storyIri(story.id, feedsUrl) }))
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** RFC 4287 4.2.6 requires an absolute IRI; any other id becomes part of one of our addresses. */
export function storyIri(id: string, feedsUrl: string): string {
  return /^[a-z][a-z0-9+.-]*:./.test(id) ? id : `${feedsUrl}stories#${encodeURIComponent(id)}`;
}

function removeWithdrawn({ id, lead, others }: MultiSourceStory): MultiSourceStory | null {
  const reports = [lead, ...[...others].sort(compareDates)].filter(isShown);
  const [first, ...rest] = reports;
  return first === undefined || countPublications(reports.map(toReport)).size < 2
    ? null
    : { id, lead: first, others: rest };
}

function storyEntry({ id, lead, others }: MultiSourceStory, entryOf: EntryFactory): Entry {
  const entry = entryOf(lead);
  const dates = [lead, ...others].map(({ publishedAt }) => publishedAt.getTime());
  const latest = keepLatest([lead, ...others].sort(compareDates), (article) => toReport(article).publication);
  const listed = latest.filter((article) => article !== lead).slice(0, MAX_OTHERS);
  const told = listed.map((article) => relatedLink(entryOf(article), entry.language));
  return {
    ...entry,
    id,
    contentHtml: listHtml(entry.summary, told),
    publishedAt: new Date(Math.min(...dates)),
    // The date of the last member, so that only a new member changes the entry.
    updatedAt: new Date(Math.max(...dates)),
    enclosures: [],
    episode: null,
    related: told,
  };
}

function relatedLink({ url, title, publication, language }: Entry, ofLead: string | null): RelatedLink {
  const isForeign = primaryLanguage(language) !== primaryLanguage(ofLead);
  return { url, title, publication: publication.title, language: isForeign ? language : null };
}

function listHtml(summary: string, related: readonly RelatedLink[]): string {
  const lead = summary === '' ? '' : `<p>${htmlSafe(summary)}</p>\n`;
  const items = related.map(({ url, title, publication, language }) => {
    const foreign = language ? ` lang="${htmlSafe(language)}" hreflang="${htmlSafe(language)}"` : '';
    return `<li><a href="${htmlSafe(url)}"${foreign}>${htmlSafe(title)}</a> (${htmlSafe(publication)})</li>\n`;
  });
  return `${lead}<ul>\n${items.join('')}</ul>`;
}

function compareDates(a: Article, b: Article): number {
  return a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1);
}
