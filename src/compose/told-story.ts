/** Composes a story as pages and feeds tell it: its reports in order, their copies, and who tells it. */
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { Entry } from '../model/channel.js';
import type { SourceId } from '../model/source.js';
import type { StoryRef } from '../model/story.js';
import { slugOf } from '../text/slug.js';

/** An article of a story that readers see. */
export interface Telling {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly entry: Entry;
  /** The article whose text it repeats; null: it is the first with it. */
  readonly copyOf: ArticleRef | null;
}

/** An article with those that repeat its text. */
interface Report {
  readonly told: Telling;
  readonly copies: readonly Telling[];
}

/** A story that two or more publications tell. */
export interface ToldStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly slug: string;
  readonly lead: Telling;
  /** Oldest first. */
  readonly course: readonly Report[];
  /** All articles, copies too. Oldest first. */
  readonly tellings: readonly Telling[];
  /** The first article of each publication, the first to report first; of one with a text of its own, that. */
  readonly publications: readonly Telling[];
}

/** null: fewer than two publications tell it. `lead`: where readers do not see it, the earliest of the others leads. */
export function tellStory(
  story: { readonly ref: StoryRef; readonly id: string; readonly lead: ArticleRef },
  seen: readonly Telling[],
): ToldStory | null {
  const tellings = [...seen].sort(oldestFirst);
  const course = reportsOf(tellings);
  const publications = oneEach(course, tellings);
  const [first] = tellings;
  if (first === undefined || publications.length < 2) return null;
  const lead = tellings.find(({ ref }) => ref === story.lead) ?? first;
  return { ref: story.ref, id: story.id, slug: slugOf(story.id), lead, course, tellings, publications };
}

/** Where the article that others repeat is not shown, the earliest of these stands for it. */
function reportsOf(tellings: readonly Telling[]): Report[] {
  const groups = new Map<ArticleRef, Telling[]>();
  for (const telling of tellings) {
    const text = telling.copyOf ?? telling.ref;
    groups.set(text, [...(groups.get(text) ?? []), telling]);
  }
  return [...groups].map(([text, group]) => {
    const told = group.find(({ ref }) => ref === text) ?? group[0]!;
    return { told, copies: group.filter((one) => one !== told) };
  }).sort((a, b) => oldestFirst(a.told, b.told)); // biome-ignore format: one chain
}

function oneEach(course: readonly Report[], tellings: readonly Telling[]): Telling[] {
  const found = new Map<string, Telling>();
  for (const telling of [...course.map(({ told }) => told), ...tellings]) {
    const name = tellerOf(telling);
    if (!found.has(name)) found.set(name, telling);
  }
  return [...found.values()].sort(oldestFirst);
}

/** By which publications are told apart. */
export function tellerOf({ entry }: Pick<Telling, 'entry'>): string {
  return entry.publication.title.toLowerCase();
}

function oldestFirst(a: Telling, b: Telling): number {
  return a.entry.publishedAt.getTime() - b.entry.publishedAt.getTime() || (a.entry.id < b.entry.id ? -1 : 1);
}

/** Each article whose text another one has, with the id of that one. */
export function copiesIn({ course }: Pick<ToldStory, 'course'>): { readonly id: ArticleId; readonly of: ArticleId }[] {
  return course.flatMap(({ told, copies }) => copies.map(({ entry }) => ({ id: entry.id, of: told.entry.id })));
}
