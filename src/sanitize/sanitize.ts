/** HTML of a stranger made safe to publish: sanitize-html with the news profile, then tidied. */
import { createRequire } from 'node:module';
import type sanitize from 'sanitize-html';
import { BoundedTokenizer } from './bounded-tokenizer.js';
import { isWellNested } from './is-well-nested.js';
import { newsProfile, type PieceFindings } from './news-profile.js';
import { withNoscriptPictures } from './noscript.js';
import { cutHtml, tidyHtml } from './tidy.js';

export interface SanitizeOptions {
  /** What relative addresses resolve against: the article's own, absolute http(s). */
  baseUrl: string;
}

/** Characters; what lies behind is left out, of the input and of the output (a million `<` would become four). */
const LIMIT = 512 * 1024;

/** Also what an entity may have stood for. No text needs them, and XML cannot hold them. */
const UNWANTED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/**
 * The news profile: text, headings, lists, tables, quotes, code, figures, pictures, audio, video, and players of YouTube and
 * Vimeo in a sandbox. No script, style, class, form or frame of others; tracking pixels and hidden parts are gone; every
 * address is absolute; links carry `rel="nofollow noopener noreferrer ugc"`, pictures load lazily and send no referrer.
 * Idempotent. Empty where nothing is left. Linear in the input however deep it nests; never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  let piece = passOver(withNoscriptPictures(html.slice(0, LIMIT)), options.baseUrl);
  for (let again = 0; again < 4 && piece.unwrapped && !isWellNested(piece.html); again++) {
    piece = passOver(piece.html, options.baseUrl);
    piece.unwrapped = true;
  }
  return piece.html;
}

/** The types of sanitize-html are of another version of the parser. */
const PARSER = { Tokenizer: BoundedTokenizer as never };

const load = createRequire(import.meta.url);
/** Loaded with the first text that is asked for: most sources let us publish none. */
let loaded: typeof sanitize | null = null;

function passOver(html: string, baseUrl: string): { html: string; unwrapped: boolean } {
  const met: PieceFindings = { marks: false, anchors: false, unwrapped: false };
  loaded ??= load('sanitize-html') as typeof sanitize;
  const safe = loaded(html, { ...newsProfile(baseUrl, met), parser: PARSER });
  return { html: cutHtml(tidyHtml(safe.replace(UNWANTED, ''), met), LIMIT), unwrapped: met.unwrapped };
}
