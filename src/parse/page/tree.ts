/** Reads texts and addresses from the elements of a page. */
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { isAddress } from '../../model/address.js';
import { plainLine } from '../../text/plain.js';
import { cutAt, PARSE_LIMITS } from '../limits.js';
import { isWebAddress, resolveUrl } from '../urls.js';

/** Words on both sides of their tags may be parts of one word. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code em font i ins kbd mark q s small span strong sub sup u wbr'.split(' '),
);

/** Read out by programs for those who do not see, and not shown: "Read more about …" */
const UNSEEN = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|element-invisible)(?:\s|$)/i;

/** The text in an element, on one line; as much of it as wanted. What is not shown counts where nothing is. */
export function textIn(node: AnyNode, most: number = PARSE_LIMITS.line): string {
  return textOf(node, most, true) || textOf(node, most, false);
}

function textOf(node: AnyNode, most: number, isShown: boolean): string {
  const pieces: string[] = [];
  let left = most * 4;
  const collect = (one: AnyNode): void => {
    if (left <= 0) return;
    if (isText(one)) {
      pieces.push(one.data);
      left -= one.data.length;
    } else if (isTag(one) && isShown && one !== node && UNSEEN.test(one.attribs.class ?? '')) {
      return;
    } else if (isTag(one) || one.type === 'root') {
      const space = isTag(one) && INLINE.has(one.name) ? '' : ' ';
      pieces.push(space);
      one.children.forEach(collect);
      pieces.push(space);
    }
  };
  collect(node);
  return cutAt(plainLine(pieces.join('')), most);
}

/** Elements within an element, in the order of the page, itself not among them. */
export function elementsIn(node: { readonly children: readonly AnyNode[] }): Element[] {
  const found: Element[] = [];
  const collect = (one: AnyNode): void => {
    if (!isTag(one)) return;
    found.push(one);
    one.children.forEach(collect);
  };
  node.children.forEach(collect);
  return found;
}

/** The web address that an element links to; null: to none, or to a place in this page. */
export function linkOf({ attribs }: Element, base: PageBase): string | null {
  const href = attribs.href?.trim() ?? '';
  if (href === '' || href.startsWith('#') || href.length > PARSE_LIMITS.line) return null;
  const url = resolveUrl(href, base.base);
  if (!isWebAddress(url) || !isAddress(url)) return null;
  const { href: address } = new URL(url);
  return address.replace(/#.*/s, '') === base.page.replace(/#.*/s, '') ? null : address;
}

/** The addresses by which what stands in a page is resolved. */
export interface PageBase {
  readonly page: string;
  /** That of `<base href>`, else the page's. */
  readonly base: string;
}

export function pageBaseOf(elements: readonly Element[], page: string): PageBase {
  const href = elements.find(({ name, attribs }) => name === 'base' && attribs.href !== undefined)?.attribs.href;
  const base = href === undefined ? page : resolveUrl(href, page);
  return { page, base: isWebAddress(base) && isAddress(base) ? base : page };
}

export const HEADING = /^h[1-6]$/;

/** The address of the picture that an element is, or holds; null: of none. */
export function pictureIn(element: Element, { base }: PageBase): string | null {
  const pictures = [element, ...elementsIn(element)].filter(({ name }) => name === 'img' || name === 'source');
  for (const { attribs } of pictures) {
    const candidates = [
      largestOf(attribs.srcset ?? attribs['data-srcset'] ?? ''),
      attribs['data-src'],
      attribs['data-lazy-src'],
      attribs['data-original'],
      attribs.src,
    ];
    for (const candidate of candidates) {
      const url = candidate === undefined || candidate === null ? '' : resolveUrl(candidate, base);
      if (isWebAddress(url)) return url;
    }
  }
  return null;
}

/** Of a `srcset` (WHATWG HTML 4.8.4.3); null: it names none. */
function largestOf(srcset: string): string | null {
  const candidates = srcset
    .slice(0, 20_000)
    .split(/,\s+|,(?=https?:)/)
    .map((one) => one.trim().split(/\s+/));
  const sized = candidates.filter(([url]) => url !== undefined && url !== '').map(([url, size = '1x']) => ({ url: url!, size: Number.parseFloat(size) || 0 })); // biome-ignore format: one call
  return sized.reduce<{ url: string; size: number } | null>((most, one) => (most === null || one.size > most.size ? one : most), null)?.url ?? null; // biome-ignore format: one call
}

/** An element and those around it, the closest first. */
export function upFrom(element: Element): Element[] {
  const found: Element[] = [];
  for (let one: AnyNode | null = element; one !== null && isTag(one); one = one.parent) found.push(one);
  return found;
}
