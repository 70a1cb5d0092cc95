/** Selects the images that may lead an article. */
import { hash } from 'node:crypto';
import { loadTable } from '../data/load.js';
import { type Image, PICTURE_KEY_LENGTH, type Picture } from '../model/article.js';
import type { Item, ItemImage } from '../model/item.js';
import { isBrokenAddress, isIcon, isPixel } from '../sanitize/picture.js';
import { imageKey } from '../text/url/image-key.js';
import { absoluteHref } from '../text/url/url.js';
import { type FileTypes, findExtension } from './media.js';
import { cleanName } from './plain-text.js';

/** Assumed for an unknown width: more than a thumbnail, less than a declared large image. */
const UNKNOWN_WIDTH = 500;
const SMALL = 200;

const TYPES = loadTable<FileTypes>('file-types').images;

const MAX_PICTURES = 4;

/**
 * Candidates for the lead image, best first: the widest image of the item, else an image enclosure, else the first
 * image of the body. Images below 200 pixels come last. Excludes logos, ads, buttons, tracking pixels, icons and
 * avatars.
 */
export function selectLeadImages(item: Item, body: readonly ItemImage[], base: string, logo: string | null): Picture[] {
  const logoKey = logo === null ? null : absoluteHref(logo, base);
  const named = toCandidates(item.images, base, logoKey);
  const enclosed = toCandidates(item.enclosures.flatMap(toImageEnclosure), base, logoKey);
  const inBody = toCandidates(body, base, logoKey);
  const isLarge = ({ width }: Image) => (width ?? UNKNOWN_WIDTH) >= SMALL;
  const large = [named, enclosed, inBody].flatMap((images) => sortWidestFirst(images.filter(isLarge)));
  const small = [sortWidestFirst(named), enclosed, inBody].flatMap((images) =>
    images.filter((image) => !isLarge(image)),
  );
  const pictures = new Map<string, Picture>();
  for (const image of [...large, ...small]) {
    if (pictures.size === MAX_PICTURES) break;
    // 48 bits make accidental equality within a document practically impossible.
    const key = hash('sha1', imageKey(image.url), 'base64url').slice(0, PICTURE_KEY_LENGTH);
    if (!pictures.has(key)) pictures.set(key, { key, image: addDetails(image, [...named, ...inBody]) });
  }
  return [...pictures.values()];
}

function toCandidates(images: readonly ItemImage[], base: string, logo: string | null): Image[] {
  return images.flatMap((image) => {
    const url = absoluteHref(image.url, base);
    if (url === null || isBrokenAddress(url) || isIcon(url, image) || isPixel({}, url)) return [];
    if (logo !== null && imageKey(url) === imageKey(logo)) return [];
    const alt = cleanName(image.alt);
    const type = TYPES[findExtension(url)] ?? null;
    return [{ url, width: toPixels(image.width), height: toPixels(image.height), alt: alt === '' ? null : alt, type }];
  });
}

function toImageEnclosure(enclosure: Item['enclosures'][number]): ItemImage[] {
  const type = enclosure.type ?? '';
  // "image", "jpg" and "application/octet-stream" are not valid image types, but feeds use them.
  const isImage =
    /^image\b/i.test(type) ||
    (!/^(?:audio|video)\b/i.test(type) && /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i.test(enclosure.url));
  return isImage ? [{ url: enclosure.url, width: null, height: null, alt: null }] : [];
}

/** A stable sort: of equal widths, the first. */
function sortWidestFirst(images: readonly Image[]): Image[] {
  return [...images].sort((a, b) => (b.width ?? UNKNOWN_WIDTH) - (a.width ?? UNKNOWN_WIDTH));
}

/** Adds missing details from other mentions of the image. */
function addDetails(lead: Image, mentions: readonly Image[]): Image {
  const same = mentions.filter((image) => image.url === lead.url);
  const alt = lead.alt ?? same.find((image) => image.alt !== null)?.alt ?? null;
  if (lead.width !== null && lead.height !== null) return { ...lead, alt };
  const sized = same.find((image) => image.width !== null && image.height !== null);
  return { ...lead, alt, width: lead.width ?? sized?.width ?? null, height: lead.height ?? sized?.height ?? null };
}

function toPixels(pixels: number | null): number | null {
  return pixels !== null && Number.isFinite(pixels) && pixels >= 1 ? Math.round(pixels) : null;
}
