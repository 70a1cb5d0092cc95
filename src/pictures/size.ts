/** Reads the size of a picture from the beginning of its file. */
import { disableTypes, imageSize, types } from 'image-size';
import type { PictureSize } from '../ports/picture-tools.js';

/** Formats that every browser shows, and that run nothing. */
const SHOWN = new Set<string | undefined>(['jpg', 'png', 'gif', 'webp', 'avif']);
/** AVIF is read as a kind of HEIF. */
disableTypes(types.filter((type) => !SHOWN.has(type) && type !== 'heif'));

/** Of pages, not of maps and posters. */
const MOST_PIXELS = 40_000_000;
/** Lists and articles have no room for what is smaller, or so much longer than broad. */
const LEAST = 16;
const MOST_RATIO = 12;

/** null: it is no picture that pages may show, or the bytes do not tell its size. */
export function sizeOf(bytes: Uint8Array): PictureSize | null {
  const size = read(bytes);
  if (size === null) return null;
  const { width, height } = size;
  const isUsual = Number.isSafeInteger(width) && Number.isSafeInteger(height) && Math.min(width, height) >= LEAST;
  const ratio = Math.max(width, height) / Math.min(width, height);
  return isUsual && width * height <= MOST_PIXELS && ratio <= MOST_RATIO ? size : null;
}

/** EXIF orientations of 5 and more stand on their side. */
function read(bytes: Uint8Array): PictureSize | null {
  try {
    const { width, height, orientation = 1, type } = imageSize(bytes);
    if (!SHOWN.has(type)) return null;
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
