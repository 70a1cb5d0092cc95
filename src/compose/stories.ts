/** Stories as entries: one event, its lead article first, the others beside it. */
import type { Article } from '../model/article.js';
import type { Entry, RelatedLink } from '../model/channel.js';
import { htmlSafe } from '../text/escape.js';
import type { EntryOf } from './entry.js';

/** More would be a list, not a story. */
export const MOST_OTHERS = 40;

/** A story with its articles, loaded. */
export interface MultiSourceStory {
  readonly id: string;
  readonly lead: Article;
  readonly others: readonly Article[];
}

/**
 * One entry for each story of two or more publications, newest first. Withdrawn articles do not count; where the
 * lead was, the earliest of the others leads. The id is the story's own, never an article's: who reads both feeds must not lose one.
 */
export function storyEntries(stories: readonly MultiSourceStory[], entryOf: EntryOf, feedsUrl: string): Entry[] {
  return stories
    .map(withoutWithdrawn)
    .filter((story) => story !== null)
    .map((story) => ({ ...storyEntry(story, entryOf), id: storyIri(story.id, feedsUrl) }))
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** An id must be an absolute IRI (RFC 4287 4.2.6); one that is none becomes part of an address of ours. */
function storyIri(id: string, feedsUrl: string): string {
  return /^[a-z][a-z0-9+.-]*:./.test(id) ? id : `${feedsUrl}stories#${encodeURIComponent(id)}`;
}

function withoutWithdrawn({ id, lead, others }: MultiSourceStory): MultiSourceStory | null {
  const reports = [lead, ...[...others].sort(byDate)].filter((article) => article.withdrawnAt === null);
  const publications = new Set(reports.map(({ attribution }) => attribution.publication.title.toLowerCase()));
  const [first, ...rest] = reports;
  return first === undefined || publications.size < 2 ? null : { id, lead: first, others: rest };
}

function storyEntry({ id, lead, others }: MultiSourceStory, entryOf: EntryOf): Entry {
  const entry = entryOf(lead);
  const dates = [lead, ...others].map(({ publishedAt }) => publishedAt.getTime());
  const related = others.slice(0, MOST_OTHERS).map((article) => relatedLink(entryOf(article)));
  return {
    ...entry,
    id,
    contentHtml: listHtml(entry.summary, related),
    publishedAt: new Date(Math.min(...dates)),
    // Who joined last, whenever we noticed: a joining article changes the entry, a run does not.
    updatedAt: new Date(Math.max(...dates)),
    enclosures: [],
    related,
  };
}

function relatedLink({ url, title, publication }: Entry): RelatedLink {
  return { url, title, publication: publication.title };
}

function listHtml(summary: string, related: readonly RelatedLink[]): string {
  const lead = summary === '' ? '' : `<p>${htmlSafe(summary)}</p>\n`;
  const items = related.map(({ url, title, publication }) => {
    return `<li><a href="${htmlSafe(url)}">${htmlSafe(title)}</a> (${htmlSafe(publication)})</li>\n`;
  });
  return `${lead}<ul>\n${items.join('')}</ul>`;
}

function byDate(a: Article, b: Article): number {
  return a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1);
}
