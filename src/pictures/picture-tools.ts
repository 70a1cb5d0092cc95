/** Reads pictures and icons, and makes copies of them where sharp is installed. */
import type { CopiedPicture, PictureTools } from '../ports/picture-tools.js';
import { copiesWith, loadSharp, type OpenImage, squareWith } from './encoder.js';
import { pngsInIco } from './ico.js';
import { type CleanPng, cleanPng } from './png.js';
import { sizeOf } from './size.js';
import { isPlainWebp } from './webp.js';

/** Pixels. */
const ICONS = { least: 16, most: 64 };
const READY_COPY = 480;

/** `ready-made`: only what can be taken as it is, so that the same bytes come of it on every machine. */
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
      if (open === null) throw new Error('sharp is installed, but not for this machine: run `npm install sharp` on it');
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

/** A PNG of the right size is taken as it is, so that the same bytes come of it on every machine. The largest of several. */
function fittingPng(bytes: Uint8Array): CleanPng | null {
  const found = [bytes, ...pngsInIco(bytes)].flatMap((one) => cleanPng(one) ?? []).filter(isIcon);
  return found.sort((a, b) => b.width - a.width)[0] ?? null;
}

function isIcon({ width, height }: CleanPng): boolean {
  return width === height && width >= ICONS.least && width <= ICONS.most;
}

/** A WebP as small as a copy is one. */
function readyCopy(bytes: Uint8Array): CopiedPicture | null {
  const size = isPlainWebp(bytes) ? sizeOf(bytes) : null;
  return size === null || size.width > READY_COPY ? null : { size, copies: [{ ...size, bytes }] };
}
