/** Reads pictures and icons, and copies them if sharp is installed. */
import type { CopiedPicture, PictureTools } from '../ports/picture-tools.js';
import { encodeCopies, encodeSquare, loadSharp, type OpenImage } from './encoder.js';
import { extractIcoPngs } from './ico.js';
import { type CleanPng, readCleanPng } from './png.js';
import { readPictureSize } from './size.js';
import { isPlainWebp } from './webp.js';

/** Pixels. */
const ICONS = { least: 16, most: 64 };
const READY_COPY = 480;

/** `ready-made`: only pictures that need no conversion, so that every machine produces the same bytes. */
export type PictureMaking = 'any' | 'ready-made';

export function createPictureTools(making: PictureMaking = 'any'): PictureTools {
  let loaded: Promise<OpenImage | null> | null = null;
  const sharp = async () => {
    if (making === 'ready-made') return null;
    loaded ??= loadSharp();
    return await loaded;
  };
  return {
    readSize: readPictureSize,
    encodeCopies: async (bytes) => {
      const ready = reuseWebp(bytes);
      if (ready !== null || making === 'ready-made') return ready;
      const open = await sharp();
      if (open === null)
        throw new Error('sharp does not work on this platform. Run `npm install sharp` on this machine');
      return await encodeCopies(open, bytes);
    },
    encodeIcon: async (bytes) => {
      const ready = findIconPng(bytes);
      if (ready !== null) return ready.bytes;
      const open = await sharp();
      return open === null ? null : await encodeSquare(open, bytes);
    },
  };
}

/** Returns the largest PNG of a suitable size. It is not converted, so that every machine produces the same bytes. */
function findIconPng(bytes: Uint8Array): CleanPng | null {
  const found = [bytes, ...extractIcoPngs(bytes)].flatMap((one) => readCleanPng(one) ?? []).filter(isIcon);
  return found.sort((a, b) => b.width - a.width)[0] ?? null;
}

function isIcon({ width, height }: CleanPng): boolean {
  return width === height && width >= ICONS.least && width <= ICONS.most;
}

/** Uses a small WebP as its own copy. */
function reuseWebp(bytes: Uint8Array): CopiedPicture | null {
  const size = isPlainWebp(bytes) ? readPictureSize(bytes) : null;
  return size === null || size.width > READY_COPY ? null : { size, copies: [{ ...size, bytes }] };
}
