/** Reads the head of a channel: its newest articles, of which a busy source gets at most a third. */
import { MAX_ENTRIES } from '../../compose/budget.js';
import type { EditionSettings } from '../../compose/settings.js';
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { CANDIDATES_EACH, type Candidate, isCrowdedHead, shareHead } from '../../model/take-turns.js';
import type { Store } from '../../ports/store/store.js';

/** Candidates for a short head: more than a source may publish in a day. */
const FEWEST_CANDIDATES = 500;

interface HeadDeps {
  readonly store: Pick<Store, 'head' | 'articleFacts'>;
  readonly settings: { readonly publish: Pick<EditionSettings['publish'], 'items'> };
}

export function limitItems({ publish }: HeadDeps['settings']): number {
  return Math.min(publish.items, MAX_ENTRIES);
}

/** `load` returns the articles that the channel may show, in order. */
export async function readHead<T extends Candidate & { readonly ref: ArticleRef }>(
  path: ChannelPath,
  load: (refs: readonly ArticleRef[]) => Promise<readonly T[]>,
  { store, settings }: HeadDeps,
): Promise<readonly T[]> {
  const items = limitItems(settings);
  const newest = await load(await store.head(path, items));
  if (/^(?:sources|authors)\//.test(path) || !isCrowdedHead(newest, items)) return newest;
  const refs = await store.head(path, Math.max(CANDIDATES_EACH * items, FEWEST_CANDIDATES));
  const candidates = await store.articleFacts(refs, 'all');
  return await load(shareHead(candidates, items).map(({ ref }) => ref));
}
