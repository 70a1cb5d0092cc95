/** Selects the images of an article to examine: the lead image and those in its text. */
import type { Article, KnownImage } from '../../../model/article.js';
import { readMarkup } from '../../../text/markup.js';

const MOST = 12;

export interface SelectedImages {
  readonly shown: ReadonlySet<string>;
  readonly toFetch: readonly string[];
}

/** @param goal `copies`: all images; `sizes`: images without a size in the feed. */
export function selectPictureUrls(
  { image, contentHtml, knownImages = [] }: Pick<Article, 'image' | 'contentHtml' | 'knownImages'>,
  goal: 'sizes' | 'copies',
): SelectedImages {
  const known = new Map(knownImages.map((one) => [one.url, one]));
  const lead = image === null ? [] : [{ url: image.url, isSized: image.width !== null && image.height !== null }];
  const images = [...lead, ...listImages(contentHtml ?? '')];
  const toFetch = images.filter(
    ({ url, isSized }) => isMissing(known.get(url), goal) && (goal === 'copies' || !isSized),
  );
  return { shown: new Set(images.map(({ url }) => url)), toFetch: [...new Set(toFetch.map(({ url }) => url))] };
}

/** Unreadable images are not requested again. */
function isMissing(known: KnownImage | undefined, goal: 'sizes' | 'copies'): boolean {
  if (known === undefined) return true;
  return goal === 'copies' && known.width !== null && known.copies.length === 0;
}

function listImages(html: string): { url: string; isSized: boolean }[] {
  const found: { url: string; isSized: boolean }[] = [];
  if (!html.includes('<img')) return found;
  readMarkup(html, {
    open: (name, { src, width, height }) => {
      if (name === 'img' && src !== undefined && /^https?:/.test(src) && found.length < MOST)
        found.push({ url: src, isSized: width !== undefined && height !== undefined });
    },
    close: () => {},
    text: () => {},
  });
  return found;
}
