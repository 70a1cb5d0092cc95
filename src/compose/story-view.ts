/** Composes a story as pages and feeds show it: its reports in order, their copies, and the publications that report it. */
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { Entry } from '../model/channel.js';
import type { SourceId } from '../model/source.js';
import type { StoryRef } from '../model/story.js';
import { slugOf } from '../text/slug.js';

/** An article of a story that readers see. */
export interface StoryArticle {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly entry: Entry;
  /** The article whose text it repeats; null: it is the first with it. */
  readonly copyOf: ArticleRef | null;
}

/** An article with those that repeat its text. */
interface Report {
  readonly article: StoryArticle;
  readonly copies: readonly StoryArticle[];
}

/** A story that two or more publications report. */
export interface StoryView {
  readonly ref: StoryRef;
  readonly id: string;
  readonly slug: string;
  readonly lead: StoryArticle;
  /** Oldest first. */
  readonly course: readonly Report[];
  /** All articles, copies too. Oldest first. */
  readonly articles: readonly StoryArticle[];
  /** The first article of each publication, the first to report first; of one with a text of its own, that. */
  readonly publications: readonly StoryArticle[];
}

/** null: fewer than two publications report it. `lead`: where readers do not see it, the earliest of the others leads. */
export function composeStoryView(
  story: { readonly ref: StoryRef; readonly id: string; readonly lead: ArticleRef },
  seen: readonly StoryArticle[],
): StoryView | null {
  const articles = [...seen].sort(oldestFirst);
  const course = reportsOf(articles);
  const publications = oneEach(course, articles);
  const [first] = articles;
  if (first === undefined || publications.length < 2) return null;
  const lead = articles.find(({ ref }) => ref === story.lead) ?? first;
  return { ref: story.ref, id: story.id, slug: slugOf(story.id), lead, course, articles, publications };
}

/** Where the article that others repeat is not shown, the earliest of these stands for it. */
function reportsOf(articles: readonly StoryArticle[]): Report[] {
  const groups = new Map<ArticleRef, StoryArticle[]>();
  for (const article of articles) {
    const text = article.copyOf ?? article.ref;
    groups.set(text, [...(groups.get(text) ?? []), article]);
  }
  return [...groups].map(([text, group]) => {
    const article = group.find(({ ref }) => ref === text) ?? group[0]!;
    return { article, copies: group.filter((one) => one !== article) };
  }).sort((a, b) => oldestFirst(a.article, b.article)); // biome-ignore format: one chain
}

function oneEach(course: readonly Report[], articles: readonly StoryArticle[]): StoryArticle[] {
  const found = new Map<string, StoryArticle>();
  for (const article of [...course.map(({ article }) => article), ...articles]) {
    const name = publicationKey(article);
    if (!found.has(name)) found.set(name, article);
  }
  return [...found.values()].sort(oldestFirst);
}

/** Distinguishes publications. */
export function publicationKey({ entry }: Pick<StoryArticle, 'entry'>): string {
  return entry.publication.title.toLowerCase();
}

function oldestFirst(a: StoryArticle, b: StoryArticle): number {
  return a.entry.publishedAt.getTime() - b.entry.publishedAt.getTime() || (a.entry.id < b.entry.id ? -1 : 1);
}

/** Each article whose text another one has, with the id of that one. */
export function listCopies({
  course,
}: Pick<StoryView, 'course'>): { readonly id: ArticleId; readonly of: ArticleId }[] {
  return course.flatMap(({ article, copies }) => copies.map(({ entry }) => ({ id: entry.id, of: article.entry.id })));
}
