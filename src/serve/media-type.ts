/** What kind of file a published path is: its media type, and what a browser may do with it. A new ending is a new row. */

export interface MediaType {
  readonly type: string;
  /** Content-Security-Policy; null: nothing that a browser would run. */
  readonly policy: string | null;
  readonly compresses: boolean;
}

/** Feeds are read by programs: where a browser shows one, nothing in it loads or runs. */
const FEED_POLICY = "default-src 'none'; sandbox";
/** As in the pages themselves, and that nobody frames them, which only a header can say. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' https:; media-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const feed = (type: string): MediaType => ({ type: `${type}; charset=utf-8`, policy: FEED_POLICY, compresses: true });
const text = (type: string): MediaType => ({ type: `${type}; charset=utf-8`, policy: null, compresses: true });
const image = (type: string): MediaType => ({ type, policy: FEED_POLICY, compresses: false });

/** First that fits. Never text/xml: browsers run markup in it. */
const KINDS: readonly (readonly [RegExp, MediaType])[] = [
  [/\.rss$/, feed('application/rss+xml')],
  [/\.atom$/, feed('application/atom+xml')],
  [/^((all|stories)\.json|(topics|sources|archive)\/.+\.json)$/, feed('application/feed+json')],
  [/\.json$/, feed('application/json')],
  [/\.opml$/, feed('text/x-opml')],
  [/\.xml$/, feed('application/xml')],
  [/\.html$/, { type: 'text/html; charset=utf-8', policy: PAGE_POLICY, compresses: true }],
  [/\.css$/, text('text/css')],
  [/\.txt$/, text('text/plain')],
  [/\.svg$/, { ...image('image/svg+xml'), compresses: true }],
  [/\.png$/, image('image/png')],
  [/\.jpe?g$/, image('image/jpeg')],
  [/\.webp$/, image('image/webp')],
  [/\.ico$/, image('image/x-icon')],
  [/\.woff2$/, { type: 'font/woff2', policy: null, compresses: false }],
];
const UNKNOWN: MediaType = { type: 'application/octet-stream', policy: FEED_POLICY, compresses: false };

/** `path` as it is published, `topics/a.rss`. */
export function mediaTypeOf(path: string): MediaType {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? UNKNOWN;
}
