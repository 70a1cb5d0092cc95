/** Finds the address of an `img`, and tests whether it is a real image. */

import { loadTable } from '../data/load.js';
import { isHidden } from '../text/html.js';
import type { Attributes } from '../text/markup.js';

/** Attributes in which lazy loaders keep the address, most reliable first. */
const LAZY = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-lazy',
  'data-orig-file',
  'data-srcset',
  'data-lazy-srcset',
];
export const LAZY_SETS = ['data-srcset', 'data-lazy-srcset'];

const PLACEHOLDER =
  /(?:^|[/_-])(?:placeholder|spacer|blank|transparent|empty|gr[ae]y|lazy|loading|loader|clear|1x1|pixel)[\w-]{0,100}\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)/i;

/** The address that a browser would load, unresolved; null: none. */
export function selectPictureSource(image: Attributes): string | null {
  const src = toUsableAddress(image.src);
  const lazy = LAZY.map((name) =>
    LAZY_SETS.includes(name) ? selectFirstCandidate(image[name]) : toUsableAddress(image[name]),
  ).find((a) => a !== null);
  if (src !== null && (lazy === undefined || !PLACEHOLDER.test(src))) return src;
  return lazy ?? src ?? selectFirstCandidate(image.srcset);
}

interface Candidate {
  readonly url: string;
  /** A srcset descriptor: `640w`, `2x` or empty. */
  readonly size: string;
}

/** At most 24 candidates (HTML 4.8.4.2.1). A comma inside an address does not separate. */
export function readSrcset(srcset: string): Candidate[] {
  const found: Candidate[] = [];
  const scanner = /[\s,]*([^\s]+)([^,]*)/y;
  for (let match = scanner.exec(srcset); match !== null && found.length < 24; match = scanner.exec(srcset)) {
    const ended = match[1]!.endsWith(',');
    if (ended) scanner.lastIndex -= match[2]!.length;
    const url = match[1]!.replace(/(?<!,),+$/, '');
    if (url !== '') found.push({ url, size: ended ? '' : (/^\s+(\d+(?:\.\d+)?[wx])/.exec(match[2]!)?.[1] ?? '') });
  }
  return found;
}

/** A tracking pixel or an advertisement: by size, hidden, or by address. */
export function isPixel(image: Attributes, url: string): boolean {
  return (
    isTiny(image.width) ||
    isTiny(image.height) ||
    isHidden(image) ||
    isTinyByStyle(image.style) ||
    AD_SIZES.has(`${parsePixels(image.width)}x${parsePixels(image.height)}`) ||
    COUNTERS.test(url) ||
    COUNTER_PATHS.test(url)
  );
}

/** Advertising sizes (IAB) that article pictures do not have. */
const AD_SIZES = new Set('88x31 120x600 160x600 234x60 300x600 320x50 468x60 728x90 970x90 970x250'.split(' '));

/** Regular expressions of hosts and paths. `counters`: tracking pixels, ads. `buttons`: avatars, buttons, formulas. */
const HOSTS = loadTable<Readonly<Record<'buttons' | 'counters', readonly string[]>>>('picture-hosts');

/** Hosts from the public lists of blockers (EasyPrivacy, EasyList). */
const COUNTERS = new RegExp(`^(?:https?:)?//(?:${HOSTS.counters.join('|')})(?:[/?:]|(?<=/)|$)`, 'i');

/** Matomo, and files named after their purpose. */
const COUNTER_PATHS =
  /[?&]idsite=\d|\/(?:matomo|piwik)\.php\?|\/(?:adserver|adview|adimage|banner-?ads)\/|[/_-](?:pixel|tracker|beacon|spacer|1x1)\.(?:gif|png|svg)(?:$|\?)/i;

/** Contains a missing value, or points to a local machine or network. @param url absolute. */
export function isBrokenAddress(url: string): boolean {
  return BROKEN_VALUE.test(url) || LOCAL_ADDRESS.test(url);
}

