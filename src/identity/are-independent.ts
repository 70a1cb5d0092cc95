/** Tests whether new items can be identified without the unchanged items of their document. */
import type { ArticleRef } from '../model/article.js';
import type { IdentifiedItems } from './identified-items.js';
import type { IdentifiableArticle } from './match.js';

/** null: only some items have guids, or items share a guid, an address, or title and date. */
export function classifyGuids({ items, guidsUnusable }: IdentifiedItems, drafts: number): 'all' | 'none' | null {
  if (items.length < drafts) return null;
  const whole = items.every(
    ({ draft, guid, urlKeys }) => urlKeys.length === draft.urlKeys.length && (guidsUnusable || guid === draft.guid),
  );
  const titles = items.map(({ titleKey }) => titleKey);
  if (!whole || new Set(titles).size < titles.length) return null;
  const withGuid = items.filter(({ guid }) => guid !== null).length;
  if (withGuid === 0) return 'none';
  return withGuid === items.length ? 'all' : null;
}

/**
 * True if no key of the new items belongs to an unchanged article, and both have guids or both lack them.
 * @param known stored articles with keys of the new items
 * @param unchanged articles of the other items, with all their keys
 */
export function areIndependent(
  seen: IdentifiedItems,
  drafts: number,
  known: readonly IdentifiableArticle[],
  unchanged: { readonly refs: ReadonlySet<ArticleRef>; readonly guids: 'all' | 'none' },
): boolean {
  const guids = classifyGuids(seen, drafts);
  const agrees = guids === unchanged.guids || (guids !== null && drafts === 0);
  return agrees && !known.some(({ ref }) => unchanged.refs.has(ref));
}
