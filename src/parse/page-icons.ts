/** Finds the icons that an HTML page declares (WHATWG HTML 4.6.7.8). */
import { readMarkup } from '../text/markup.js';
import { isWebAddress, resolveUrl } from './urls.js';

interface DeclaredIcon {
  readonly url: string;
  /** In pixels; null: missing, or any size. */
  readonly size: number | null;
  readonly isPng: boolean;
}

const PAGE_LIMIT = 256 * 1024;
const MOST = 20;
/** In pixels: usable without resizing. */
const FITTING = { least: 32, most: 64 };

/** Best first: PNG files of fitting size, larger ones, then those without a size. Leaves out SVG, which is not drawn. */
export function findPageIcons(html: string, url: string): string[] {
  const found: DeclaredIcon[] = [];
  let base = url;
  readMarkup(html.slice(0, PAGE_LIMIT), {
    open: (name, { rel = '', href, sizes = '', type = '' }) => {
      if (name === 'base' && href !== undefined) base = resolveUrl(href, url);
      const kinds = rel.toLowerCase().split(/\s+/);
      const isIcon = kinds.includes('icon') || kinds.includes('apple-touch-icon');
      if (name !== 'link' || !isIcon || href === undefined || found.length === MOST) return;
      const address = resolveUrl(href.trim(), base);
      const size = Number(/(\d{1,4})x\d/i.exec(sizes)?.[1] ?? 0) || null;
      const isPng = /png/i.test(type) || /\.png(?:$|\?)/i.test(address);
      if (isWebAddress(address) && !/svg/i.test(type) && !/\.svg(?:$|\?)/i.test(address))
        found.push({ url: address, size: kinds.includes('icon') ? size : (size ?? 180), isPng });
    },
    close: () => {},
    text: () => {},
  });
  const once = new Map(found.map((icon) => [icon.url, icon]));
  return [...once.values()].sort((a, b) => rankIcon(a) - rankIcon(b)).map((icon) => icon.url);
}

function rankIcon({ size, isPng }: DeclaredIcon): number {
  if (size === null) return 2;
  if (isPng && size >= FITTING.least && size <= FITTING.most) return 0;
  return size > FITTING.most ? 1 : 3;
}
