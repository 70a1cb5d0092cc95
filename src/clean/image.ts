/** Finds the images that may lead an article. */
import { hash } from 'node:crypto';
import { loadTable } from '../data/load.js';
import { type Image, PICTURE_KEY_LENGTH, type Picture } from '../model/article.js';
import type { Item, ItemImage } from '../model/item.js';
import { isFromNothing, isIcon, isPixel } from '../sanitize/picture.js';
import { imageKey } from '../text/url/image-key.js';
import { absoluteHref } from '../text/url/url.js';
import { endingOf, type FileTypes } from './media.js';
import { nameOf } from './plain-text.js';

/** Assumed where the width is unknown: more than a thumbnail, less than an image that declares to be large. */
const UNKNOWN_WIDTH = 500;
const SMALL = 200;

const TYPES = loadTable<FileTypes>('file-types').images;

/** More alternatives than these never become the lead image. */
const MOST = 4;

/**
 * Candidates for the lead image, best first, at most four pictures: the widest of the item's images (below 200 pixels only where there
 * is no other), else an image enclosure, else the first image of the body. Never the site's logo, an ad, a button, a tracking pixel, an
 * icon or an avatar.
 */
export function leadImages(item: Item, body: readonly ItemImage[], base: string, logo: string | null): Picture[] {
  const logoKey = logo === null ? null : absoluteHref(logo, base);
  const named = imageCandidates(item.images, base, logoKey);
  const enclosed = imageCandidates(item.enclosures.flatMap(imageEnclosure), base, logoKey);
  const inBody = imageCandidates(body, base, logoKey);
  const isLarge = ({ width }: Image) => (width ?? UNKNOWN_WIDTH) >= SMALL;
  const large = [named, enclosed, inBody].flatMap((images) => widestFirst(images.filter(isLarge)));
  const small = [widestFirst(named), enclosed, inBody].flatMap((images) => images.filter((image) => !isLarge(image)));
  const pictures = new Map<string, Picture>();
  for (const image of [...large, ...small]) {
    if (pictures.size === MOST) break;
    const key = pictureKey(image.url);
    if (!pictures.has(key)) pictures.set(key, { key, image: withDetails(image, [...named, ...inBody]) });
  }
  return [...pictures.values()];
}

function imageCandidates(images: readonly ItemImage[], base: string, logo: string | null): Image[] {
  return images.flatMap((image) => {
    const url = absoluteHref(image.url, base);
    if (url === null || isFromNothing(url) || isIcon(url, image) || isPixel({}, url)) return [];
    if (logo !== null && imageKey(url) === imageKey(logo)) return [];
    const alt = nameOf(image.alt);
    const type = TYPES[endingOf(url)] ?? null;
    return [{ url, width: size(image.width), height: size(image.height), alt: alt === '' ? null : alt, type }];
  });
}

function imageEnclosure(enclosure: Item['enclosures'][number]): ItemImage[] {
  const type = enclosure.type ?? '';
  // "image", "jpg" and "application/octet-stream" are no types of pictures, but written for them.
  const isImage =
    /^image\b/i.test(type) ||
    (!/^(?:audio|video)\b/i.test(type) && /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i.test(enclosure.url));
  return isImage ? [{ url: enclosure.url, width: null, height: null, alt: null }] : [];
}

/** Of several equally wide, the first. */
function widestFirst(images: readonly Image[]): Image[] {
  return [...images].sort((a, b) => (b.width ?? UNKNOWN_WIDTH) - (a.width ?? UNKNOWN_WIDTH));
}

/** 48 bits make accidental equality within a document practically impossible. */
function pictureKey(url: string): string {
  return hash('sha1', imageKey(url), 'base64url').slice(0, PICTURE_KEY_LENGTH);
}

/** Completes an image with what other mentions of it say. */
function withDetails(lead: Image, mentions: readonly Image[]): Image {
  const same = mentions.filter((image) => image.url === lead.url);
  const alt = lead.alt ?? same.find((image) => image.alt !== null)?.alt ?? null;
  if (lead.width !== null && lead.height !== null) return { ...lead, alt };
  const sized = same.find((image) => image.width !== null && image.height !== null);
  return { ...lead, alt, width: lead.width ?? sized?.width ?? null, height: lead.height ?? sized?.height ?? null };
}

function size(pixels: number | null): number | null {
  return pixels !== null && Number.isFinite(pixels) && pixels >= 1 ? Math.round(pixels) : null;
}
