/** Chooses the lead image of an article. */
import type { Image } from '../model/article.js';
import type { Item, ItemImage } from '../model/item.js';
import { isIcon, isPixel } from '../sanitize/picture.js';
import { imageKey } from '../text/url/image-key.js';
import { absoluteHref } from '../text/url/url.js';
import { endingOf } from './media.js';
import { nameOf } from './plain-text.js';

/** Assumed where the width is unknown: more than a thumbnail, less than an image that declares to be large. */
const UNKNOWN_WIDTH = 500;
const SMALL = 200;

const BY_ENDING: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/**
 * The widest of the item's images (below 200 pixels only where there is no other), else an image enclosure, else the first image
 * of the body. Never the site's logo, a tracking pixel, an icon or an avatar. null: none.
 */
export function leadImage(item: Item, body: readonly ItemImage[], base: string, logo: string | null): Image | null {
  const logoKey = logo === null ? null : absoluteHref(logo, base);
  const named = imageCandidates(item.images, base, logoKey);
  const enclosed = imageCandidates(item.enclosures.flatMap(imageEnclosure), base, logoKey);
  const inBody = imageCandidates(body, base, logoKey);
  const large = (images: readonly Image[]) => widest(images.filter((image) => (image.width ?? UNKNOWN_WIDTH) >= SMALL));
  const lead = large(named) ?? large(enclosed) ?? large(inBody) ?? widest(named) ?? enclosed[0] ?? inBody[0] ?? null;
  return lead === null ? null : withDetails(lead, [...named, ...inBody]);
}

function imageCandidates(images: readonly ItemImage[], base: string, logo: string | null): Image[] {
  return images.flatMap((image) => {
    const url = absoluteHref(image.url, base);
    if (url === null || isIcon(url, image) || isPixel({}, url)) return [];
    if (logo !== null && imageKey(url) === imageKey(logo)) return [];
    const alt = nameOf(image.alt);
    const type = BY_ENDING[endingOf(url)] ?? null;
    return [{ url, width: size(image.width), height: size(image.height), alt: alt === '' ? null : alt, type }];
  });
}

function imageEnclosure(enclosure: Item['enclosures'][number]): ItemImage[] {
  const type = enclosure.type?.toLowerCase() ?? '';
  const isImage =
    type.startsWith('image/') || (type === '' && /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i.test(enclosure.url));
  return isImage ? [{ url: enclosure.url, width: null, height: null, alt: null }] : [];
}

/** Of several equally wide, the first. */
function widest(images: readonly Image[]): Image | null {
  let best: Image | null = null;
  for (const image of images) {
    if (best === null || (image.width ?? UNKNOWN_WIDTH) > (best.width ?? UNKNOWN_WIDTH)) best = image;
  }
  return best;
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
