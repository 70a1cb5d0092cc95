/** Hashes all visible parts of an article, to detect changes. */
import { hash } from 'node:crypto';
import type { ArticleText } from '../model/article.js';
import { withoutZeroWidth } from '../text/plain.js';
import { imageKey } from '../text/url/image-key.js';
import { replaceSite } from '../text/url/site-of.js';
import { urlKey } from '../text/url/url.js';

/** Title and summary as in the source; empty: missing. */
export interface VisibleParts extends Pick<ArticleText, 'title' | 'summary' | 'authors' | 'image' | 'enclosures'> {
  /** `Body.visible` of the whole content, regardless of the licence; null: missing. */
  readonly content: string | null;
  /** The article's site, which is left out of addresses, so that a move does not change the hash. null: none. */
  readonly site: string | null;
}

/** 32 hex digits. Does not cover address, tags, dates, language, licence and publication name. */
export function hashContent(seen: VisibleParts): string {
  const parts = [
    seen.title,
    seen.summary,
    seen.content ?? '',
    seen.authors.map((author) => author.name).join('\u0000'),
    seen.image === null ? '' : replaceSite(imageKey(seen.image.url), seen.site),
    seen.enclosures.map((enclosure) => replaceSite(urlKey(enclosure.url), seen.site)).join('\u0000'),
  ];
  return hash('sha256', withoutZeroWidth(parts.join('\u0001')), 'hex').slice(0, 32);
}
