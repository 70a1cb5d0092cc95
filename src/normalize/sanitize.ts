/** HTML of a stranger made safe to publish: sanitize-html with the news profile, then tidied. */
import sanitize from 'sanitize-html';
import { type Met, newsProfile } from './news-profile.js';
import { withNoscriptPictures } from './noscript.js';
import { shallow } from './shallow.js';
import { cutHtml, tidy } from './tidy.js';

export interface SanitizeOptions {
  /** What relative addresses resolve against: the article's own, absolute http(s). */
  baseUrl: string;
}

/** Characters; what lies behind is left out, of the input and of the output (a million `<` would become four). */
const LIMIT = 512 * 1024;

/** Also what an entity may have stood for. No text needs them, and XML cannot hold them. */
const UNWANTED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu;
const MAYBE_UNWANTED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uD800-\uDFFF\uFFFE\uFFFF]/;

/**
 * The news profile: text, headings, lists, tables, quotes, code, figures, pictures, audio, video, and players of YouTube and
 * Vimeo in a sandbox. No script, style, class, form or frame of others; tracking pixels and hidden parts are gone; every
 * address is absolute; links carry `rel="nofollow noopener noreferrer ugc"`, pictures load lazily and send no referrer.
 * Idempotent. Empty where nothing is left. Linear in the input however deep it nests; never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  const input = shallow(withNoscriptPictures(html.slice(0, LIMIT)));
  const met: Met = { marks: false, anchors: false, links: false, pictures: false };
  const safe = sanitize(input, newsProfile(options.baseUrl, met));
  const clean = MAYBE_UNWANTED.test(safe) ? safe.replace(UNWANTED, '') : safe;
  return cutHtml(tidy(clean, met), LIMIT);
}
