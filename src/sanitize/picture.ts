/** Finds the address that an `img` shows, and whether it is a real image: for lead images and the sanitiser. */

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
export function pictureSourceOf(image: Attributes): string | null {
  const src = usable(image.src);
  const lazy = LAZY.map((name) => (LAZY_SETS.includes(name) ? firstOfSet(image[name]) : usable(image[name]))).find(
    (a) => a !== null,
  );
  if (src !== null && (lazy === undefined || !PLACEHOLDER.test(src))) return src;
  return lazy ?? src ?? firstOfSet(image.srcset);
}

interface Candidate {
  readonly url: string;
  /** A srcset descriptor: `640w`, `2x` or empty. */
  readonly size: string;
}

/** Candidates of a srcset (HTML 4.8.4.2.1): a comma inside an address does not separate. At most 24. */
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

/** A tracking pixel: one pixel by attribute or CSS, hidden, or from a host that only counts visits. */
export function isPixel(image: Attributes, url: string): boolean {
  return (
    isTiny(image.width) || isTiny(image.height) || isHidden(image) || isTinyByStyle(image.style) || COUNTERS.test(url)
  );
}

const COUNTERS = new RegExp(
  `^(?:https?:)?//(?:${[
    'pixel\\.wp\\.com',
    'stats\\.wordpress\\.com',
    'stats\\.wp\\.com',
    'feeds\\.feedburner\\.com/~(?:r|ff)/',
    'feeds\\.feedblitz\\.com/(?:~/i|_)/',
    '[^/]*\\.doubleclick\\.net',
    '(?:www|ssl)\\.google-analytics\\.com',
    '(?:[^/]*\\.)?scorecardresearch\\.com',
    'pixel\\.[^/]+',
    'counter\\.[^/]+',
    'mc\\.yandex\\.ru',
    '[^/]*\\.mail\\.ru/counter',
    '[^/]*\\.met\\.vgwort\\.de',
    'www\\.facebook\\.com/tr',
    'track\\.hubspot\\.com',
    'analytics\\.[^/]+',
    '[^/]*\\.feedsportal\\.com',
  ].join('|')})(?:[/?:]|(?<=/)|$)`,
  'i',
);

/** Emoticons, avatars and icons are not illustrations. */
export function isIcon(url: string, image: { width: number | null; height: number | null }, marks = ''): boolean {
  const small = (size: number | null) => size !== null && size < 65;
  return (
    small(image.width) ||
    small(image.height) ||
    ICON.test(url) ||
    /(?:^|[\s_-])(?:emoji|avatar|icon|smiley|wp-smiley|gravatar)(?:$|[\s_-])/i.test(marks)
  );
}

const ICON =
  /gravatar\.com\/|\/(?:emoji|smil(?:ies|eys)|avatars?|icons?)\/|twemoji|favicon|(?:^|[/_-])(?:avatar|icon|emoji|spacer|blank|1x1|pixel)[\w-]{0,100}\.\w{3,4}(?:$|\?)/i;

/** `640` or `640px` as a number; null for percentages and invalid values. */
export function pixels(value: string | undefined): number | null {
  const match = /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/i.exec(value ?? '');
  return match === null ? null : Number(match[1]);
}

function usable(address: string | undefined): string | null {
  const trimmed = address?.trim() ?? '';
  return trimmed === '' || trimmed === '#' || /^(?:data|about|javascript|blob|vbscript):/i.test(trimmed)
    ? null
    : trimmed;
}

function firstOfSet(srcset: string | undefined): string | null {
  return srcset === undefined
    ? null
    : (readSrcset(srcset)
        .map((c) => usable(c.url))
        .find((url) => url !== null) ?? null);
}

function isTiny(size: string | undefined): boolean {
  const number = pixels(size);
  return number !== null && number <= 1;
}

function isTinyByStyle(style: string | undefined): boolean {
  return (
    style !== undefined &&
    /(?:^|[;\s])(?:width|height)\s*:\s*[01](?:\.\d+)?(?:px)?\s*(?:!important\s*)?(?:;|$)/i.test(style)
  );
}
