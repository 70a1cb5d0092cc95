/** Whether items of a document may be identified without looking at the others: then unchanged items need not be read again. */
import type { ArticleRef } from '../model/article.js';
import type { IdentifiedItems } from './identified-items.js';
import type { IdentifiableArticle } from './match.js';

/**
 * Whether all of the items are known by guids or none is. Null where any shares a guid, an address or title and date with
 * another, or was met twice: what one of them is then depends on the other.
 */
export function guidsOf({ items, guidsUnusable }: IdentifiedItems, drafts: number): 'all' | 'none' | null {
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
 * Whether the new items of a document have nothing to do with its unchanged ones: no name of the new ones leads to
 * one of those articles, and they bear guids as those do.
 * @param known what the store found under the names of the new ones
 * @param unchanged articles of the others, whose every name leads to them
 */
export function areIndependent(
  seen: IdentifiedItems,
  drafts: number,
  known: readonly IdentifiableArticle[],
  unchanged: { readonly refs: ReadonlySet<ArticleRef>; readonly guids: 'all' | 'none' },
): boolean {
  const guids = guidsOf(seen, drafts);
  const alike = guids === unchanged.guids || (guids !== null && drafts === 0);
  return alike && !known.some(({ ref }) => unchanged.refs.has(ref));
}
