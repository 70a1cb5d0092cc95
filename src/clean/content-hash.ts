/** Whether an article says something else than before: one hash over all that a reader can see, and nothing more. */
import { hash } from 'node:crypto';
import type { Author, Image, MediaLink } from '../model/article.js';
import { imageKey } from '../text/url/image-key.js';
import { urlKey } from '../text/url/url.js';

export interface VisibleParts {
  /** As the source gives it, without any stand-in of ours. */
  readonly title: string;
  readonly summary: string;
  /** `Body.visible`; null where there is no content. Of the whole content, whatever the licence lets through. */
  readonly content: string | null;
  readonly authors: readonly Author[];
  readonly image: Image | null;
  readonly enclosures: readonly MediaLink[];
}

/** 32 hex digits. Addresses, tags, dates, language, licence and the name of the publication are no part of it. */
export function contentHashOf(seen: VisibleParts): string {
  const parts = [
    seen.title,
    seen.summary,
    seen.content ?? '',
    seen.authors.map((author) => author.name).join('\u0000'),
    seen.image === null ? '' : imageKey(seen.image.url),
    seen.enclosures.map((enclosure) => urlKey(enclosure.url)).join('\u0000'),
  ];
  return hash('sha256', parts.join('\u0001'), 'hex').slice(0, 32);
}
