/** What an editor who lets an article lead its story, or pins one, should know of that story. Only reads the store. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { DeskEntry } from '../../model/editing/desk.js';
import type { Settings } from '../../model/settings.js';
import { findArticles } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';

export interface StoryHint {
  /** Headline of the article that shows the story, pinned before; null: the story has no other article. */
  readonly pinned: string | null;
}

export async function storyHints(
  articles: readonly Article[],
  { lead, pin }: Partial<DeskEntry>,
  { store, settings: { desk, site } }: { readonly store: Store; readonly settings: Settings },
): Promise<ReadonlyMap<ArticleRef, StoryHint>> {
  const hints = new Map<ArticleRef, StoryHint>();
  if (lead !== true && pin !== true) return hints;
  const names = desk.entries.flatMap((entry) => (entry.pin === true ? entry.article : []));
  const before = await findArticles(store, names, site.feedsUrl);
  const pinned = [...new Set([...before.values(), ...articles.map(({ ref }) => ref)])];
  const storyOf = await store.storiesOf(pinned);
  for (const { ref } of articles) {
    const [story] = await store.stories([storyOf.get(ref) ?? -1]);
    const members = story?.members ?? [];
    if (lead === true && members.length < 2) hints.set(ref, { pinned: null });
    const tellers = new Set(members.flatMap(({ role, sourceId }) => (role === 'member' ? sourceId : [])));
    const first = pinned.find((one) => storyOf.get(one) === story?.ref);
    if (pin !== true || first === undefined || first === ref || tellers.size < 2) continue;
    const [shown] = await store.articles([first]);
    if (shown !== undefined) hints.set(ref, { pinned: shown.title });
  }
  return hints;
}
