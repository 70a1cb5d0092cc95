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
  /** The nearest shape that the stylesheet supports. */
  readonly shape: 'wide' | 'usual' | 'square' | 'tall';
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

/** @param root from the page to the published folder: `../` or empty */
export function shownPicture(
  { url, width, height, alt, copies }: EntryPicture,
  root: string,
  place: keyof typeof PICTURE_SIZES,
  eager = false,
): ShownPicture {
  const widest = copies.at(-1);
  const about = { alt: alt ?? '', eager, shape: selectShape(width, height) };
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

function selectShape(width: number | null, height: number | null): ShownPicture['shape'] {
  const ratio = width === null || height === null ? 1.5 : width / height;
  if (ratio >= 1.64) return 'wide';
  if (ratio >= 1.25) return 'usual';
  return ratio >= 0.9 ? 'square' : 'tall';
}
