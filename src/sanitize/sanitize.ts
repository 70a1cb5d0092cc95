/** Makes a publisher's HTML safe to publish: sanitize-html with the news profile, then tidying. */
import { createRequire } from 'node:module';
import type sanitize from 'sanitize-html';
import { isWellNested } from './is-well-nested.js';
import { limitNesting } from './limit-nesting.js';
import { newsProfile, type PieceFindings } from './news-profile.js';
import { withNoscriptPictures } from './noscript.js';
import { cutHtml, tidyHtml } from './tidy.js';

export interface SanitizeOptions {
  /** Base of relative addresses: the article's address, absolute http(s). */
  baseUrl: string;
}

/** Limit in characters for input and output each: escaping can make the output four times as long. */
const LIMIT = 512 * 1024;

/** Control characters and lone surrogates, also where references encode them: no text needs them, and XML forbids them. */
const UNWANTED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/**
 * The news profile: text, headings, lists, tables, quotes, code, figures, images, audio, video, and sandboxed players of YouTube
 * and Vimeo. No scripts, styles, classes, forms and other frames; tracking pixels and hidden parts are removed; all addresses
 * are absolute; links get `rel="nofollow noopener noreferrer ugc"`, images load lazily and send no referrer.
 * Idempotent. Empty where nothing is left. Takes linear time at any nesting depth; never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  let piece = passOver(limitNesting(withNoscriptPictures(html.slice(0, LIMIT))), options.baseUrl);
  for (let again = 0; again < 4 && piece.unwrapped && !isWellNested(piece.html); again++) {
    piece = passOver(piece.html, options.baseUrl);
    piece.unwrapped = true;
  }
  return piece.html;
}

const load = createRequire(import.meta.url);
/** Loaded on first use: most sources do not let us publish their text. */
let loaded: typeof sanitize | null = null;

function passOver(html: string, baseUrl: string): { html: string; unwrapped: boolean } {
  const met: PieceFindings = { marks: false, anchors: false, unwrapped: false };
  loaded ??= load('sanitize-html') as typeof sanitize;
  const safe = loaded(html, newsProfile(baseUrl, met));
  return { html: cutHtml(tidyHtml(safe.replace(UNWANTED, ''), met), LIMIT), unwrapped: met.unwrapped };
}
