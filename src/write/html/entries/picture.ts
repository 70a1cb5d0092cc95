/** Prepares pictures for templates: addresses and sizes, our copies first. */
import type { EntryPicture } from '../../../model/channel.js';

export interface ShownPicture {
  readonly src: string;
  /** null: only `src`. */
  readonly srcset: string | null;
  /** null: only `src`. */
  readonly sizes: string | null;
  /** Pixels; null: unknown. */
  readonly width: number | null;
  readonly height: number | null;
  /** Empty if the text next to it has the same information. */
  readonly alt: string;
  readonly eager: boolean;
  /** Whether it is loaded from another host. */
  readonly foreign: boolean;
}

/** Widths of pictures (the attribute `sizes`), by position. */
export const PICTURE_SIZES = {
  thumb: '(min-width: 48rem) 10rem, 6.5rem',
  lead: '(min-width: 40rem) 38rem, 100vw',
  first: '(min-width: 64rem) 34rem, (min-width: 44rem) 55vw, 100vw',
  column: '(min-width: 64rem) 18rem, (min-width: 44rem) 30vw, 6.5rem',
} as const;

/** Smaller pictures are left out, because no picture is enlarged. Pixels. */
const LEAST_WIDTHS = { thumb: 300, lead: 300, first: 640, column: 320 } as const;

/** Width in lists, in CSS pixels of the usual font. */
const THUMBNAIL = 160;

/** null: too small for the place. `root`: from the page to the published folder, `../` or empty. */
export function shownPicture(
  { url, width, height, alt, copies }: EntryPicture,
  root: string,
  place: keyof typeof PICTURE_SIZES,
  headline: string,
): ShownPicture | null {
  if (width !== null && width < LEAST_WIDTHS[place]) return null;
  const widest = copies.at(-1);
  const eager = place === 'lead' || place === 'first';
  // In lists the headline beside the picture says what it shows.
  const about = { alt: place !== 'lead' || isAlike(alt ?? '', headline) ? '' : (alt ?? ''), eager };
  if (widest !== undefined && place === 'thumb') return { ...about, ...toThumbnail(copies, root) };
  if (widest !== undefined) {
    const srcset = copies.map((copy) => `${root}${copy.path} ${copy.width}w`).join(', ');
    return {
      ...about,
      src: root + widest.path,
      srcset: copies.length > 1 ? srcset : null,
      sizes: copies.length > 1 ? PICTURE_SIZES[place] : null,
      width: widest.width,
      height: widest.height,
      foreign: false,
    };
  }
  return { ...about, src: url.replace(/^http:/, 'https:'), srcset: null, sizes: null, width, height, foreign: true };
}

/** Two sizes without `sizes`, because there are many on a page. */
function toThumbnail(copies: EntryPicture['copies'], root: string) {
  const small = copies.find(({ width }) => width >= THUMBNAIL) ?? copies.at(-1)!;
  const sharp = copies.find(({ width }) => width >= 2 * THUMBNAIL) ?? small;
  const srcset = sharp === small ? null : `${root}${sharp.path} 2x`;
  return { src: root + small.path, srcset, sizes: null, width: small.width, height: small.height, foreign: false };
}

/** Whether one text repeats the other, or its beginning. */
function isAlike(alt: string, headline: string): boolean {
  const [a, b] = [alt, headline].map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()) as [string, string]; // biome-ignore format: one pair
  return a !== '' && (a.startsWith(b) || b.startsWith(a));
}
