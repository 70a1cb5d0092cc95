/** Which other articles a page names: more on the same event and topic, and what else may interest. Reads no clock, so that a page that stands stays. */

/** An article as far as choosing must know it; `K` names articles. */
export interface Linked<K> {
  readonly key: K;
  readonly id: string;
  readonly title: string;
  readonly publication: string;
  readonly publishedAt: Date;
  readonly language: string | null;
  /** Labels of its topics. */
  readonly topics: readonly string[];
  /** Its story's name; null: it has none. */
  readonly story: K | null;
}

/** Articles listed as more news, where the story itself does not give more. */
const MORE = 4;
/** Of the same story, at most so many. */
const MATES = 6;
const ALIKE = 4;
const PER_PUBLICATION = 2;
/** More alike than this is the same news again. */
const SAME_NEWS = 0.8;
/** Two that are this alike are no variety. */
const SAME_MATTER = 0.55;
const FADING = 14 * 86_400_000;
const PER_TOPIC = 0.1;
const SAME_LANGUAGE = 0.05;

/**
 * The same story in other publications, the tellings nearest in time, newest first; then earlier articles of its first topic.
 * `mates`: the others of its story; `earlier`: those of its first topic, newest first.
 */
export function chooseMore<K>(
  article: Linked<K>,
  mates: readonly Linked<K>[],
  earlier: readonly Linked<K>[],
): Linked<K>[] {
  const elsewhere = mates.filter((mate) => folded(mate) !== folded(article));
  const told = nearest(article, elsewhere).slice(0, MATES).sort(newestFirst);
  const stories = new Set([article.story]);
  const rest: Linked<K>[] = [];
  for (const other of earlier) {
    if (told.length + rest.length >= MORE) break;
    if (other.key === article.key || (other.story !== null && stories.has(other.story))) continue;
    if (!other.topics.some((topic) => article.topics.includes(topic))) continue;
    stories.add(other.story);
    rest.push(other);
  }
  return [...told, ...rest];
}

/** One of each publication before the second of any; so a long story changes the pages of its neighbours alone. */
function nearest<K>(article: Linked<K>, others: readonly Linked<K>[]): Linked<K>[] {
  const turns = new Map<string, number>();
  const away = (other: Linked<K>) => Math.abs(other.publishedAt.getTime() - article.publishedAt.getTime());
  return [...others]
    .sort((a, b) => away(a) - away(b) || (a.id < b.id ? -1 : 1))
    .map((other, place) => {
      const turn = turns.get(folded(other)) ?? 0;
      turns.set(folded(other), turn + 1);
      return { other, turn, place };
    })
    .sort((a, b) => a.turn - b.turn || a.place - b.place)
    .map(({ other }) => other);
}

/**
 * Other stories, one article each, at most two of a publication, none that `taken` has. `likeness`: how much two articles have
 * in common, 0-1.
 */
export function chooseRecommended<K>(
  article: Linked<K>,
  candidates: readonly Linked<K>[],
  taken: readonly Linked<K>[],
  likeness: (a: Linked<K>, b: Linked<K>) => number,
): Linked<K>[] {
  const keys = new Set([article.key, ...taken.map(({ key }) => key)]);
  const ranked = candidates
    .filter((other) => !keys.has(other.key) && (other.story === null || other.story !== article.story))
    .map((other) => ({ other, like: likeness(article, other) }))
    .filter(({ other, like }) => like <= SAME_NEWS && other.title !== article.title)
    .map(({ other, like }) => ({ other, score: scoreOf(article, other, like) }))
    .sort((a, b) => b.score - a.score || newestFirst(a.other, b.other));
  const chosen: Linked<K>[] = [];
  for (const { other } of ranked) {
    if (chosen.length === ALIKE) break;
    if (chosen.every((one) => likeness(one, other) < SAME_MATTER) && hasRoom(chosen, other)) chosen.push(other);
  }
  return chosen;
}

function hasRoom<K>(chosen: readonly Linked<K>[], other: Linked<K>): boolean {
  if (other.story !== null && chosen.some(({ story }) => story === other.story)) return false;
  return chosen.filter((one) => folded(one) === folded(other)).length < PER_PUBLICATION;
}

/** Articles fade with the distance between their dates, never with their age. */
function scoreOf<K>(a: Linked<K>, b: Linked<K>, like: number): number {
  const apart = Math.abs(a.publishedAt.getTime() - b.publishedAt.getTime());
  const language = a.language !== null && a.language === b.language ? SAME_LANGUAGE : 0;
  return like * Math.exp(-apart / FADING) + PER_TOPIC * jaccard(a.topics, b.topics) + language;
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter((topic) => b.includes(topic)).length;
  return shared === 0 ? 0 : shared / (a.length + b.length - shared);
}

function newestFirst<K>(a: Linked<K>, b: Linked<K>): number {
  return b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1);
}

function folded<K>({ publication }: Linked<K>): string {
  return publication.toLowerCase();
}
