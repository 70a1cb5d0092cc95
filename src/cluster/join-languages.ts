/** Joins stories of different languages that report one event. */
import type { ArticleRef } from '../model/article.js';
import {
  type CommonMentions,
  commonMentions,
  compareMentions,
  DISTINCTIVE,
  type Mentions,
  parseCognates,
} from './across-languages.js';
import { findWhole, joinStories, type OpenStories, type OpenStory } from './open-stories.js';

interface Report {
  readonly story: OpenStory;
  readonly ref: ArticleRef;
  readonly id: string;
  readonly mentions: Mentions;
}

interface Link {
  readonly likeness: number;
  readonly a: Report;
  readonly b: Report;
}

const DAY = 86_400_000;
/** Reports this far away are compared, in milliseconds. */
export const COMPARED = 3 * DAY;
/** Maximum duration of a story, in milliseconds. */
export const LONGEST = 7 * DAY;

/** `fresh`: the articles that may join stories of other languages to their own. The most similar first. */
export function joinLanguages(
  live: OpenStories,
  fresh: readonly { readonly ref: ArticleRef; readonly publishedAt: number }[],
): void {
  const reports = listReports(live, fresh);
  if (new Set(reports.map(({ mentions }) => mentions.language)).size < 2) return;
  const common = commonMentions(listEventMentions(reports));
  const links = findLinks(reports, new Set(fresh.map(({ ref }) => ref)), common);
  const events = new Map(live.listEvents());
  for (const { a, b } of links.sort((a, b) => b.likeness - a.likeness || (toLinkKey(a) < toLinkKey(b) ? -1 : 1))) {
    const [one, other] = [findWhole(a.story), findWhole(b.story)];
    const both = [...events.get(one)!, ...events.get(other)!];
    if (one === other || !isOneEvent(events.get(one)!, events.get(other)!)) continue;
    joinStories(a.story, b.story);
    events.set(findWhole(a.story), both);
  }
}

/** Reports around the fresh ones, which show how common a name is these days. Stories that the editor took apart have no keys, and join none. */
function listReports(live: OpenStories, fresh: readonly { readonly publishedAt: number }[]): Report[] {
  const dates = fresh.map(({ publishedAt }) => publishedAt);
  const from = dates.reduce((least, date) => Math.min(least, date), Number.POSITIVE_INFINITY) - COMPARED;
  const to = dates.reduce((most, date) => Math.max(most, date), 0) + COMPARED;
  return live.all.flatMap((story) => {
    if (story.mergedInto !== null || story.keys.length === 0) return [];
    return story.members.flatMap(({ article: ref, id, language, publishedAt, cognates }) => {
      if (cognates === null || publishedAt < from || publishedAt > to) return [];
      return { story, ref, id, mentions: { language, publishedAt, cognates: parseCognates(cognates) } };
    });
  });
}

/** Counted by story: many reports of one event must not make its names common. */
function listEventMentions(reports: readonly Report[]): Pick<Mentions, 'cognates' | 'language'>[] {
  const events = new Map<OpenStory, Map<string, number>>();
  for (const { story, mentions } of reports)
    events.set(story, new Map([...(events.get(story) ?? []), ...mentions.cognates]));
  return [...events].map(([{ language }, cognates]) => ({ language, cognates }));
}

function findLinks(reports: readonly Report[], fresh: ReadonlySet<ArticleRef>, common: CommonMentions | null): Link[] {
  const places = new Map<string, number[]>();
  reports.forEach(({ mentions }, place) => {
    for (const cognate of mentions.cognates.keys()) {
      if (common !== null && common.rarity(cognate) < DISTINCTIVE) continue;
      const known = places.get(cognate);
      if (known === undefined) places.set(cognate, [place]);
      else known.push(place);
    }
  });
  return reports.flatMap((a, place) => {
    if (!fresh.has(a.ref)) return [];
    const shared = new Set([...a.mentions.cognates.keys()].flatMap((cognate) => places.get(cognate) ?? []));
    return [...shared].flatMap((other): Link | [] => {
      const b = reports[other]!;
      if (other >= place && fresh.has(b.ref)) return []; // compared from the other side
      const likeness = compareMentions(a.mentions, b.mentions, common);
      return likeness === 0 ? [] : { likeness, a, b };
    });
  });
}

function toLinkKey({ a, b }: Link): string {
  return [a.id, b.id].sort().join(' ');
}

/** Two stories of one language, each of several reports, stay apart: only words of their own language join them. */
function isOneEvent(a: readonly OpenStory[], b: readonly OpenStory[]): boolean {
  const firstAt = Math.min(...[...a, ...b].map((story) => story.firstAt));
  const lastAt = Math.max(...[...a, ...b].map((story) => story.lastAt));
  if (lastAt - firstAt > LONGEST) return false;
  return !a.some((one) => one.size > 1 && b.some((other) => other.size > 1 && other.language === one.language));
}
