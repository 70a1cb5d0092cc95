/** Reads texts and addresses from the elements of a page. */
import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { isAddress } from '../../model/address.js';
import { plainLine } from '../../text/plain.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { isWebAddress, resolveUrl } from '../urls.js';

/** Text on both sides of these tags may be one word. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code em font i ins kbd mark q s small span strong sub sup u wbr'.split(' '),
);

/** Text for screen readers only: "Read more about …" */
const VISUALLY_HIDDEN = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|element-invisible)(?:\s|$)/i;

/** On one line, at most `most` characters. Hidden text counts only if there is nothing else. */
export function extractText(node: AnyNode, most: number = PARSE_LIMITS.line): string {
  return collectText(node, most, true) || collectText(node, most, false);
}

function collectText(node: AnyNode, most: number, isShown: boolean): string {
  const pieces: string[] = [];
  let left = most * 4;
  const collect = (one: AnyNode): void => {
    if (left <= 0) return;
    if (isText(one)) {
      pieces.push(one.data);
      left -= one.data.length;
    } else if (isTag(one) && isShown && one !== node && VISUALLY_HIDDEN.test(one.attribs.class ?? '')) {
      return;
    } else if (isTag(one) || one.type === 'root') {
      const space = isTag(one) && INLINE.has(one.name) ? '' : ' ';
      pieces.push(space);
      one.children.forEach(collect);
      pieces.push(space);
    }
  };
  collect(node);
  return truncateText(plainLine(pieces.join('')), most);
}

/** All descendants, in page order. */
export function listElements(node: { readonly children: readonly AnyNode[] }): Element[] {
  const found: Element[] = [];
  const collect = (one: AnyNode): void => {
    if (!isTag(one)) return;
    found.push(one);
    one.children.forEach(collect);
  };
  node.children.forEach(collect);
  return found;
}

/** null: not a web address, or an anchor in this page. */
export function resolveLink({ attribs }: Element, base: PageBase): string | null {
  const href = attribs.href?.trim() ?? '';
  if (href === '' || href.startsWith('#') || href.length > PARSE_LIMITS.line) return null;
  const url = resolveUrl(href, base.base);
  if (!isWebAddress(url) || !isAddress(url)) return null;
  const { href: address } = new URL(url);
  return address.replace(/#.*/s, '') === base.page.replace(/#.*/s, '') ? null : address;
}

export interface PageBase {
  readonly page: string;
  /** `<base href>`, else the page's address. */
  readonly base: string;
}

export function resolvePageBase(elements: readonly Element[], page: string): PageBase {
  const href = elements.find(({ name, attribs }) => name === 'base' && attribs.href !== undefined)?.attribs.href;
  const base = href === undefined ? page : resolveUrl(href, page);
  return { page, base: isWebAddress(base) && isAddress(base) ? base : page };
}

export const HEADING = /^h[1-6]$/;

/** The picture that an element is or contains; null: none. */
export function findPicture(element: Element, { base }: PageBase): string | null {
  const pictures = [element, ...listElements(element)].filter(({ name }) => name === 'img' || name === 'source');
  for (const { attribs } of pictures) {
    const candidates = [
      selectLargestSource(attribs.srcset ?? attribs['data-srcset'] ?? ''),
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

/** From a `srcset` (WHATWG HTML 4.8.4.3); null: empty. */
function selectLargestSource(srcset: string): string | null {
  const candidates = srcset
    .slice(0, 20_000)
    .split(/,\s+|,(?=https?:)/)
    .map((one) => one.trim().split(/\s+/));
  const sized = candidates.filter(([url]) => url !== undefined && url !== '').map(([url, size = '1x']) => ({ url: url!, size: Number.parseFloat(size) || 0 })); // biome-ignore format: one call
  return sized.reduce<{ url: string; size: number } | null>((most, one) => (most === null || one.size > most.size ? one : most), null)?.url ?? null; // biome-ignore format: one call
}

export function listSelfAndAncestors(element: Element): Element[] {
  const found: Element[] = [];
  for (let one: AnyNode | null = element; one !== null && isTag(one); one = one.parent) found.push(one);
  return found;
}
