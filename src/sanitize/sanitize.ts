/** Makes a publisher's HTML safe to publish: sanitize-html with the news profile, then tidying. */
import { createRequire } from 'node:module';
import type sanitize from 'sanitize-html';
import { BoundedTokenizer } from './bounded-tokenizer.js';
import { isWellNested } from './is-well-nested.js';
import { newsProfile, type PieceFindings } from './news-profile.js';
import { restoreNoscriptImages } from './noscript.js';
import { cutHtml, tidyHtml } from './tidy.js';

export interface SanitizeOptions {
  /** Base of relative addresses: the article's address, absolute http(s). */
  baseUrl: string;
}

/** In characters, for input and output each. Escaping can quadruple the length. */
const LIMIT = 512 * 1024;

/** Control characters and lone surrogates, which XML forbids, including those from references. */
const UNWANTED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/**
 * Keeps text, headings, lists, tables, quotes, code, figures, images, audio, video, and sandboxed players of YouTube
 * and Vimeo. Removes scripts, styles, classes, forms, other frames, tracking pixels and hidden parts. Addresses become
 * absolute, links get `rel="nofollow noopener noreferrer ugc"`, images load lazily without a referrer. Idempotent.
 * Takes linear time at any depth; never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  let piece = sanitizeOnce(restoreNoscriptImages(html.slice(0, LIMIT)), options.baseUrl);
  for (let again = 0; again < 4 && piece.unwrapped && !isWellNested(piece.html); again++) {
    piece = sanitizeOnce(piece.html, options.baseUrl);
    piece.unwrapped = true;
  }
  return piece.html;
}

/** sanitize-html has types of another parser version. */
const PARSER = { Tokenizer: BoundedTokenizer as never };

const load = createRequire(import.meta.url);
/** Loaded on first use: most runs do not need it. */
let loaded: typeof sanitize | null = null;

function sanitizeOnce(html: string, baseUrl: string): { html: string; unwrapped: boolean } {
  const met: PieceFindings = { marks: false, anchors: false, unwrapped: false };
  loaded ??= load('sanitize-html') as typeof sanitize;
  const safe = loaded(html, { ...newsProfile(baseUrl, met), parser: PARSER });
  return { html: cutHtml(tidyHtml(safe.replace(UNWANTED, ''), met), LIMIT), unwrapped: met.unwrapped };
}
