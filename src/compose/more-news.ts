/** Which articles a page lists as more news: the same story elsewhere, and what came before on its topic. Reads no clock, so that a published page stays as it is. */

/** An article as far as choosing must know it. */
export interface NewsItem {
  readonly id: string;
  readonly publication: string;
  /** Milliseconds. */
  readonly publishedAt: number;
  readonly topics: readonly string[];
  /** Its story's name; null: it has none. */
  readonly story: number | null;
}

/** Articles listed, where the story itself does not give more. */
const MORE = 4;
/** Of the same story, at most so many. */
const SAME_STORY = 6;

/**
 * The same story in other publications, the reports nearest in time, newest first; then earlier articles of its first topic.
 * `sameStory`: the others of its story; `earlier`: those of its first topic, newest first.
 */
export function chooseMoreNews<A extends NewsItem>(article: A, sameStory: readonly A[], earlier: readonly A[]): A[] {
  const elsewhere = sameStory.filter((other) => folded(other) !== folded(article));
  const reports = nearestInTime(article, elsewhere).slice(0, SAME_STORY).sort(newestFirst);
  const stories = new Set([article.story]);
  const rest: A[] = [];
  for (const other of earlier) {
    if (reports.length + rest.length >= MORE) break;
    if (other.id === article.id || (other.story !== null && stories.has(other.story))) continue;
    if (!other.topics.some((topic) => article.topics.includes(topic))) continue;
    stories.add(other.story);
    rest.push(other);
  }
  return [...reports, ...rest];
}

/** One of each publication before the second of any; so a long story changes the pages of its neighbours alone. */
function nearestInTime<A extends NewsItem>(article: A, others: readonly A[]): A[] {
  const counts = new Map<string, number>();
  const away = (other: A) => Math.abs(other.publishedAt - article.publishedAt);
  return [...others]
    .sort((a, b) => away(a) - away(b) || (a.id < b.id ? -1 : 1))
    .map((other, place) => {
      const round = counts.get(folded(other)) ?? 0;
      counts.set(folded(other), round + 1);
      return { other, round, place };
    })
    .sort((a, b) => a.round - b.round || a.place - b.place)
    .map(({ other }) => other);
}

function newestFirst(a: NewsItem, b: NewsItem): number {
  return b.publishedAt - a.publishedAt || (a.id < b.id ? -1 : 1);
}

function folded({ publication }: NewsItem): string {
  return publication.toLowerCase();
}
