/** Reads pictures and icons, and copies them if sharp is installed. */
import type { CopiedPicture, PictureTools } from '../ports/picture-tools.js';
import { copiesWith, loadSharp, type OpenImage, squareWith } from './encoder.js';
import { pngsInIco } from './ico.js';
import { type CleanPng, cleanPng } from './png.js';
import { sizeOf } from './size.js';
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
    sizeOf,
    copiesOf: async (bytes) => {
      const ready = readyCopy(bytes);
      if (ready !== null || making === 'ready-made') return ready;
      const open = await sharp();
      if (open === null)
        throw new Error('sharp does not work on this platform. Run `npm install sharp` on this machine');
      return await copiesWith(open, bytes);
    },
    iconOf: async (bytes) => {
      const ready = fittingPng(bytes);
      if (ready !== null) return ready.bytes;
      const open = await sharp();
      return open === null ? null : await squareWith(open, bytes);
    },
  };
}

/** Returns the largest PNG of a suitable size. It is not converted, so that every machine produces the same bytes. */
function fittingPng(bytes: Uint8Array): CleanPng | null {
  const found = [bytes, ...pngsInIco(bytes)].flatMap((one) => cleanPng(one) ?? []).filter(isIcon);
  return found.sort((a, b) => b.width - a.width)[0] ?? null;
}

function isIcon({ width, height }: CleanPng): boolean {
  return width === height && width >= ICONS.least && width <= ICONS.most;
}

/** Uses a small WebP as its own copy. */
function readyCopy(bytes: Uint8Array): CopiedPicture | null {
  const size = isPlainWebp(bytes) ? sizeOf(bytes) : null;
  return size === null || size.width > READY_COPY ? null : { size, copies: [{ ...size, bytes }] };
}