const BROKEN_VALUE =
  /(?:[/=:]|%20)(?:undefined|null|nan)(?:$|[/?&#.])|\[object|%5Bobject|%7B%7B|\{\{|\$\{|%24%7B|\$%7B/i;
const LOCAL_ADDRESS =
  /^https?:\/\/(?:[^/]*\.)?(?:localhost|local|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}|0\.0\.0\.0|\[::1\])(?:[:/?#]|$)/i;

/** Emoticons, avatars, icons, buttons, badges, formulas and placeholders are not illustrations. */
export function isIcon(url: string, image: { width: number | null; height: number | null }, marks = ''): boolean {
  const small = (size: number | null) => size !== null && size < 65;
  return (
    small(image.width) ||
    small(image.height) ||
    ICON.test(url) ||
    BUTTON_HOSTS.test(url) ||
    BUTTONS.test(url) ||
    STAND_INS.test(url) ||
    /(?:^|[\s_-])(?:emoji|avatar|icon|smiley|wp-smiley|gravatar|latex)(?:$|[\s_-])/i.test(marks)
  );
}

/** By folder or whole file name: in a longer name ("google-pixel-9-review") the word belongs to a headline. */
const ICON =
  /gravatar\.com\/|\/(?:emoji|smil(?:ies|eys)|avatars?|icons?|profile_images|filetype)\/|twemoji|favicon|(?:(?:[/_-](?:avatar|icon|emoji)s?|\/(?:avatar|icon|emoji)[-_][a-z\d]{1,40})(?:[-_]?\d{1,4}(?:x\d{1,4})?)?|[/_-](?:spacer|blank|1x1|pixel)(?:[-_]?\d{1,2}x\d{1,2})?)\.\w{3,4}(?:$|\?)/i;

const BUTTON_HOSTS = new RegExp(`^https?://(?:${HOSTS.buttons.join('|')})(?:[/?:]|$)`, 'i');

const SERVICES =
  'twitter|facebook|linkedin|pinterest|instagram|whatsapp|telegram|youtube|reddit|tumblr|mastodon|bluesky|patreon|paypal|flattr|ko-?fi|digg|delicious|stumbleupon|rss|feed|email|itunes|spotify';

/** `twitter.png`, `share_save_120.png`, `flattr-badge-large.png`. */
const BUTTONS = new RegExp(
  `/(?:(?:icon|social|follow|share|logo)[-_]?)*(?:${SERVICES})(?:[-_]?(?:icon|logo|button|badge|share|follow|small|large|\\d{1,3}(?:x\\d{1,3})?))*\\.\\w{3,4}(?:$|\\?)|` +
    '/(?:share[-_]?(?:save|this|button|icon|on)|subscribe[-_]?(?:button|now|on)|donate[-_]?(?:button|now)?)[\\w-]{0,100}\\.\\w{3,4}(?:$|\\?)',
  'i',
);

const STAND_INS =
  /(?:^|[/_-])(?:placeholder|no[-_]?(?:image|photo|thumb(?:nail)?|picture)(?:[-_]?available)?|image[-_]not[-_](?:available|found)|default[-_]?(?:image|thumb(?:nail)?|\d{2,4}x\d{2,4}))[\w-]{0,100}\.\w{3,4}(?:$|\?)/i;

/** `640` or `640px` as a number; null: a percentage or invalid. */
export function parsePixels(value: string | undefined): number | null {
  const match = /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/i.exec(value ?? '');
  return match === null ? null : Number(match[1]);
}

function toUsableAddress(address: string | undefined): string | null {
  const trimmed = address?.trim() ?? '';
  return trimmed === '' || trimmed === '#' || /^(?:data|about|javascript|blob|vbscript):/i.test(trimmed)
    ? null
    : trimmed;
}

function selectFirstCandidate(srcset: string | undefined): string | null {
  return srcset === undefined
    ? null
    : (readSrcset(srcset)
        .map((c) => toUsableAddress(c.url))
        .find((url) => url !== null) ?? null);
}

function isTiny(size: string | undefined): boolean {
  const number = parsePixels(size);
  return number !== null && number <= 1;
}

function isTinyByStyle(style: string | undefined): boolean {
  return (
    style !== undefined &&
    /(?:^|[;\s])(?:width|height)\s*:\s*[01](?:\.\d+)?(?:px)?\s*(?:!important\s*)?(?:;|$)/i.test(style)
  );
}
