/** Selects the articles that a page lists as more news, independent of the current time. */

export interface NewsItem {
  readonly id: string;
  readonly publication: string;
  readonly publishedAt: number;
  readonly topics: readonly string[];
  readonly story: number | null;
}

/** Number of articles, unless the story alone provides more. */
const MORE = 4;
/** Maximum number of articles of the same story. */
const SAME_STORY = 6;

/**
 * Selects reports of the same story in other publications, the nearest in time, newest first. Then it adds earlier
 * articles with a common topic, newest first. `sameStory`: other articles of its story; `earlier`: earlier articles of
 * its first topic, newest first. `tellers` breaks ties of date: the number of publications of the article's story.
 */
export function chooseMoreNews<A extends NewsItem>(
  article: A,
  sameStory: readonly A[],
  earlier: readonly A[],
  tellers: (article: A) => number,
): A[] {
  const compareByDate = (a: A, b: A) => b.publishedAt - a.publishedAt || tellers(b) - tellers(a);
  const newestFirst = (a: A, b: A) => compareByDate(a, b) || (a.id < b.id ? -1 : 1);
  const elsewhere = sameStory.filter((other) => folded(other) !== folded(article));
  const reports = selectNearest(article, elsewhere).slice(0, SAME_STORY).sort(newestFirst);
  const stories = new Set([article.story]);
  const rest: A[] = [];
  for (const other of [...earlier].sort(compareByDate)) {
    if (reports.length + rest.length >= MORE) break;
    if (other.id === article.id || (other.story !== null && stories.has(other.story))) continue;
    if (!other.topics.some((topic) => article.topics.includes(topic))) continue;
    stories.add(other.story);
    rest.push(other);
  }
  return [...reports, ...rest.sort(newestFirst)];
}

/** One per publication before the second of any, nearest in time: a new report changes only pages near it. */
function selectNearest<A extends NewsItem>(article: A, others: readonly A[]): A[] {
  const counts = new Map<string, number>();
  const timeDistance = (other: A) => Math.abs(other.publishedAt - article.publishedAt);
  return [...others]
    .sort((a, b) => timeDistance(a) - timeDistance(b) || (a.id < b.id ? -1 : 1))
    .map((other, place) => {
      const round = counts.get(folded(other)) ?? 0;
      counts.set(folded(other), round + 1);
      return { other, round, place };
    })
    .sort((a, b) => a.round - b.round || a.place - b.place)
    .map(({ other }) => other);
}

function folded({ publication }: NewsItem): string {
  return publication.toLowerCase();
}
