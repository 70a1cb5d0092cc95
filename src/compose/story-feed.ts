/** Composes the feed of one story: its reports, newest first. */
import type { Channel } from '../model/channel.js';
import { applyFit, entryWeight, fitHead, MAX_ENTRIES } from './budget.js';
import { newestChange } from './channel.js';
import { textLine } from './entry.js';
import type { EditionSettings } from './settings.js';
import { storyIri } from './stories.js';
import { listCopies, type StoryView } from './story-view.js';

/** `fold`: articles with the same text have one entry. `keep`: each has its own. */
export function composeStoryFeed(story: StoryView, settings: EditionSettings, duplicates: 'fold' | 'keep'): Channel {
  const { site, publish } = settings;
  const { lead, slug, course } = story;
  const path = `stories/${slug}`;
  const shown = duplicates === 'keep' ? story.articles : course.map(({ article }) => article);
  const entries = [...shown.map(({ entry }) => entry)].sort(
    (a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const fit = fitHead(entries.map(entryWeight), Math.min(publish.items, MAX_ENTRIES), []);
  const kept = applyFit(entries, fit);
  const siteTitle = textLine(site.title);
  return {
    kind: 'story',
    path,
    id: storyIri(story.id, site.feedsUrl),
    title: `${lead.entry.title} – ${siteTitle}`,
    description: `${lead.entry.title}: how publications tell it, in ${siteTitle}`,
    language: lead.entry.language ?? site.language,
    homeUrl: publish.formats.includes('html') ? `${site.feedsUrl}${path}.html` : site.url,
    feedsUrl: site.feedsUrl,
    formats: publish.formats,
    siteTitle,
    hub: publish.hub,
    updatedAt: newestChange(kept) ?? lead.entry.publishedAt,
    archive: { number: null, previous: null, next: null },
    story: { id: story.id, lead: lead.entry.id, copies: listCopies(story) },
    tombstones: [],
    entries: kept,
  };
}
