/** Makes smaller copies of pictures with sharp, an optional dependency. */
import type { Sharp, SharpOptions } from 'sharp';
import type { CopiedPicture, EncodedCopy } from '../ports/picture-tools.js';
import { readPictureSize } from './size.js';

/** Pixels, from thumbnails to the full text width on a high-density screen. */
const WIDTHS = [160, 480, 960];
const QUALITY = 76;
/** Time limit per picture. */
const SECONDS = 10;
/** Reads only the first frame or page. */
const INPUT: SharpOptions = { limitInputPixels: 40_000_000, failOn: 'warning', pages: 1, sequentialRead: true };
/** Pixels of a publication's icon. */
export const ICON = 64;
/** Bytes. Larger SVG files may take long to render. */
const MOST_SVG = 100_000;

export type OpenImage = (bytes: Uint8Array, options: SharpOptions) => Sharp;

/** null: sharp is not installed, or not for this platform. */
export async function loadSharp(): Promise<OpenImage | null> {
  try {
    const { default: sharp } = await import('sharp');
    // Each picture is read only once.
    sharp.cache(false);
    return sharp;
  } catch {
    return null;
  }
}

export async function encodeCopies(open: OpenImage, bytes: Uint8Array): Promise<CopiedPicture | null> {
  const size = readPictureSize(bytes);
  if (size === null) return null;
  const smaller = WIDTHS.filter((width) => width < size.width);
  const widths = smaller.length < WIDTHS.length ? [...smaller, size.width] : smaller;
  try {
    const copies: EncodedCopy[] = [];
    for (const width of widths) copies.push(await encodeCopy(open, bytes, width));
    return { size, copies };
  } catch {
    return null;
  }
}

/** Applies the orientation and removes metadata, which may contain a location or a name. */
async function encodeCopy(open: OpenImage, bytes: Uint8Array, width: number): Promise<EncodedCopy> {
  const { data, info } = await open(bytes, INPUT)
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .timeout({ seconds: SECONDS })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, bytes: data };
}

/**
 * Converts a publisher's picture to a square PNG; null: unreadable, or an SVG, whose drawing no time limit of sharp can
 * interrupt.
 */
export async function encodeSquare(open: OpenImage, bytes: Uint8Array): Promise<Uint8Array | null> {
  return readPictureSize(bytes) === null ? null : await encodeBox(open, bytes, ICON, ICON);
}

/** Fits the picture into a transparent box, as PNG; null: unreadable. */
export async function encodeBox(
  open: OpenImage,
  bytes: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array | null> {
  try {
    return await open(bytes, INPUT)
      .autoOrient()
      .resize(width, height, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png({ compressionLevel: 9 })
      .timeout({ seconds: SECONDS })
      .toBuffer();
  } catch {
    return null;
  }
}

/** Checks the first bytes of an editor's file, which may be an SVG. */
export function isPicture(bytes: Uint8Array): boolean {
  return readPictureSize(bytes) !== null || isSvg(bytes);
}

function isSvg(bytes: Uint8Array): boolean {
  return (
    bytes.length <= MOST_SVG &&
    /^\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)/i.test(Buffer.from(bytes.subarray(0, 200)).toString())
  );
}
