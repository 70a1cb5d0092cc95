/** Compares a known article with its new draft: what changed, and whether readers see it. */
import type { Article, Draft } from '../model/article.js';
import { imageKey } from '../text/url/image-key.js';
import { isAmp } from '../text/url/unwrap.js';

type Detail = 'enclosures' | 'episode' | 'discussionUrl' | 'commentsClosed' | 'image';
type RevisableArticle = Pick<
  Article,
  | 'title'
  | 'summary'
  | 'contentHtml'
  | 'url'
  | 'guid'
  | 'publishedAt'
  | 'updatedAt'
  | 'contentHash'
  | 'language'
  | Detail
  | 'edits'
>;

/** `quiet`: stored without announcing (address, guid, newly permitted text, details of a file). */
export type Revision =
  | { readonly kind: 'none' }
  | { readonly kind: 'quiet'; readonly url: string | null }
  | { readonly kind: 'visible'; readonly url: string | null; readonly updatedAt: Date };

/** @param sameAddress whether both addresses have the same `urlKey`. */
export function revise(draft: Draft, known: RevisableArticle, sameAddress: boolean, now: Date): Revision {
  const url = sameAddress ? selectSpelling(draft.url, known.url) : (draft.url ?? known.url);
  if (hasTextChanged(draft, known)) return { kind: 'visible', url, updatedAt: decideUpdateDate(draft, known, now) };
  const learnt = known.contentHash === '' || (known.contentHtml === null && draft.contentHtml !== null);
  if (url !== known.url || draft.guid !== known.guid || learnt || hasDetailsChanged(draft, known))
    return { kind: 'quiet', url };
  return { kind: 'none' };
}

/** The hash is empty for articles restored from published feeds, which do not contain everything that it covers. */
function hasTextChanged(draft: Draft, known: RevisableArticle): boolean {
  if (known.contentHash !== '') return draft.contentHash !== known.contentHash;
  const own = { title: known.edits?.title == null, summary: known.edits?.summary == null && known.summary !== '' };
  return (own.title && draft.title !== known.title) || (own.summary && draft.summary !== known.summary);
}

/** Details that the content hash does not cover. */
function hasDetailsChanged(draft: Draft, known: RevisableArticle): boolean {
  return JSON.stringify(selectDetails(draft)) !== JSON.stringify(selectDetails(known));
}

function selectDetails({ enclosures, episode, discussionUrl, commentsClosed, image }: Pick<RevisableArticle, Detail>) {
  return [enclosures, episode, discussionUrl, commentsClosed, image === null ? null : imageKey(image.url)];
}

/** Keeps the known spelling, unless the new one is its https form, or replaces its AMP version. */
function selectSpelling(next: string | null, known: string | null): string | null {
  if (next === null || known === null) return next ?? known;
  if (known.startsWith('http:') && next === `https:${known.slice(5)}`) return next;
  return isAmp(new URL(known)) && !isAmp(new URL(next)) ? next : known;
}

/** The publisher's date if it is later than the known one and not in the future; else now. */
function decideUpdateDate(draft: Draft, known: RevisableArticle, now: Date): Date {
  const claimed = draft.claimedUpdatedAt;
  const before = known.updatedAt ?? known.publishedAt;
  return claimed !== null && claimed > before && claimed <= now ? claimed : now;
}
