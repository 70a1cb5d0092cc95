/** What an `img` really shows, and whether a reader would see it at all: for the lead image and for the sanitiser alike. */

import { isHidden } from '../text/html.js';
import type { Attributes } from '../text/markup.js';

/** Where lazy loaders keep the address, in order of trust. */
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
  /(?:^|[/_-])(?:placeholder|spacer|blank|transparent|empty|gr[ae]y|lazy|loading|loader|clear|1x1|pixel)[\w-]*\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)/i;

/** The address (as it stands there, relative or not) that a reader's browser ends up with; null where there is none. */
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
  /** `640w`, `2x` or empty. */
  readonly size: string;
}

/** A srcset's candidates as HTML parts them (4.8.4.2.1): a comma inside an address parts nothing. At most 24. */
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

/** A counter, not a picture: one pixel by attribute or CSS, hidden, or of a host that only counts. */
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

/** Smileys, avatars and icons illustrate nothing. */
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
  /gravatar\.com\/|\/(?:emoji|smil(?:ies|eys)|avatars?|icons?)\/|twemoji|favicon|(?:^|[/_-])(?:avatar|icon|emoji|spacer|blank|1x1|pixel)[\w-]*\.\w{3,4}(?:$|\?)/i;

/** `640`, `640px`; null for percentages and nonsense. */
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
