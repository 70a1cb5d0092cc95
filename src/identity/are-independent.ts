/** Tests whether new items can be identified without the unchanged items of their document, which then need not be read again. */
import type { ArticleRef } from '../model/article.js';
import type { IdentifiedItems } from './identified-items.js';
import type { IdentifiableArticle } from './match.js';

/**
 * Whether all items have usable guids, or none has. null: items share a guid, an address or title and date, or one occurs
 * twice, so that the identity of one depends on the other; or only some have guids.
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
 * Whether the new items of a document can be identified without its unchanged ones: none of their keys belongs to an article
 * of those, and both have guids or neither has.
 * @param known what the store found under the keys of the new items
 * @param unchanged articles of the other items, to which all keys of those items belong
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
