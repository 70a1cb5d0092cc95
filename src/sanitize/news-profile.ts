/** Configures sanitize-html: permitted elements and attributes, and changes to links, images and embeds. */
import type sanitize from 'sanitize-html';
import { isHidden } from '../text/html.js';
import type { Attributes } from '../text/markup.js';
import { absoluteHref, absoluteUrl, untrackedHref } from '../text/url/url.js';
import { isBrokenAddress, isPixel, LAZY_SETS, parsePixels, readSrcset, selectPictureSource } from './picture.js';

/** Temporary elements that `tidyHtml` removes: `HIDDEN_MARK` with its content, `BARE_MARK` without. */
export const HIDDEN_MARK = 'x-hidden';
export const BARE_MARK = 'x-bare';
/** Prefix of all ids and links to them, so that a publisher's ids do not clash with those of the page. */
const ID_PREFIX = 'ref-';

/** Most common first, because sanitize-html searches this list in order, several times per tag. */
const ELEMENTS =
  'p a em strong br b i img div span li ul h2 h3 blockquote figure figcaption h4 ol td tr ' +
  'abbr address article aside audio bdi bdo caption cite code col colgroup dd del details dfn dl dt ' +
  'footer h1 h5 h6 header hr iframe ins kbd main mark nav picture pre q rp rt ruby s ' +
  'samp section small source sub summary sup table tbody tfoot th thead time u var video wbr';
const KNOWN = new Set([...ELEMENTS.split(' '), HIDDEN_MARK]);
export const VOID_ELEMENTS = ['br', 'col', 'hr', 'img', 'source', 'wbr'];
/** Removed with their content. */
const WITHOUT_TEXT =
  'applet math noembed noframes noscript object option plaintext script select style svg template textarea title xmp';

/** Classes of share buttons, subscription forms and related posts of publishing software. */
const WIDGET =
  /(?:^|\s)(?:sharedaddy|sd-sharing|feedflare|addtoany|a2a_kit|yarpp|jp-relatedposts|subscription-widget|button-wrapper|mc4wp)|\b(?:social|share|sharing)[-_]{1,2}(?:share|buttons?|bar|links?|icons?|widgets?|list)\b|\bnewsletter[-_]{1,2}(?:sign-?up|form)/i;

/** Replacements for block elements that are not permitted. */
const LINES: ReadonlyMap<string, string> = new Map([
  ['center', 'div'],
  ['dir', 'ul'],
  ['menu', 'ul'],
]);

/** In addition to lang, dir and id, which all elements may have. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  a: 'href title',
  abbr: 'title',
  audio: 'src controls preload',
  blockquote: 'cite',
  col: 'span',
  colgroup: 'span',
  del: 'cite datetime',
  details: 'open',
  dfn: 'title',
  iframe: 'src title width height sandbox loading allowfullscreen',
  img: 'src srcset sizes alt title width height',
  ins: 'cite datetime',
  li: 'value',
  ol: 'start reversed type',
  q: 'cite',
  source: 'src srcset sizes media type',
  td: 'colspan rowspan',
  th: 'colspan rowspan scope',
  time: 'datetime',
  video: 'src poster width height controls preload',
};

const PLAYERS: ReadonlyMap<string, RegExp> = new Map([
  ['www.youtube.com', /^\/embed\/[\w-]/],
  ['www.youtube-nocookie.com', /^\/embed\/[\w-]/],
  ['player.vimeo.com', /^\/video\/\d/],
]);

/** The part of the configuration that does not depend on the article's address. */
const PROFILE: sanitize.IOptions = {
  allowedTags: [...ELEMENTS.split(' '), HIDDEN_MARK, BARE_MARK],
  allowedAttributes: {
    '*': ['lang', 'dir', 'id'],
    ...Object.fromEntries(Object.entries(ATTRIBUTES).map(([element, names]) => [element, names.split(' ')])),
  },
  nonTextTags: WITHOUT_TEXT.split(' '),
  selfClosing: VOID_ELEMENTS,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: {
    img: ['http', 'https'],
    source: ['http', 'https'],
    video: ['http', 'https'],
    audio: ['http', 'https'],
  },
  // Not needed: `CHANGES` replaces every attribute that contains an address by a parsed one.
  allowedSchemesAppliedToAttributes: [],
  allowProtocolRelative: false,
  allowedIframeHostnames: [...PLAYERS.keys()],
  allowIframeRelativeUrls: false,
  nestingLimit: 100,
};

