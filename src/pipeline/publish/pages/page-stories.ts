/** Composes stories for pages: top of the index, list of stories, story page. */

import type { EntryFactory } from '../../../compose/entry.js';
import { pageEntry } from '../../../compose/page-entry.js';
import { compareProminence, topStories } from '../../../compose/prominence.js';
import { publicationKey, type StoryArticle, type StoryView } from '../../../compose/story-view.js';
import type { ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import type { PageStory, StoryPage, TopStory } from '../../../model/page.js';
import type { Store } from '../../../ports/store/store.js';
import type { NamedStory, RecentStories, StoryReader } from './story-reader.js';

const LISTED = 60;

/** Other publications than that of `beside` by their latest article, earliest first. */
function toPageStory(story: StoryView, joinedAt: number, beside: Pick<StoryArticle, 'entry'> = story.lead): PageStory {
  const { slug, lead, articles } = story;
  return {
    slug,
    lead: pageEntry(lead.entry),
    others: listOthers(story, beside),
    reports: articles.length,
    joinedAt: new Date(joinedAt),
  };
}

function listOthers({ publications }: StoryView, beside: Pick<StoryArticle, 'entry'>): PageStory['others'] {
  const own = publicationKey(beside);
  return publications.filter((one) => publicationKey(one) !== own).map(({ entry }) => pageEntry(entry));
}

export function composeStoryPage(story: StoryView, related: readonly NamedStory[]): StoryPage {
  const { slug, lead, course, articles, publications } = story;
  return {
    slug,
    lead: pageEntry(lead.entry),
    reports: articles.length,
    publications: publications.length,
    course: course.map(({ article, copies }) => ({
      entry: pageEntry(article.entry),
      copies: copies.map(({ entry }) => pageEntry(entry)),
    })),
    related: related.map(({ slug: other, lead: named }) => ({ slug: other, lead: named })),
  };
}

/** Takes the stories with the latest new publication and sorts them by prominence. */
export function selectListedStories({ latest }: RecentStories): PageStory[] {
  const newest = [...latest].sort((a, b) => b.joinedAt - a.joinedAt || (a.id < b.id ? -1 : 1)).slice(0, LISTED);
  return newest.sort(compareProminence).map((story) => toPageStory(story, story.joinedAt));
}

export interface PinnedDeps {
  readonly store: Pick<Store, 'visibleArticles' | 'findStoryRefs'>;
  readonly entryOf: EntryFactory;
  readonly reader: StoryReader;
  readonly pins: readonly ArticleRef[];
}

/** Pinned articles first; a pinned lead represents its story. `newest`: epoch milliseconds. */
export async function composeIndexTop(recent: RecentStories, newest: number, deps: PinnedDeps): Promise<TopStory[]> {
  const pinned = await findPinnedStories(deps);
  const top = topStories(recent.prominent, newest, pinned);
  return [
    ...pinned.map(({ entry, story }) => ({
      entry: pageEntry(entry),
      story: story && toPageStory(story, story.lead.entry.publishedAt.getTime(), { entry }),
      isPinned: true,
    })),
    ...top.map((story) => ({
      entry: pageEntry(story.lead.entry),
      story: toPageStory(story, story.joinedAt),
      isPinned: false,
    })),
  ];
}

async function findPinnedStories({ store, entryOf, reader, pins }: PinnedDeps) {
  if (pins.length === 0) return [];
  const articles = (await store.visibleArticles(pins)).filter(isShown);
  const storyOf = await store.findStoryRefs(articles.map(({ ref }) => ref));
  const views = new Map((await reader.readViews([...new Set(storyOf.values())])).map((story) => [story.ref, story]));
  const pinned = articles.map((article) => ({
    entry: entryOf(article),
    story: views.get(storyOf.get(article.ref) ?? 0) ?? null,
  }));
  // Only the first pinned article of a story shows it.
  return pinned.filter(({ story }, i) => story === null || pinned.findIndex((one) => one.story === story) === i);
}
