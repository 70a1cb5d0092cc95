/** Folds the reports of each story in a list into the newest of them, and finds the largest stories. */
import { weighVotes } from '../../../compose/prominence.js';
import type { PageEntry } from '../../../model/page.js';
import { countPublications, toPublicationKey } from '../../../model/publications.js';
import type { StoryRef } from '../../../model/story.js';
import type { Store } from '../../../ports/store/store.js';
import { toSlug } from '../../../text/slug.js';
import type { ListedArticle } from './listed-articles.js';

/** Number of stories at the top of a list. */
const TOP = 3;
/** Minimum number of entries of a list with folded stories. Shorter lists are shown as they are. */
const FEWEST = 12;

/** `articles`: newest first. Only stories of several publications are folded, because they have pages. */
export async function foldStories(
  articles: readonly ListedArticle[],
  store: Pick<Store, 'findStoryRefs' | 'filterMultiSource' | 'stories'>,
): Promise<PageEntry[]> {
  if (articles.length <= FEWEST) return articles.map(({ entry }) => entry);
  const storyOf = await store.findStoryRefs(articles.map(({ ref }) => ref));
  const known = await store.filterMultiSource([...new Set(storyOf.values())]);
  const groups = new Map<StoryRef, ListedArticle[]>();
  for (const article of articles) {
    const story = storyOf.get(article.ref);
    if (story !== undefined && known.has(story)) groups.set(story, [...(groups.get(story) ?? []), article]);
  }
  const slugs = new Map((await store.stories([...groups.keys()])).map(({ ref, id }) => [ref, toSlug(id)]));
  const several = [...groups]
    .filter(([, reports]) => countPublications(reports).size > 1)
    .map(([story, reports]) => ({ slug: slugs.get(story)!, reports, weight: weighReports(reports) }))
    .sort((a, b) => b.weight - a.weight || (a.slug < b.slug ? -1 : 1));
  const shown = new Map(articles.map(({ ref, entry }) => [ref, entry]));
  for (const [place, { slug, reports }] of several.entries()) {
    const [first, ...others] = reports as [ListedArticle, ...ListedArticle[]];
    const isFolded = shown.size - others.length >= FEWEST;
    if (!isFolded && place >= TOP) continue;
    if (isFolded) for (const { ref } of others) shown.delete(ref);
    const folded = { slug, others: others.map(({ entry }) => entry), isTop: place < TOP };
    shown.set(first.ref, { ...first.entry, folded });
  }
  return [...shown.values()];
}

/** Each publication votes with its first report in the list. */
function weighReports(reports: readonly ListedArticle[]): number {
  const first = new Map(reports.map(({ publication, publishedAt }) => [toPublicationKey(publication), publishedAt]));
  return weighVotes([...first.values()].map((date) => ({ vote: 1, at: date.getTime() })));
}
