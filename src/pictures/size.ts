/** Reads the size of a picture from the start of its file. */
import { disableTypes, imageSize, types } from 'image-size';
import type { PictureSize } from '../ports/picture-tools.js';

/** Formats that every browser supports and that cannot contain scripts. */
const SHOWN = new Set<string | undefined>(['jpg', 'png', 'gif', 'webp', 'avif']);
/** image-size reads AVIF as a kind of HEIF. */
disableTypes(types.filter((type) => !SHOWN.has(type) && type !== 'heif'));

const MOST_PIXELS = 40_000_000;
/** Smaller or longer pictures do not fit into lists and articles. */
const LEAST = 16;
const MOST_RATIO = 12;

/** null: pages must not show the picture, or its size is unknown. */
export function readPictureSize(bytes: Uint8Array): PictureSize | null {
  const size = readImageHeader(bytes);
  if (size === null) return null;
  const { width, height } = size;
  const isUsual = Number.isSafeInteger(width) && Number.isSafeInteger(height) && Math.min(width, height) >= LEAST;
  const ratio = Math.max(width, height) / Math.min(width, height);
  return isUsual && width * height <= MOST_PIXELS && ratio <= MOST_RATIO ? size : null;
}

/** Swaps width and height for EXIF orientations of 5 and above. */
function readImageHeader(bytes: Uint8Array): PictureSize | null {
  try {
    const { width, height, orientation = 1, type } = imageSize(bytes);
    if (!SHOWN.has(type)) return null;
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
