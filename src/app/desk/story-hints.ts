/** What an editor who lets an article lead its story, or pins one, should know of that story. Only reads the store. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { DeskEntry } from '../../model/editing/desk.js';
import type { Settings } from '../../model/settings.js';
import { findArticles } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';

/** Its story has no other article, or is shown by one that is pinned before, of this headline. */
export type StoryHint = { readonly alone: true } | { readonly pinned: string };

export async function storyHints(
  articles: readonly Article[],
  { lead, pin }: Partial<DeskEntry>,
  { store, settings: { desk, site } }: { readonly store: Store; readonly settings: Settings },
): Promise<ReadonlyMap<ArticleRef, StoryHint>> {
  const hints = new Map<ArticleRef, StoryHint>();
  if (lead !== true && pin !== true) return hints;
  const names = pin === true ? desk.entries.flatMap((entry) => (entry.pin === true ? entry.article : [])) : [];
  const refs = await findArticles(store, names, site.feedsUrl);
  const pinned = [...new Set([...names.flatMap((name) => refs.get(name) ?? []), ...articles.map(({ ref }) => ref)])];
  const stories = await store.storiesOf(pinned);
  const titles = new Map((await store.articles(pinned)).map(({ ref, title }) => [ref, title]));
  for (const { ref } of articles) {
    const story = stories.get(ref);
    const [record] = story === undefined ? [] : await store.stories([story]);
    if (lead === true && (record === undefined || record.members.length < 2)) hints.set(ref, { alone: true });
    const first = story === undefined ? ref : pinned.find((one) => stories.get(one) === story)!;
    const tellers = new Set(record?.members.flatMap(({ role, sourceId }) => (role === 'member' ? sourceId : [])));
    if (pin === true && first !== ref && tellers.size > 1) hints.set(ref, { pinned: titles.get(first) ?? '' });
  }
  return hints;
}
