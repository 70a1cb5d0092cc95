/** Makes smaller copies of pictures with sharp, which a site installs only where it wants them. */
import type { Sharp, SharpOptions } from 'sharp';
import type { CopiedPicture, EncodedCopy } from '../ports/picture-tools.js';
import { sizeOf } from './size.js';

/** Pixels, from thumbnails to the whole measure on a fine screen. */
const WIDTHS = [160, 480, 960];
const QUALITY = 76;
/** Of one picture. */
const SECONDS = 10;
/** A few frames of an animation, a page of a document: only the first is shown. */
const INPUT: SharpOptions = { limitInputPixels: 40_000_000, failOn: 'warning', pages: 1, sequentialRead: true };
const ICON = 64;
/** Drawings are small; one that is not may be made to take long. */
const MOST_SVG = 100_000;

export type OpenImage = (bytes: Uint8Array, options: SharpOptions) => Sharp;

/** null: it is not installed, or not for this machine. */
export async function loadSharp(): Promise<OpenImage | null> {
  try {
    const { default: sharp } = await import('sharp');
    // Each picture is read once.
    sharp.cache(false);
    return sharp;
  } catch {
    return null;
  }
}

export async function copiesWith(open: OpenImage, bytes: Uint8Array): Promise<CopiedPicture | null> {
  const size = sizeOf(bytes);
  if (size === null) return null;
  const smaller = WIDTHS.filter((width) => width < size.width);
  const widths = smaller.length < WIDTHS.length ? [...smaller, size.width] : smaller;
  try {
    const copies: EncodedCopy[] = [];
    for (const width of widths) copies.push(await copyOf(open, bytes, width));
    return { size, copies };
  } catch {
    return null;
  }
}

/** Turned upright; without metadata, which may tell where and by whom it was taken. */
async function copyOf(open: OpenImage, bytes: Uint8Array, width: number): Promise<EncodedCopy> {
  const { data, info } = await open(bytes, INPUT)
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .timeout({ seconds: SECONDS })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, bytes: data };
}

/** A stranger's picture of any format, drawings too, as a square PNG; null: it cannot be read. */
export async function squareWith(open: OpenImage, bytes: Uint8Array): Promise<Uint8Array | null> {
  return isPicture(bytes) ? await boxWith(open, bytes, ICON, ICON) : null;
}

/** The whole picture within a transparent box, as PNG; null: it cannot be read. */
export async function boxWith(
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

/** Whether the beginning of the bytes is that of a picture which may be read. */
export function isPicture(bytes: Uint8Array): boolean {
  return sizeOf(bytes) !== null || isDrawing(bytes);
}

function isDrawing(bytes: Uint8Array): boolean {
  return (
    bytes.length <= MOST_SVG &&
    /^\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)/i.test(Buffer.from(bytes.subarray(0, 200)).toString())
  );
}
