/** Composes a story for pages and feeds: its reports in order, their copies, and its publications. */
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { Entry } from '../model/channel.js';
import { countPublications, keepLatest, toPublicationKey } from '../model/publications.js';
import type { SourceId } from '../model/source.js';
import type { StoryRef } from '../model/story.js';
import { toSlug } from '../text/slug.js';

/** A visible article of a story. */
export interface StoryArticle {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly entry: Entry;
  /** The article with the same text that it repeats; null: it is the first. */
  readonly copyOf: ArticleRef | null;
}

interface Report {
  readonly article: StoryArticle;
  readonly copies: readonly StoryArticle[];
}

/** A story of two or more publications. */
export interface StoryView {
  readonly ref: StoryRef;
  readonly id: string;
  readonly slug: string;
  readonly lead: StoryArticle;
  readonly course: readonly Report[];
  /** All articles, with copies. Oldest first. */
  readonly articles: readonly StoryArticle[];
  /** One article per publication that counts, in the order of their dates: the latest with its own text, else the latest. */
  readonly publications: readonly StoryArticle[];
}

/** null: fewer than two publications. `lead`: if it is not visible, the earliest other article leads. */
export function composeStoryView(
  story: { readonly ref: StoryRef; readonly id: string; readonly lead: ArticleRef },
  seen: readonly StoryArticle[],
): StoryView | null {
  const articles = [...seen].sort(compareOldestFirst);
  const course = groupReports(articles);
  const lead = articles.find(({ ref }) => ref === story.lead) ?? articles[0];
  if (lead === undefined) return null;
  const counted = countPublications(
    [lead, ...articles].map(({ sourceId, entry }) => ({ sourceId, publication: entry.publication.title })),
  );
  const publications = selectLatestReports(course, articles).filter((article) => counted.has(publicationKey(article)));
  if (publications.length < 2) return null;
  return { ref: story.ref, id: story.id, slug: toSlug(story.id), lead, course, articles, publications };
}

/** If the repeated article is not visible, its earliest copy takes its place. */
function groupReports(articles: readonly StoryArticle[]): Report[] {
  const groups = new Map<ArticleRef, StoryArticle[]>();
  for (const article of articles) {
    const text = article.copyOf ?? article.ref;
    groups.set(text, [...(groups.get(text) ?? []), article]);
  }
  return [...groups].map(([text, group]) => {
    const article = group.find(({ ref }) => ref === text) ?? group[0]!;
    return { article, copies: group.filter((one) => one !== article) };
  }).sort((a, b) => compareOldestFirst(a.article, b.article)); // biome-ignore format: one chain
}

function selectLatestReports(course: readonly Report[], articles: readonly StoryArticle[]): StoryArticle[] {
  const all = [...articles, ...course.map(({ article }) => article)];
  return keepLatest(all, ({ entry }) => entry.publication.title).sort(compareOldestFirst);
}

export function publicationKey({ entry }: Pick<StoryArticle, 'entry'>): string {
  return toPublicationKey(entry.publication.title);
}

function compareOldestFirst(a: StoryArticle, b: StoryArticle): number {
  return a.entry.publishedAt.getTime() - b.entry.publishedAt.getTime() || (a.entry.id < b.entry.id ? -1 : 1);
}

/** Each article with another's text, and the id of the other. */
export function listCopies({
  course,
}: Pick<StoryView, 'course'>): { readonly id: ArticleId; readonly of: ArticleId }[] {
  return course.flatMap(({ article, copies }) => copies.map(({ entry }) => ({ id: entry.id, of: article.entry.id })));
}