/** Findings in a piece of HTML that make tidying necessary. */
export interface PieceFindings {
  /** It has temporary elements. */
  marks: boolean;
  /** It has ids or links to them. */
  anchors: boolean;
  /** Elements were removed whose content was kept. */
  unwrapped: boolean;
}

/** @param met filled during reading. */
export function newsProfile(base: string, met: PieceFindings): sanitize.IOptions {
  let links = 0;
  const transform: sanitize.Transformer = (element, attributes) => {
    const hidden = isHidden(attributes) || (attributes.class !== undefined && WIDGET.test(attributes.class));
    // Unwraps a link inside a link, because browsers would end the outer one early.
    const nested = element === 'a' && links++ > 0;
    const change = nested ? createBareMark : CHANGES.get(element);
    if (attributes.id !== undefined) {
      attributes.id = toPrefixedId(attributes.id);
      if (attributes.id === '') delete attributes.id;
    }
    const became = hidden
      ? createHiddenMark()
      : change === undefined
        ? { tagName: LINES.get(element) ?? element, attribs: attributes }
        : (change(attributes, base) ?? createHiddenMark());
    recordFindings(became, met);
    if (LINES.has(element)) met.unwrapped = true;
    return became;
  };
  const onCloseTag = (element: string) => {
    if (element === 'a' && links > 0) links--;
  };
  return { ...PROFILE, transformTags: { '*': transform }, onCloseTag };
}

function recordFindings({ tagName, attribs }: sanitize.Tag, met: PieceFindings): void {
  if (tagName === HIDDEN_MARK || tagName === BARE_MARK) met.marks = true;
  if (tagName === BARE_MARK || !KNOWN.has(tagName)) met.unwrapped = true;
  if (attribs.id !== undefined || attribs.href?.startsWith('#')) met.anchors = true;
}

/** null: the element is removed with its content. */
type Change = (attributes: Record<string, string>, base: string) => sanitize.Tag | null;

const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['a', toLink],
  ['audio', (attributes, base) => toPlayer('audio', attributes, base)],
  ['blockquote', createQuoteChange('blockquote')],
  ['del', createQuoteChange('del')],
  ['iframe', toEmbed],
  ['img', toImage],
  ['ins', createQuoteChange('ins')],
  ['q', createQuoteChange('q')],
  ['source', toSource],
  ['video', (attributes, base) => toPlayer('video', attributes, base)],
]);

/** The address must be the first attribute, because `tidyHtml` searches for it. */
function toLink({ href: raw, ...attributes }: Record<string, string>, base: string): sanitize.Tag {
  const href = resolveLinkAddress(raw, base);
  const id = attributes.id || (attributes.name === undefined ? '' : toPrefixedId(attributes.name));
  if (id !== '') attributes.id = id;
  if (href === null && id === '') return createBareMark();
  return { tagName: 'a', attribs: { ...(href !== null && { href }), ...attributes } };
}

/** Absolute. mailto and tel stay unchanged; a link within the piece gets our prefix; null: anything else. */
function resolveLinkAddress(href: string | undefined, base: string): string | null {
  const raw = href?.trim() ?? '';
  if (raw.startsWith('#')) return raw.length > 1 ? `#${toPrefixedId(raw.slice(1)) || 'none'}` : null;
  if (/^(?:mailto|tel):[^\s<>]+$/i.test(raw)) return raw;
  return untrackedHref(raw, base);
}

