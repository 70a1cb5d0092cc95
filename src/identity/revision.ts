/** What a new reading of a known article changes, and whether readers see it as a change. */
import type { Article, Draft } from '../model/article.js';
import { isAmp } from '../text/url/unwrap.js';

type RevisableArticle = Pick<
  Article,
  'title' | 'summary' | 'contentHtml' | 'url' | 'guid' | 'publishedAt' | 'updatedAt' | 'contentHash' | 'language'
>;

/** `quiet`: nothing that readers see as a change, yet something to keep (address, a text that the licence now allows). */
export type Revision =
  | { readonly kind: 'none' }
  | { readonly kind: 'quiet'; readonly url: string }
  | { readonly kind: 'visible'; readonly url: string; readonly updatedAt: Date };

/** @param sameAddress whether both addresses are spellings of one (`urlKey`). */
export function revise(draft: Draft, known: RevisableArticle, sameAddress: boolean, now: Date): Revision {
  const url = sameAddress ? betterSpelling(draft.url, known.url) : draft.url;
  if (textChanged(draft, known)) return { kind: 'visible', url, updatedAt: newUpdatedAt(draft, known, now) };
  const learnt = known.contentHash === '' || (known.contentHtml === null && draft.contentHtml !== null);
  if (url !== known.url || draft.guid !== known.guid || learnt) return { kind: 'quiet', url };
  return { kind: 'none' };
}

/** An empty hash stands on articles restored from our own feeds, which never held all of it. */
function textChanged(draft: Draft, known: RevisableArticle): boolean {
  if (known.contentHash !== '') return draft.contentHash !== known.contentHash;
  return draft.title !== known.title || (draft.summary !== known.summary && known.summary !== '');
}

/** Readers keep the address that they have, unless the other is the same over https, or the page itself instead of its AMP twin. */
function betterSpelling(next: string, known: string): string {
  if (known.startsWith('http:') && next === `https:${known.slice(5)}`) return next;
  return isAmp(new URL(known)) && !isAmp(new URL(next)) ? next : known;
}

/** The publisher's own date of change where it says something new and possible; else when we noticed. Never before published. */
function newUpdatedAt(draft: Draft, known: RevisableArticle, now: Date): Date {
  const claimed = draft.claimedUpdatedAt;
  const before = known.updatedAt ?? known.publishedAt;
  return claimed !== null && claimed > before && claimed <= now ? claimed : now;
}
