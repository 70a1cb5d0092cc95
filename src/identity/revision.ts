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

/** `quiet`: nothing to tell readers, but to be stored (address, guid, a text that the licence now allows, details of a file). */
export type Revision =
  | { readonly kind: 'none' }
  | { readonly kind: 'quiet'; readonly url: string | null }
  | { readonly kind: 'visible'; readonly url: string | null; readonly updatedAt: Date };

/** @param sameAddress whether both addresses have the same `urlKey`. */
export function revise(draft: Draft, known: RevisableArticle, sameAddress: boolean, now: Date): Revision {
  const url = sameAddress ? betterSpelling(draft.url, known.url) : (draft.url ?? known.url);
  if (textChanged(draft, known)) return { kind: 'visible', url, updatedAt: newUpdatedAt(draft, known, now) };
  const learnt = known.contentHash === '' || (known.contentHtml === null && draft.contentHtml !== null);
  if (url !== known.url || draft.guid !== known.guid || learnt || detailsChanged(draft, known))
    return { kind: 'quiet', url };
  return { kind: 'none' };
}

/** The hash is empty for articles restored from our own feeds, which do not contain everything it covers, nor what the editor wrote over. */
function textChanged(draft: Draft, known: RevisableArticle): boolean {
  if (known.contentHash !== '') return draft.contentHash !== known.contentHash;
  const own = { title: known.edits?.title == null, summary: known.edits?.summary == null && known.summary !== '' };
  return (own.title && draft.title !== known.title) || (own.summary && draft.summary !== known.summary);
}

/**
 * What the content hash does not cover: the duration of a file, what a podcast says of an episode, the page of comments, and whether the
 * picture turned out to be that of many articles.
 */
function detailsChanged(draft: Draft, known: RevisableArticle): boolean {
  return JSON.stringify(detailsOf(draft)) !== JSON.stringify(detailsOf(known));
}

function detailsOf({ enclosures, episode, discussionUrl, commentsClosed, image }: Pick<RevisableArticle, Detail>) {
  return [enclosures, episode, discussionUrl, commentsClosed, image === null ? null : imageKey(image.url)];
}

/** The known spelling is kept, unless the new one is the same with https, or the page instead of its AMP version. */
function betterSpelling(next: string | null, known: string | null): string | null {
  if (next === null || known === null) return next ?? known;
  if (known.startsWith('http:') && next === `https:${known.slice(5)}`) return next;
  return isAmp(new URL(known)) && !isAmp(new URL(next)) ? next : known;
}

/** The publisher's date where it is later than the known one and not in the future; else now. */
function newUpdatedAt(draft: Draft, known: RevisableArticle, now: Date): Date {
  const claimed = draft.claimedUpdatedAt;
  const before = known.updatedAt ?? known.publishedAt;
  return claimed !== null && claimed > before && claimed <= now ? claimed : now;
}