function toImage(attributes: Attributes, base: string): sanitize.Tag | null {
  const src = absoluteHref(selectPictureSource(attributes) ?? '', base);
  if (src === null || isBrokenAddress(src) || isPixel(attributes, src)) return null;
  return createTag('img', {
    src,
    srcset: resolveSrcset(attributes, base),
    sizes: attributes.sizes,
    alt: attributes.alt ?? '',
    title: attributes.title,
    ...sizeAttributes(attributes),
    ...writingAttributes(attributes),
  });
}

function toSource(attributes: Attributes, base: string): sanitize.Tag | null {
  const src = absoluteHref(attributes.src ?? '', base);
  const srcset = resolveSrcset(attributes, base);
  if (src === null && srcset === undefined) return null;
  return createTag('source', { src, srcset, sizes: attributes.sizes, media: attributes.media, type: attributes.type });
}

function toPlayer(element: 'audio' | 'video', attributes: Attributes, base: string): sanitize.Tag {
  const src = absoluteHref(attributes.src ?? attributes['data-src'] ?? '', base);
  const poster = element === 'video' ? absoluteHref(attributes.poster ?? '', base) : null;
  const size = element === 'video' ? sizeAttributes(attributes) : {};
  return createTag(element, { src, poster, ...size, controls: '', preload: 'none' });
}

/** A player of a known host, by https, sandboxed. */
function toEmbed(attributes: Attributes, base: string): sanitize.Tag | null {
  const url = absoluteUrl(attributes.src ?? attributes['data-src'] ?? '', base);
  if (url === null || url.port !== '' || PLAYERS.get(url.hostname)?.test(url.pathname) !== true) return null;
  url.protocol = 'https:';
  return createTag('iframe', {
    src: url.href,
    title: attributes.title,
    ...sizeAttributes(attributes),
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-presentation',
    loading: 'lazy',
    allowfullscreen: '',
  });
}

function createQuoteChange(element: string): Change {
  return (attributes, base) => {
    const cite = absoluteHref(attributes.cite ?? '', base);
    return createTag(element, {
      cite,
      datetime: attributes.datetime,
      id: toPrefixedId(attributes.id ?? '') || undefined,
      ...writingAttributes(attributes),
    });
  };
}

const SETS = ['srcset', ...LAZY_SETS];

function resolveSrcset(attributes: Attributes, base: string): string | undefined {
  const set = SETS.map((name) => attributes[name]).find(
    (one) => one !== undefined && one.trim() !== '' && !one.trim().startsWith('data:'),
  );
  const candidates = readSrcset(set ?? '').flatMap(({ url, size }) => {
    const absolute = absoluteHref(url, base);
    return absolute === null || isBrokenAddress(absolute) ? [] : [size === '' ? absolute : `${absolute} ${size}`];
  });
  return candidates.length === 0 ? undefined : candidates.join(', ');
}

function sizeAttributes(attributes: Attributes): Record<string, string | undefined> {
  return { width: parsePixels(attributes.width)?.toString(), height: parsePixels(attributes.height)?.toString() };
}

function writingAttributes(attributes: Attributes): Record<string, string | undefined> {
  return { lang: attributes.lang, dir: attributes.dir };
}

/** With our prefix, once; empty: not a valid id. */
function toPrefixedId(id: string): string {
  const name = id.trim();
  if (!/^[\p{L}\p{N}_.:-]{1,100}$/u.test(name)) return '';
  return name.startsWith(ID_PREFIX) ? name : ID_PREFIX + name;
}

function createTag(tagName: string, values: Record<string, string | null | undefined>): sanitize.Tag {
  const attribs: Record<string, string> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined && value !== null) attribs[name] = value;
  }
  return { tagName, attribs };
}

function createHiddenMark(): sanitize.Tag {
  return { tagName: HIDDEN_MARK, attribs: {} };
}

function createBareMark(): sanitize.Tag {
  return { tagName: BARE_MARK, attribs: {} };
}
