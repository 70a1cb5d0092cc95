/** Determines media types and security policies of published files. */
import { readFormat } from '../formats.js';

export interface MediaType {
  readonly type: string;
  /** Content-Security-Policy; null: not needed, browsers run nothing in it. */
  readonly policy: string | null;
  readonly compresses: boolean;
}

/** If a browser displays a feed, nothing in it may load or run. */
const FEED_POLICY = "default-src 'none'; sandbox";
/** The policy in the pages' own meta element, plus frame-ancestors, which is valid in a header only. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' https:; media-src https:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** With `publish.script`: the page's own policy names the one script. */
export const SCRIPTED_PAGE_POLICY = `${PAGE_POLICY}; script-src 'self'`;

/** The index is read by a worker, in WebAssembly. */
const SEARCH_POLICY = `${SCRIPTED_PAGE_POLICY} 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'`;

/** For pages in frames of other sites. */
const FRAMED_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

/** Mails have inline styles. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox allow-popups";

const feedType = (type: string): MediaType => ({
  type: `${type}; charset=utf-8`,
  policy: FEED_POLICY,
  compresses: true,
});
const textType = (type: string): MediaType => ({ type: `${type}; charset=utf-8`, policy: null, compresses: true });
const imageType = (type: string): MediaType => ({ type, policy: FEED_POLICY, compresses: false });

/** For files that are neither feed nor list. The first match applies. Never text/xml: browsers run markup in it. */
const MEDIA: readonly (readonly [RegExp, MediaType])[] = [
  [/\.json$/, feedType('application/json')],
  [/\.xml$/, feedType('application/xml')],
  [/^frames\/.+\.html$/, { type: 'text/html; charset=utf-8', policy: FRAMED_POLICY, compresses: true }],
  [/^search\.html$/, { type: 'text/html; charset=utf-8', policy: SEARCH_POLICY, compresses: true }],
  [/\.html$/, { type: 'text/html; charset=utf-8', policy: PAGE_POLICY, compresses: true }],
  [/\.htm$/, { type: 'text/html; charset=utf-8', policy: MAIL_POLICY, compresses: true }],
  [/\.css$/, textType('text/css')],
  [/\.js$/, textType('text/javascript')],
  [/\.txt$/, textType('text/plain')],
  [/\.svg$/, { ...imageType('image/svg+xml'), compresses: true }],
  [/\.png$/, imageType('image/png')],
  [/\.jpe?g$/, imageType('image/jpeg')],
  [/\.webp$/, imageType('image/webp')],
  [/\.gif$/, imageType('image/gif')],
  [/\.avif$/, imageType('image/avif')],
  [/\.ico$/, imageType('image/x-icon')],
  [/\.woff2$/, { type: 'font/woff2', policy: null, compresses: false }],
];
const BINARY: MediaType = { type: 'application/octet-stream', policy: FEED_POLICY, compresses: false };

/** `path`: relative to the published folder, `topics/a.rss`. */
export function findMediaType(path: string): MediaType {
  const format = readFormat(path);
  if (format !== null && format.kind !== 'pages') return feedType(format.mediaType);
  return MEDIA.find(([pattern]) => pattern.test(path))?.[1] ?? BINARY;
}
